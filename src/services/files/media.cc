#include "services/files/media.h"

#include <algorithm>

namespace heliograph::services {

namespace {

struct PhotoBody {
  std::vector<PictureSize> sizes;
  Bytes stripped;
  bool has_stickers = false;
  void fields(auto& codec) { codec(sizes, stripped, has_stickers); }
};

struct DocumentBody {
  std::vector<DocumentAttribute> attributes;
  std::vector<PictureSize> thumbs;
  Bytes stripped;
  void fields(auto& codec) { codec(attributes, thumbs, stripped); }
};

std::unexpected<Error> wrong_kind() {
  return fail(Error::internal("MEDIA_KIND", "A photo was taken for a document, or the other way round."));
}

}  // namespace

const DocumentAttribute* Document::find(AttributeKind kind) const {
  const auto found = std::ranges::find(attributes, kind, &DocumentAttribute::kind);
  return found == attributes.end() ? nullptr : &*found;
}

std::optional<PeerPhoto> peer_photo_from(ByteView stored) {
  if (stored.empty()) return std::nullopt;
  auto photo = decode<PeerPhoto>(stored);
  if (!photo || photo->photo == 0) return std::nullopt;
  return std::move(*photo);
}

Result<Photo> photo_from(const store::Media& row) {
  if (row.kind != store::MediaKind::photo) return wrong_kind();
  HG_ASSIGN(auto body, decode<PhotoBody>(row.body));
  return Photo{row.id,           row.owner, row.created_at, std::move(body.sizes), std::move(body.stripped),
               body.has_stickers};
}

Result<Document> document_from(const store::Media& row) {
  if (row.kind != store::MediaKind::document) return wrong_kind();
  HG_ASSIGN(auto body, decode<DocumentBody>(row.body));
  return Document{row.id,
                  row.owner,
                  row.created_at,
                  row.mime_type,
                  row.size,
                  row.file,
                  std::move(body.attributes),
                  std::move(body.thumbs),
                  std::move(body.stripped)};
}

store::Media row_of(const Photo& photo) {
  store::Media row;
  row.id = photo.id;
  row.kind = store::MediaKind::photo;
  row.owner = photo.owner;
  row.created_at = photo.date;
  if (!photo.sizes.empty()) {
    row.file = photo.sizes.back().file;
    row.size = photo.sizes.back().size;
  }
  row.mime_type = "image/jpeg";
  row.body = encode(PhotoBody{photo.sizes, photo.stripped, photo.has_stickers});
  return row;
}

store::Media row_of(const Document& document) {
  store::Media row;
  row.id = document.id;
  row.kind = store::MediaKind::document;
  row.owner = document.owner;
  row.created_at = document.date;
  row.file = document.file;
  row.size = document.size;
  row.mime_type = document.mime_type;
  row.body = encode(DocumentBody{document.attributes, document.thumbs, document.stripped});
  return row;
}

std::vector<store::BlobName> blobs_of(const Photo& photo) {
  std::vector<store::BlobName> blobs;
  for (const auto& size : photo.sizes) blobs.push_back(size.file);
  return blobs;
}

std::vector<store::BlobName> blobs_of(const Document& document) {
  std::vector<store::BlobName> blobs{document.file};
  for (const auto& thumb : document.thumbs) blobs.push_back(thumb.file);
  return blobs;
}

}  // namespace heliograph::services
