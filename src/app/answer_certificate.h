// The certificate and key that the legal desk's answers are signed with in CMS: the operator's, or, as long
// as none is configured, one that the server makes for itself.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "config/config.h"
#include "crypto/cms_signing.h"

namespace heliograph::app {

// Days before a certificate's end from which the console and the metrics say so, and from which the server's
// own is made anew when it starts.
inline constexpr UnixSeconds kCertificateWarningDays = 30;

// The files that legal.cms_certificate and legal.cms_key name; where they name none, answers.pem in the data
// folder, mode 0600, made on first use with `name` for ten years. Errors: CMS_KEY_MISSING (only one of the
// two is configured); FILE_UNREADABLE, FILE_UNWRITABLE; KEY_FILE_INVALID (others may read the key); those of
// CmsKey::read(). The message is for the operator, and names the file.
Result<crypto::CmsKey> answer_certificate(const config::Config& config, const std::filesystem::path& data,
                                          const std::string& name, UnixSeconds now);

// Whether it ends within kCertificateWarningDays, or has ended.
bool ends_soon(const crypto::CmsKey& key, UnixSeconds now);

// For `heliograph legal certificate`: writes a key and a certificate that it signs itself, two new files.
// Errors: FILE_EXISTS, FILE_UNWRITABLE, those of make_cms_key().
Result<crypto::CmsKey> make_certificate_files(const std::filesystem::path& certificate,
                                              const std::filesystem::path& key, const std::string& name,
                                              UnixSeconds now, std::int64_t days);

}  // namespace heliograph::app
