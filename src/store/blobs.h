// Files' bytes: one interface, backends below it (disk/ now, an object store later). A blob is named by the
// SHA-256 of its bytes, so that the same file is kept once, and never changes.
//
// How a file arrives: its parts are put in any order, each as often as the client likes, and then joined into
// a blob. What is known of the parts (size, checksum) is kept by the caller in the database
// (store/uploads.h); a backend keeps bytes alone.
//
// Durability: put() and join() return after the blob is on disk (fsync). put_part() does not wait for the
// disk: a part survives the end of the process, but a machine that loses power may lose it. join() compares
// every part with its checksum, so that such a part is found out and asked for again, never used.
// Errors: unavailable BLOBS_OVERLOADED (queue full), BLOBS_FULL (disk full), BLOBS_FAILED (the disk failed).
// Threading: call from any Executor's thread; the caller resumes on the executor it awaited on. No call
// blocks it, and no handle of a file leaves the backend.
#pragma once

#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/task.h"

namespace heliograph::store {

struct BlobName {
  Bytes sha256;  // 32 bytes

  void fields(auto& codec) { codec(sha256); }
  bool operator==(const BlobName&) const = default;
};

// A file that an account is sending us. The client chooses the number.
struct UploadName {
  UserId owner;
  std::int64_t file = 0;
};

struct BlobPart {
  std::int32_t number = 0;  // 0 ..
  std::int32_t size = 0;
  std::uint32_t crc = 0;  // crc32_of()
};

std::uint32_t crc32_of(ByteView bytes);

struct JoinedBlob {
  // Set where a part is missing or not what it was when it was put; nothing has been stored then.
  std::optional<std::int32_t> bad_part;
  BlobName name;
  std::int64_t size = 0;
  Bytes md5;   // 16 bytes
  Bytes head;  // the first bytes, at most Blobs::head_bytes
};

class Blobs {
 public:
  static constexpr std::size_t head_bytes = 64;

  virtual ~Blobs() = default;

  virtual Task<Status> put_part(UploadName upload, std::int32_t number, Bytes bytes) = 0;
  // Writes the parts, in the order given, into one blob. The parts stay until they are dropped.
  virtual Task<Result<JoinedBlob>> join(UploadName upload, std::vector<BlobPart> parts) = 0;
  virtual Task<Status> drop_parts(UploadName upload) = 0;

  virtual Task<Result<BlobName>> put(Bytes bytes) = 0;
  // At most `size` bytes from `offset`; fewer at the end, none beyond it. not_found BLOB_NOT_FOUND.
  virtual Task<Result<Bytes>> read(BlobName name, std::int64_t offset, std::size_t size) = 0;

  // Names after `after` (an empty name: from the first on) in ascending order, at most `limit`.
  virtual Task<Result<std::vector<BlobName>>> list(BlobName after, std::size_t limit) = 0;
  // Erases the blob unless it was put (again) at or after `untouched_since`: whoever has just put it has not
  // yet written down that it is used. No error where it does not exist.
  virtual Task<Status> erase(BlobName name, UnixSeconds untouched_since) = 0;
};

}  // namespace heliograph::store
