#include "crypto/cms_signing.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <vector>

#include "base/assert.h"
#include "crypto/cms_openssl.h"
#include "crypto/hash.h"

namespace heliograph::crypto {

namespace {

using namespace cms_openssl;

constexpr std::size_t kChainMost = 10;
constexpr std::size_t kNameBytesMax = 64;  // RFC 5280, ub-common-name
constexpr int kSerialBits = 127;           // RFC 5280: positive, at most 20 bytes
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, Freed<BN_free>>;

std::unexpected<Error> invalid_cms(std::string_view code, std::string words) {
  ERR_clear_error();
  return fail(Error::invalid(code, std::move(words)));
}

bool is_strong_key(const EVP_PKEY* key) {
  const int kind = EVP_PKEY_get_base_id(key);
  return (kind == EVP_PKEY_EC && EVP_PKEY_get_bits(key) >= 256) ||
         (kind == EVP_PKEY_RSA && EVP_PKEY_get_bits(key) >= 2048);
}

// A key under a passphrase is not asked for one: nobody is there to type it.
int no_passphrase(char*, int, int, void*) {
  return 0;
}

Error expired(ErrorKind kind, UnixSeconds at, UnixSeconds valid_from) {
  return Error{kind, "CMS_CERTIFICATE_EXPIRED",
               at < valid_from ? "The certificate that answers are signed with is not valid yet."
                               : "The certificate that answers are signed with has expired."};
}

void add_extension(X509* certificate, int what, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, what, value));
  HG_ASSERT(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

std::string private_pem(EVP_PKEY* key) {
  const BioPtr pem(BIO_new(BIO_s_mem()));
  PEM_write_bio_PKCS8PrivateKey(pem.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return read_all(pem.get());
}

}  // namespace

struct CmsKey::Parts {
  std::vector<CertificatePtr> certificates;  // whose key it is, and who leads to whom
  KeyPtr key;
  std::string pem, sha256, subject, issuer;
  UnixSeconds valid_from = 0, valid_to = 0;
  bool self_signed = false;
};

Result<CmsKey> CmsKey::read(std::string_view certificates_pem, std::string_view key_pem, UnixSeconds at) {
  auto parts = std::make_shared<Parts>();
  const auto from = memory(as_bytes(certificates_pem));
  while (auto* one = PEM_read_bio_X509(from.get(), nullptr, no_passphrase, nullptr)) {
    parts->certificates.emplace_back(one);
    if (parts->certificates.size() > kChainMost) {
      return invalid_cms("CMS_CERTIFICATE_INVALID", "There are more than ten certificates in the file.");
    }
    parts->pem += pem_of(one);
  }
  if (parts->certificates.empty()) {
    return invalid_cms("CMS_CERTIFICATE_INVALID", "There is no certificate (PEM) in the file.");
  }
  parts->key.reset(PEM_read_bio_PrivateKey(memory(as_bytes(key_pem)).get(), nullptr, no_passphrase, nullptr));
  if (!parts->key || !is_strong_key(parts->key.get())) {
    return invalid_cms(
        "CMS_KEY_INVALID",
        "The key is a private key in PEM without a passphrase: of an elliptic curve (256 bits or "
        "more), or RSA (2048 or more).");
  }
  auto* certificate = parts->certificates.front().get();
  if (X509_check_private_key(certificate, parts->key.get()) != 1) {
    return invalid_cms("CMS_KEY_OTHER", "The key is not that of the (first) certificate.");
  }
  parts->valid_from = time_of(X509_get0_notBefore(certificate));
  parts->valid_to = time_of(X509_get0_notAfter(certificate));
  if (at < parts->valid_from || at >= parts->valid_to) {
    return fail(expired(ErrorKind::invalid, at, parts->valid_from));
  }
  // All bits are set where the certificate has no such extension.
  if ((X509_get_key_usage(certificate) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) {
    return invalid_cms("CMS_CERTIFICATE_USAGE", "The certificate's key usage does not allow signatures.");
  }
  std::array<std::uint8_t, 32> digest{};
  unsigned int size = 0;
  HG_ASSERT(X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1 && size == digest.size());
  parts->sha256 = to_hex(digest);
  parts->subject = name_text(X509_get_subject_name(certificate));
  parts->issuer = name_text(X509_get_issuer_name(certificate));
  parts->self_signed =
      X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
  ERR_clear_error();
  return CmsKey(std::move(parts));
}

Result<Bytes> CmsKey::sign(ByteView content, UnixSeconds at) const {
  if (at < valid_from() || at >= valid_to()) return fail(expired(ErrorKind::unavailable, at, valid_from()));
  const auto failed = [] {
    ERR_clear_error();
    return fail(Error::internal("CMS_SIGNING_FAILED", "The answer could not be signed in CMS."));
  };
  constexpr unsigned int kFlags = CMS_BINARY | CMS_DETACHED;
  const CmsPtr cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, kFlags | CMS_PARTIAL));
  if (!cms) return failed();
  // With CMS_CADES comes signing-certificate-v2; the certificate itself is put in, too.
  auto* signer = CMS_add1_signer(cms.get(), parts_->certificates.front().get(), parts_->key.get(),
                                 EVP_sha256(), kFlags | CMS_CADES | CMS_NOSMIMECAP);
  const TimePtr time(ASN1_TIME_set(nullptr, static_cast<std::time_t>(at)));
  if (signer == nullptr || !time ||
      CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, time->type, time.get(), -1) != 1) {
    return failed();
  }
  for (std::size_t i = 1; i < parts_->certificates.size(); ++i) {
    if (CMS_add1_cert(cms.get(), parts_->certificates[i].get()) != 1) return failed();
  }
  if (CMS_final(cms.get(), memory(content).get(), nullptr, kFlags) != 1) return failed();
  auto der = der_of(cms.get());
  if (der.empty()) return failed();
  return der;
}

