#include "services/files/prints.h"

namespace heliograph::services {

store::MediaPrint print_of(store::BlobName content, const images::Looks& looks,
                           const store::BlobName& origin) {
  store::MediaPrint print;
  if (origin != content) print.origin = origin.sha256;
  print.content = std::move(content);
  print.pdq_quality = looks.quality;
  print.pdq = looks.hashes;
  return print;
}

std::vector<Looked> looked_at_in(const Photo& photo) {
  if (photo.sizes.empty()) return {};
  const auto& largest = photo.sizes.back();
  return {{largest.file, largest.size, true}};
}

std::vector<Looked> looked_at_in(const Document& document) {
  const bool picture = document.mime_type.starts_with("image/");
  std::vector<Looked> all{{document.file, document.size, picture}};
  // Of a picture the thumbnail was made here, and shows nothing else.
  if (!picture && !document.thumbs.empty()) {
    const auto& largest = document.thumbs.back();
    all.push_back({largest.file, largest.size, true});
  }
  return all;
}

}  // namespace heliograph::services
