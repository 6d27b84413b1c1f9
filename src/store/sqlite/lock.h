// The claim on a data folder: two servers on one folder would give out the same numbers twice.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace heliograph::store::sqlite {

// Held until destroyed (or the process ends, however it ends).
class FolderLock {
 public:
  // unavailable STORE_LOCKED when somebody else holds it; STORE_READONLY, STORE_FAILED.
  static Result<FolderLock> take(const std::filesystem::path& directory);
  FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

}  // namespace heliograph::store::sqlite
