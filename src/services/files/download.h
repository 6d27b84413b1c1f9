// Files on their way out, piece by piece (core.telegram.org/api/files#downloading-files).
#pragma once

#include <string>
#include <variant>

#include "services/files/library.h"
#include "store/blobs.h"

namespace heliograph::services {

// What a piece is asked of.
struct PhotoPlace {
  MediaName photo;
  std::string size;  // its type
};
struct DocumentPlace {
  MediaName document;
  std::string thumb;  // its type; empty: the document itself
};
// The profile photo of somebody whom the caller can name.
struct PeerPhotoPlace {
  Peer peer;
  std::int64_t photo = 0;
  bool big = false;
};
using FilePlace = std::variant<PhotoPlace, DocumentPlace, PeerPhotoPlace>;

struct FilePiece {
  Bytes bytes;
  std::string mime_type;
  UnixSeconds date = 0;
};
// SHA-256 of a part of a file.
struct FileHash {
  std::int64_t offset = 0;
  std::int32_t size = 0;
  Bytes sha256;
};

class Downloads {
 public:
  static constexpr std::int64_t window = 1 << 20;  // no piece crosses a multiple of it

  Downloads(Environment& environment, store::Blobs& blobs, Library& library)
      : environment_(environment), blobs_(blobs), library_(library) {}

  // At most `limit` bytes from `offset`; none beyond the end. Both are multiples of 4 KiB and `limit` divides
  // 1 MiB; `precise` wants multiples of 1 KiB only.
  // invalid LIMIT_INVALID, OFFSET_INVALID, LOCATION_INVALID, FILE_REFERENCE_*; those of store and blobs.
  Task<Result<FilePiece>> piece(FilePlace place, std::int64_t offset, std::int32_t limit, bool precise);
  // Of the parts of 128 KiB from `offset` (rounded down to one) on, as many as fit into 1 MiB.
  Task<Result<std::vector<FileHash>>> hashes(FilePlace place, std::int64_t offset);

 private:
  struct Found {
    store::BlobName blob;
    std::int64_t size = 0;
    std::string mime_type;
    UnixSeconds date = 0;
  };
  Task<Result<Found>> find(FilePlace place);

  Environment& environment_;
  store::Blobs& blobs_;
  Library& library_;
};

}  // namespace heliograph::services
