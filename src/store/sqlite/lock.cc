#include "store/sqlite/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace heliograph::store::sqlite {

Result<FolderLock> FolderLock::take(const std::filesystem::path& directory) {
  const auto path = directory / "store.lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    if (errno == EACCES || errno == EROFS || errno == EPERM) {
      return fail(Error::unavailable("STORE_READONLY", "The data folder " + directory.string() +
                                                           " cannot be written to. Check its permissions."));
    }
    if (errno == ENOSPC) return fail(Error::unavailable("STORE_FULL", "The disk is full. Free some space."));
    return fail(
        Error::unavailable("STORE_FAILED", "The data folder " + directory.string() + " cannot be used."));
  }
  FolderLock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    return fail(Error::unavailable("STORE_LOCKED", "Another server is using the data folder " +
                                                       directory.string() +
                                                       ". Stop it, or choose another folder."));
  }
  return lock;
}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace heliograph::store::sqlite
