#include "store/disk/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace heliograph::store::disk {

Error failed(int error) {
  if (error == ENOSPC || error == EDQUOT) {
    return Error::unavailable("BLOBS_FULL", "There is no room for more files.");
  }
  return Error::unavailable("BLOBS_FAILED", "The folder of files cannot be used: " +
                                                std::error_code(error, std::generic_category()).message());
}

Result<File> File::open(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd >= 0) return File(fd);
  if (errno == ENOENT) return fail(Error::not_found("BLOB_NOT_FOUND"));
  return fail(failed(errno));
}

Result<File> File::create(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return fail(failed(errno));
  return File(fd);
}

File::~File() {
  if (fd_ >= 0) ::close(fd_);
}

Result<std::size_t> File::read(MutableByteView into, std::int64_t offset) const {
  std::size_t done = 0;
  while (done < into.size()) {
    const auto count =
        ::pread(fd_, into.data() + done, into.size() - done, offset + static_cast<std::int64_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(failed(errno));
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

Status File::write(ByteView bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(fd_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(failed(errno));
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

Status File::sync() {
  if (::fsync(fd_) != 0) return fail(failed(errno));
  return {};
}

Status sync_folder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return fail(failed(errno));
  const int done = ::fsync(fd);
  const int error = errno;
  ::close(fd);
  if (done != 0) return fail(failed(error));
  return {};
}

}  // namespace heliograph::store::disk
