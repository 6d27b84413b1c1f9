#include "app/answer_certificate.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "app/data_dir.h"
#include "base/log.h"
#include "crypto/secret.h"

namespace heliograph::app {

namespace {

constexpr UnixSeconds kDaySeconds = 86'400;
constexpr std::int64_t kOwnDays = 3650;
constexpr std::size_t kFileBytesMax = 128 * 1024;
// A certificate begins a little before it is made: clocks of those who check differ.
constexpr UnixSeconds kSlackSeconds = 300;

// Text that is wiped when nobody needs it any more.
struct SecretText {
  std::string text;
  explicit SecretText(std::string given) : text(std::move(given)) {}
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  SecretText(SecretText&& other) noexcept : text(std::exchange(other.text, {})) {}
  SecretText& operator=(SecretText&&) = delete;
  ~SecretText() { crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()}); }
};

// not_found FILE_UNREADABLE: there is none.
Result<SecretText> read_pem(const std::filesystem::path& path, bool is_secret) {
  const auto unreadable = [&](int error) {
    const auto words = path.string() + ": " + std::strerror(error);
    if (error == ENOENT) return fail(Error::not_found("FILE_UNREADABLE", words));
    return fail(Error::unavailable("FILE_UNREADABLE", words));
  };
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return unreadable(errno);
  SecretText out(std::string(kFileBytesMax, '\0'));
  struct stat status{};
  const bool known = ::fstat(file, &status) == 0;
  std::size_t size = 0;
  ssize_t got = 0;
  while (known && size < out.text.size() &&
         (got = ::read(file, out.text.data() + size, out.text.size() - size)) > 0) {
    size += static_cast<std::size_t>(got);
  }
  const int error = errno;
  ::close(file);
  if (!known || got < 0) return unreadable(error);
  if (is_secret && (status.st_mode & 077) != 0) {
    return fail(Error::invalid("KEY_FILE_INVALID",
                               path.string() + ": must be readable by its owner only (chmod 600)."));
  }
  out.text.resize(size);
  return out;
}

std::unexpected<Error> in_file(const std::filesystem::path& path, Error error) {
  error.message = path.string() + ": " + error.message;
  return fail(std::move(error));
}

Result<crypto::CmsKey> configured(const config::Config& config, UnixSeconds now) {
  if (config.legal_cms_certificate.empty() || config.legal_cms_key.empty()) {
    return fail(Error::invalid(
        "CMS_KEY_MISSING", "legal.cms_certificate and legal.cms_key go together: name both files, or none."));
  }
  HG_ASSIGN(const auto certificate, read_pem(config.legal_cms_certificate, false));
  HG_ASSIGN(const auto key, read_pem(config.legal_cms_key, true));
  auto read = crypto::CmsKey::read(certificate.text, key.text, now);
  if (!read) {
    const bool of_key = read.error().code.starts_with("CMS_KEY");
    return in_file(of_key ? config.legal_cms_key : config.legal_cms_certificate, std::move(read).error());
  }
  return read;
}

// One file holds both, so that a crash leaves two that fit.
Result<crypto::CmsKey> make_own(const std::filesystem::path& path, const std::string& name, UnixSeconds now) {
  const auto from = now - kSlackSeconds;
  // 64 bytes are what a certificate's name can have; the origin of a log is ASCII.
  HG_ASSIGN(const auto made, crypto::make_cms_key(name.substr(0, 64), from, now + kOwnDays * kDaySeconds));
  const SecretText whole(made.certificate_pem + made.key_pem);
  if (auto written = replace_file(path, whole.text); !written) {
    return in_file(path, std::move(written).error());
  }
  return crypto::CmsKey::read(made.certificate_pem, made.key_pem, now);
}

}  // namespace

bool ends_soon(const crypto::CmsKey& key, UnixSeconds now) {
  return now >= key.valid_to() - kCertificateWarningDays * kDaySeconds;
}

Result<crypto::CmsKey> answer_certificate(const config::Config& config, const std::filesystem::path& data,
                                          const std::string& name, UnixSeconds now) {
  if (!config.legal_cms_certificate.empty() || !config.legal_cms_key.empty()) return configured(config, now);
  const auto path = data / "answers.pem";
  const auto kept = read_pem(path, true);
  // Only a file that is surely not there may be made anew: agencies may know the old certificate.
  if (!kept && kept.error().kind != ErrorKind::not_found) return fail(kept.error());
  if (kept) {
    auto read = crypto::CmsKey::read(kept->text, kept->text, now);
    if (!read && read.error().code != "CMS_CERTIFICATE_EXPIRED") {
      return in_file(path, std::move(read).error());
    }
    if (read && !ends_soon(*read, now)) return read;
  }
  HG_ASSIGN(auto made, make_own(path, name, now));
  log::info("{} a certificate for answers of the legal desk: SHA-256 {}", kept ? "Renewed" : "Made",
            made.sha256());
  return made;
}

Result<crypto::CmsKey> make_certificate_files(const std::filesystem::path& certificate,
                                              const std::filesystem::path& key, const std::string& name,
                                              UnixSeconds now, std::int64_t days) {
  for (const auto& path : {certificate, key}) {
    if (!std::filesystem::exists(path)) continue;
    return fail(Error::unavailable("FILE_EXISTS", path.string() + " is there already."));
  }
  HG_ASSIGN(const auto made, crypto::make_cms_key(name, now - kSlackSeconds, now + days * kDaySeconds));
  const SecretText secret(made.key_pem);
  if (auto written = write_new_file(key, secret.text); !written) {
    return in_file(key, std::move(written).error());
  }
  if (auto written = write_new_file(certificate, made.certificate_pem); !written) {
    return in_file(certificate, std::move(written).error());
  }
  return crypto::CmsKey::read(made.certificate_pem, made.key_pem, now);
}

}  // namespace heliograph::app
