// Files on their way in, part by part (core.telegram.org/api/files#uploading-files).
//
// An answer "true" to a part means: what is known of it (size, checksum) is on disk, and its bytes are with
// the blobs, where they survive the end of the server's process. A machine that loses power may lose bytes;
// that is found when the file is put together, and answered with FILE_PART_X_MISSING, upon which clients send
// that part again. The file that is put together is on disk before anything names it.
#pragma once

#include <optional>
#include <string>

#include "services/environment.h"
#include "services/files/limits.h"
#include "services/limits.h"
#include "store/blobs.h"

namespace heliograph::services {

// What a request calls InputFile.
struct UploadedFile {
  std::int64_t file = 0;
  std::int32_t parts = 0;
  std::string name;
  std::string md5;  // hexadecimal; empty: not to be checked
};

// A file that has been put together.
struct ReadyFile {
  store::BlobName blob;
  std::int64_t size = 0;
  std::string name;  // as its sender calls it
  Bytes head;        // its first bytes
};

class Uploads {
 public:
  static constexpr std::int32_t part_bytes_max = 512 * 1024;

  Uploads(Environment& environment, store::Blobs& blobs, FileLimits limits)
      : environment_(environment), blobs_(blobs), limits_(limits) {}

  // `total_parts`: nullopt where the method does not say it (upload.saveFilePart), -1 where the client does
  // not know it yet. A part may be sent again and in any order. invalid FILE_PART_INVALID, FILE_PART_EMPTY,
  // FILE_PART_TOO_BIG, FILE_PART_SIZE_INVALID, FILE_PART_SIZE_CHANGED, FILE_PARTS_INVALID; flood FLOOD_WAIT
  // over what one account may have unfinished; those of store and blobs.
  Task<Status> save_part(UserId owner, std::int64_t file, std::int32_t part,
                         std::optional<std::int32_t> total_parts, Bytes bytes);

  // Puts the file together; a second time it gives the same, for as long as the upload is remembered.
  // invalid FILE_PARTS_INVALID, FILE_PART_<n>_MISSING, FILE_PART_SIZE_INVALID, MD5_CHECKSUM_INVALID.
  Task<Result<ReadyFile>> finish(UserId owner, UploadedFile uploaded);

  // Forgets what was not finished in time; some of it at a call.
  Task<Status> sweep();

 private:
  Task<Result<store::Upload>> join(UserId owner, std::int64_t file, std::int32_t parts);

  Environment& environment_;
  store::Blobs& blobs_;
  const FileLimits limits_;
};

// FILE_PART_<n>_MISSING, with a lifetime without end.
std::string_view missing_part_code(std::int32_t part);

}  // namespace heliograph::services