const std::string& CmsKey::certificates_pem() const {
  return parts_->pem;
}
const std::string& CmsKey::sha256() const {
  return parts_->sha256;
}
const std::string& CmsKey::subject() const {
  return parts_->subject;
}
const std::string& CmsKey::issuer() const {
  return parts_->issuer;
}
bool CmsKey::self_signed() const {
  return parts_->self_signed;
}
UnixSeconds CmsKey::valid_from() const {
  return parts_->valid_from;
}
UnixSeconds CmsKey::valid_to() const {
  return parts_->valid_to;
}

Result<MadeCmsKey> make_cms_key(const std::string& name, UnixSeconds valid_from, UnixSeconds valid_to) {
  const KeyPtr key(EVP_EC_gen("P-256"));
  const CertificatePtr certificate(X509_new());
  HG_ASSERT(key && certificate);
  X509_set_version(certificate.get(), X509_VERSION_3);
  const NumberPtr serial(BN_new());
  HG_ASSERT(BN_rand(serial.get(), kSerialBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1);
  BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate.get()));
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), static_cast<std::time_t>(valid_from));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), static_cast<std::time_t>(valid_to));
  auto* subject = X509_get_subject_name(certificate.get());
  if (name.empty() || name.size() > kNameBytesMax ||
      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(name.data()),
                                 static_cast<int>(name.size()), -1, 0) != 1) {
    return invalid_cms("CMS_NAME_INVALID", "The name of a certificate has 1 to 64 bytes of UTF-8.");
  }
  X509_set_issuer_name(certificate.get(), subject);
  X509_set_pubkey(certificate.get(), key.get());
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature,nonRepudiation");
  add_extension(certificate.get(), NID_subject_key_identifier, "hash");
  HG_ASSERT(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
  return MadeCmsKey{pem_of(certificate.get()), private_pem(key.get())};
}

}  // namespace heliograph::crypto
