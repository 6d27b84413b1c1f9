// A file descriptor that closes itself, and the few calls that blobs need, with errors as values.
#pragma once

#include <filesystem>
#include <utility>

#include "base/bytes.h"
#include "base/result.h"

namespace heliograph::store::disk {

class File {
 public:
  // For reading. not_found BLOB_NOT_FOUND.
  static Result<File> open(const std::filesystem::path& path);
  // Made new, for writing.
  static Result<File> create(const std::filesystem::path& path);
  File(File&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  File& operator=(File&&) = delete;
  ~File();

  // Reads until `into` is full or the file ends; how much it was.
  Result<std::size_t> read(MutableByteView into, std::int64_t offset) const;
  Status write(ByteView bytes);
  Status sync();

 private:
  explicit File(int fd) : fd_(fd) {}
  int fd_;
};

// What a caller is told of errno.
Error failed(int error);
// Makes it durable that a file is in the folder under its name.
Status sync_folder(const std::filesystem::path& folder);

}  // namespace heliograph::store::disk
