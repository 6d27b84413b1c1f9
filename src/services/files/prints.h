// What is kept of a file's content for comparing it with lists (store/media_prints.h).
#pragma once

#include "images/images.h"
#include "services/files/media.h"
#include "store/media_prints.h"

namespace heliograph::services {

// `origin`: the file that was sent in, if `content` was made of it.
store::MediaPrint print_of(store::BlobName content, const images::Looks& looks,
                           const store::BlobName& origin);

// A picture in a photo or document: the photo itself, a picture sent as a file, a thumbnail that came with
// it.
struct Looked {
  store::BlobName content;  // what its print is found by
  std::int64_t size = 0;    // in bytes
  bool picture = true;      // false: some file, of which no more is known than its bytes
};
// All there is to compare in it.
std::vector<Looked> looked_at_in(const Photo& photo);
std::vector<Looked> looked_at_in(const Document& document);

}  // namespace heliograph::services
