// Signatures in CMS (RFC 5652), as they come in from strangers: who signed, with what, and whether that can
// be traced to somebody who is trusted. OpenSSL stays inside. Pure functions, safe on any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace heliograph::crypto {

inline constexpr std::size_t kCmsBytesMax = 512 * 1024;

// Certificates of who is trusted to say who is who. Immutable.
class CmsTrust {
 public:
  // Of nobody.
  CmsTrust();
  // PEM certificates, one after another. invalid TRUST_INVALID: there is none, or something else.
  static Result<CmsTrust> read(std::string_view pem);
  std::size_t count() const;

 private:
  friend struct CmsReader;
  struct Store;
  std::shared_ptr<const Store> store_;
};

struct CmsSigner {
  std::string subject, issuer;  // RFC 2253, printable, at most 512 bytes each
  std::string serial;           // hexadecimal
  std::string digest;           // "SHA256"
  UnixSeconds valid_from = 0, valid_to = 0;
  UnixSeconds signed_at = 0;  // as the signer says; 0: they do not
  bool trusted = false;       // a chain leads to a certificate of CmsTrust, at `at`
  std::string problem;        // why not, in words
};

struct CmsFacts {
  bool good = false;  // every signature fits the content; says nothing of trust
  std::string problem;
  std::vector<CmsSigner> signers;  // four at most: of more, nothing is looked at
};

// Of a detached signature over `content`. Digests weaker than SHA-256 are no signature. invalid CMS_INVALID:
// no CMS signature at all. `at`: when the certificates have to be valid.
Result<CmsFacts> read_cms(ByteView der, ByteView content, const CmsTrust& trust, UnixSeconds at);

// For tests, and for who has to try it: a detached signature with a certificate that is made for it (P-256).
struct CmsSample {
  Bytes der;
  std::string certificate_pem;
};
CmsSample sample_cms(ByteView content, const std::string& name, UnixSeconds valid_from, UnixSeconds valid_to);

}  // namespace heliograph::crypto
