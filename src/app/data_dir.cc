#include "app/data_dir.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "crypto/random.h"
#include "crypto/sealer.h"

namespace heliograph::app {

namespace {

std::string system_words() {
  return std::strerror(errno);
}

Status sync_folder(const std::filesystem::path& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return fail(Error::unavailable("FILE_UNWRITABLE", system_words()));
  const int failed = ::fsync(folder);
  ::close(folder);
  if (failed != 0) return fail(Error::unavailable("FILE_UNWRITABLE", system_words()));
  return {};
}

Status write_all(int file, std::string_view contents) {
  while (!contents.empty()) {
    const ssize_t count = ::write(file, contents.data(), contents.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return fail(Error::unavailable("FILE_UNWRITABLE", system_words()));
    contents.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fsync(file) != 0) return fail(Error::unavailable("FILE_UNWRITABLE", system_words()));
  return {};
}

}  // namespace

namespace {

// Written beside and moved into place, so that a crash leaves a whole file or none.
template <typename Move>
Status write_beside(const std::filesystem::path& path, std::string_view contents, Move move) {
  auto beside = path;
  beside += ".new";
  ::unlink(beside.c_str());
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return fail(Error::unavailable("FILE_UNWRITABLE", system_words()));
  auto written = write_all(file, contents);
  ::close(file);
  if (written && move(beside.c_str(), path.c_str()) != 0) {
    written = fail(Error::unavailable("FILE_UNWRITABLE", system_words()));
  }
  ::unlink(beside.c_str());
  HG_TRY(written);
  return sync_folder(path.parent_path().empty() ? "." : path.parent_path());
}

}  // namespace

Status write_new_file(const std::filesystem::path& path, std::string_view contents) {
  return write_beside(path, contents, ::link);
}

Status replace_file(const std::filesystem::path& path, std::string_view contents) {
  return write_beside(path, contents, ::rename);
}

Result<DataDir> DataDir::open(const std::filesystem::path& path) {
  const auto unusable = [&] {
    return fail(Error::unavailable("DATA_DIR_UNUSABLE",
                                   "Cannot use the data folder " + path.string() + ": " + system_words()));
  };
  if (path.has_parent_path()) {
    std::error_code ignored;  // the next step says what is wrong
    std::filesystem::create_directories(path.parent_path(), ignored);
  }
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return unusable();
  const auto lock_path = path / "lock";
  const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock < 0) return unusable();
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    const bool in_use = errno == EWOULDBLOCK;
    ::close(lock);
    if (!in_use) return unusable();
    return fail(Error::unavailable("DATA_DIR_IN_USE",
                                   "The data folder " + path.string() + " is in use by another process."));
  }
  // For holder_of(). Nothing hangs on it but that.
  const auto holder = std::to_string(::getpid()) + "\n";
  if (::ftruncate(lock, 0) != 0 ||
      ::pwrite(lock, holder.data(), holder.size(), 0) != static_cast<ssize_t>(holder.size())) {
    static_cast<void>(::ftruncate(lock, 0) == 0);
  }
  return DataDir(path, lock);
}

Result<int> holder_of(const std::filesystem::path& data) {
  const auto idle = [&] {
    return fail(Error::unavailable("DATA_DIR_IDLE", "No server runs on " + data.string() + "."));
  };
  const int lock = ::open((data / "lock").c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (lock < 0) return idle();
  const bool held = ::flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  char text[16] = {};
  const auto count = ::pread(lock, text, sizeof text - 1, 0);
  ::close(lock);
  const int pid = count > 0 ? std::atoi(text) : 0;
  if (!held || pid <= 1) return idle();
  return pid;
}

DataDir::DataDir(DataDir&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

DataDir::~DataDir() {
  if (lock_ >= 0) ::close(lock_);
}

Result<crypto::RsaKey> DataDir::server_key() const {
  const auto path = path_ / "server_key.pem";
  std::ifstream file(path, std::ios::binary);
  if (file) {
    std::string pem(16 * 1024, '\0');
    file.read(pem.data(), static_cast<std::streamsize>(pem.size()));
    pem.resize(static_cast<std::size_t>(file.gcount()));
    auto key = crypto::RsaKey::load_pem(pem);
    if (!key)
      return fail(Error::invalid("SERVER_KEY_INVALID", path.string() + " is not a 2048-bit RSA key."));
    return key;
  }
  // Only a file that is surely not there may be made anew: clients know the old key.
  if (std::error_code error; std::filesystem::exists(path, error) || error) {
    return fail(Error::unavailable("SERVER_KEY_UNREADABLE", "Cannot read " + path.string() + "."));
  }
  auto key = crypto::RsaKey::generate();
  if (auto written = write_new_file(path, key.private_pem()); !written) {
    return fail(Error::unavailable("SERVER_KEY_UNWRITABLE",
                                   "Cannot write " + path.string() + ": " + written.error().message));
  }
  return key;
}

Status check_data_there(const std::filesystem::path& data) {
  std::error_code error;
  if (std::filesystem::exists(data / "secret.key", error)) return {};
  return fail(Error::invalid("DATA_MISSING", "There is no server in " + data.string() + "."));
}

Result<crypto::SecretKey> secret_of(const std::filesystem::path& data) {
  HG_TRY(check_data_there(data));
  crypto::SystemRandom random;
  return crypto::load_or_create_key_file(data / "secret.key", random);
}

Result<crypto::SecretKey> DataDir::secret(Random& random) const {
  return crypto::load_or_create_key_file(path_ / "secret.key", random);
}

}  // namespace heliograph::app
