#include "crypto/sealer.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/assert.h"
#include "crypto/hash.h"

namespace heliograph::crypto {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(nonce_size + tag_size == Sealer::overhead);
static_assert(SecretKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

struct File {
  int descriptor = -1;
  ~File() {
    if (descriptor >= 0) ::close(descriptor);
  }
};

Error io_error(std::string_view code, const std::filesystem::path& path, int error) {
  return Error::unavailable(code, path.string() + ": " + std::strerror(error));
}

Result<SecretKey> read_key(const File& file, const std::filesystem::path& path) {
  struct stat status{};
  if (::fstat(file.descriptor, &status) != 0) return fail(io_error("KEY_FILE_UNREADABLE", path, errno));
  if ((status.st_mode & 077) != 0) {
    return fail(Error::invalid("KEY_FILE_INVALID",
                               path.string() + ": must be readable by its owner only (chmod 600)."));
  }
  std::array<char, 80> text{};
  const auto got = ::read(file.descriptor, text.data(), text.size());
  if (got < 0) return fail(io_error("KEY_FILE_UNREADABLE", path, errno));
  auto bytes = from_hex({text.data(), static_cast<std::size_t>(got)});
  const bool right = bytes.size() == SecretKey::size;
  std::array<std::uint8_t, SecretKey::size> key{};
  if (right) std::copy(bytes.begin(), bytes.end(), key.begin());
  wipe(bytes);
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  if (!right) return fail(Error::invalid("KEY_FILE_INVALID", path.string() + ": must hold 64 hex digits."));
  SecretKey result(key);
  wipe(key);
  return result;
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Bytes Sealer::seal(ByteView plaintext, ByteView about, Random& random) const {
  Bytes sealed(plaintext.size() + overhead);
  random.fill(MutableByteView(sealed).first(nonce_size));
  unsigned long long length = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce_size, &length, plaintext.data(),
                                             plaintext.size(), about.data(), about.size(), nullptr,
                                             sealed.data(), key_.data());
  HG_ASSERT(length == plaintext.size() + tag_size);
  return sealed;
}

Result<Bytes> Sealer::open(ByteView sealed, ByteView about) const {
  const auto broken = [] {
    return fail(
        Error::internal("SEAL_BROKEN", "A sealed value cannot be opened: wrong key file or damaged data."));
  };
  if (sealed.size() < overhead) return broken();
  Bytes plaintext(sealed.size() - overhead);
  unsigned long long length = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          plaintext.data(), &length, nullptr, sealed.data() + nonce_size, sealed.size() - nonce_size,
          about.data(), about.size(), sealed.data(), key_.data()) != 0) {
    return broken();
  }
  return plaintext;
}

BlindIndex::Tag BlindIndex::tag(ByteView value) const {
  return hmac_sha256(key_.view(), {value});
}

Result<SecretKey> load_or_create_key_file(const std::filesystem::path& path, Random& random) {
  File existing{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (existing.descriptor >= 0) return read_key(existing, path);
  if (errno != ENOENT) return fail(io_error("KEY_FILE_UNREADABLE", path, errno));

  // Written beside and linked into place: a crash never leaves half a key, and two starters agree on one.
  auto key = SecretKey::generate(random);
  auto beside = path;
  beside += "." + std::to_string(::getpid()) + ".new";
  ::unlink(beside.c_str());
  File file{::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.descriptor < 0) return fail(io_error("KEY_FILE_UNWRITABLE", path, errno));
  auto text = to_hex(key.view()) + "\n";
  const bool written = write_all(file.descriptor, text) && ::fsync(file.descriptor) == 0;
  const int write_error = errno;
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  const bool placed = written && ::link(beside.c_str(), path.c_str()) == 0;
  const int link_error = errno;
  ::unlink(beside.c_str());
  if (!written) return fail(io_error("KEY_FILE_UNWRITABLE", path, write_error));
  if (!placed && link_error == EEXIST) return load_or_create_key_file(path, random);
  if (!placed) return fail(io_error("KEY_FILE_UNWRITABLE", path, link_error));
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const File directory{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (directory.descriptor < 0 || ::fsync(directory.descriptor) != 0) {
    return fail(io_error("KEY_FILE_UNWRITABLE", path, errno));
  }
  return key;
}

}  // namespace heliograph::crypto
