// Our own signatures in CMS (RFC 5652), for who checks signatures with tools that know certificates:
// detached, SHA-256, with the signed attributes of CAdES-BES (ETSI EN 319 122-1): what kind of content, its
// digest, when, and by which certificate (signing-certificate-v2). OpenSSL stays inside.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace heliograph::crypto {

// A certificate with its private key. Immutable, cheap to copy, safe on any thread.
class CmsKey {
 public:
  // PEM: the certificate first, then those that lead to who is trusted, ten at most; and a private key
  // without a passphrase, of an elliptic curve (256 bits or more) or RSA (2048 or more). `at`: now.
  // Errors, all invalid: CMS_CERTIFICATE_INVALID; CMS_KEY_INVALID; CMS_KEY_OTHER: the two do not belong
  // together; CMS_CERTIFICATE_EXPIRED, also before it is valid; CMS_CERTIFICATE_USAGE: it is not meant for
  // signatures.
  static Result<CmsKey> read(std::string_view certificates_pem, std::string_view key_pem, UnixSeconds at);

  // DER. unavailable CMS_CERTIFICATE_EXPIRED: nobody would believe a signature of that time.
  Result<Bytes> sign(ByteView content, UnixSeconds at) const;

  const std::string& certificates_pem() const;
  // Of the certificate (DER), hexadecimal: what people compare.
  const std::string& sha256() const;
  const std::string& subject() const;  // RFC 2253, printable
  const std::string& issuer() const;
  bool self_signed() const;  // nobody else says whose it is
  UnixSeconds valid_from() const;
  UnixSeconds valid_to() const;

 private:
  struct Parts;
  explicit CmsKey(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const Parts> parts_;
};

struct MadeCmsKey {
  std::string certificate_pem, key_pem;
};
// A new key (P-256), with a certificate that it signs itself, for signatures alone. invalid CMS_NAME_INVALID:
// `name` is not 1 to 64 bytes of UTF-8.
Result<MadeCmsKey> make_cms_key(const std::string& name, UnixSeconds valid_from, UnixSeconds valid_to);

}  // namespace heliograph::crypto
