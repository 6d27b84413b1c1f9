#include "crypto/cms.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "base/assert.h"
#include "crypto/cms_openssl.h"

namespace heliograph::crypto {

namespace {

using namespace cms_openssl;

constexpr std::size_t kSignersMost = 4;
constexpr std::size_t kTrustBytesMax = 8 * 1024 * 1024;
constexpr std::size_t kTrustMost = 2000;

std::string serial_text(const ASN1_INTEGER* serial) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  if (i2a_ASN1_INTEGER(out.get(), serial) <= 0) return {};
  auto text = read_all(out.get());
  text.resize(std::min<std::size_t>(text.size(), 80));
  return printable(text);
}

bool is_strong(int digest) {
  return digest == NID_sha256 || digest == NID_sha384 || digest == NID_sha512 || digest == NID_sha3_256 ||
         digest == NID_sha3_384 || digest == NID_sha3_512;
}

}  // namespace

struct CmsTrust::Store {
  std::vector<CertificatePtr> certificates;
};

// What is read of one signer.
struct CmsReader {
  static const std::vector<CertificatePtr>& certificates(const CmsTrust& trust) {
    return trust.store_->certificates;
  }

  static void trace(CmsSigner& out, X509* certificate, STACK_OF(X509) * others, const CmsTrust& trust,
                    UnixSeconds at) {
    const StorePtr store(X509_STORE_new());
    for (const auto& one : certificates(trust)) X509_STORE_add_cert(store.get(), one.get());
    const ContextPtr context(X509_STORE_CTX_new());
    if (X509_STORE_CTX_init(context.get(), store.get(), certificate, others) != 1) return;
    auto* parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(parameters, static_cast<std::time_t>(at));
    X509_VERIFY_PARAM_set_depth(parameters, 6);
    // A chain may end at any certificate that the operator trusts, not only at one that signs itself.
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY);
    out.trusted = X509_verify_cert(context.get()) == 1;
    if (!out.trusted) {
      out.problem = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
    }
  }
};

CmsTrust::CmsTrust() : store_(std::make_shared<const Store>()) {}

std::size_t CmsTrust::count() const {
  return store_->certificates.size();
}

Result<CmsTrust> CmsTrust::read(std::string_view pem) {
  const auto wrong = [](std::string what) { return fail(Error::invalid("TRUST_INVALID", std::move(what))); };
  if (pem.size() > kTrustBytesMax) return wrong("The file of trusted certificates is larger than 8 MiB.");
  const auto bio = memory(as_bytes(pem));
  auto store = std::make_shared<Store>();
  while (auto* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    store->certificates.emplace_back(certificate);
    if (store->certificates.size() > kTrustMost)
      return wrong("There are more than 2000 trusted certificates.");
  }
  ERR_clear_error();
  if (store->certificates.empty()) return wrong("There is no certificate in the file.");
  CmsTrust out;
  out.store_ = std::move(store);
  return out;
}

Result<CmsFacts> read_cms(ByteView der, ByteView content, const CmsTrust& trust, UnixSeconds at) {
  const auto invalid = [] {
    ERR_clear_error();
    return fail(Error::invalid("CMS_INVALID", "This is no signature."));
  };
  if (der.empty() || der.size() > kCmsBytesMax) return invalid();
  const auto* from = der.data();
  const CmsPtr cms(d2i_CMS_ContentInfo(nullptr, &from, static_cast<long>(der.size())));
  if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed) return invalid();
  auto* signers = CMS_get0_SignerInfos(cms.get());
  if (signers == nullptr || sk_CMS_SignerInfo_num(signers) == 0) return invalid();

  CmsFacts out;
  const auto count = static_cast<std::size_t>(sk_CMS_SignerInfo_num(signers));
  if (count > kSignersMost) {
    out.problem = "There are too many signers.";
    return out;
  }
  // Behind a filter that does nothing: CMS_verify() of OpenSSL 3.0 copies a plain BIO of memory, and forgets
  // the copy when it knows no digest (found by legal/orders/pdf_fuzz.cc).
  const BioPtr signed_bytes(BIO_push(BIO_new(BIO_f_null()), memory(content).release()));
  out.good = CMS_verify(cms.get(), nullptr, nullptr, signed_bytes.get(), nullptr,
                        CMS_BINARY | CMS_DETACHED | CMS_NO_SIGNER_CERT_VERIFY) == 1;
  if (!out.good) out.problem = "The signature does not fit the content.";
  const CertificatesPtr others(CMS_get1_certs(cms.get()));
  for (std::size_t i = 0; i < count; ++i) {
    auto* info = sk_CMS_SignerInfo_value(signers, static_cast<int>(i));
    X509* certificate = nullptr;
    X509_ALGOR* digest = nullptr;
    CMS_SignerInfo_get0_algs(info, nullptr, &certificate, &digest, nullptr);
    CmsSigner signer;
    const ASN1_OBJECT* algorithm = nullptr;
    X509_ALGOR_get0(&algorithm, nullptr, nullptr, digest);
    const int number = OBJ_obj2nid(algorithm);
    const auto* digest_name = OBJ_nid2sn(number);
    signer.digest = digest_name == nullptr ? "" : digest_name;
    if (!is_strong(number)) {
      out.good = false;
      out.problem = "The signature's digest is too weak.";
    }
    signer.signed_at = time_of(static_cast<const ASN1_TIME*>(
        CMS_signed_get0_data_by_OBJ(info, OBJ_nid2obj(NID_pkcs9_signingTime), -3, V_ASN1_UTCTIME)));
    if (certificate == nullptr) {
      signer.problem = "The certificate is not there.";
    } else {
      signer.subject = name_text(X509_get_subject_name(certificate));
      signer.issuer = name_text(X509_get_issuer_name(certificate));
      signer.serial = serial_text(X509_get0_serialNumber(certificate));
      signer.valid_from = time_of(X509_get0_notBefore(certificate));
      signer.valid_to = time_of(X509_get0_notAfter(certificate));
      CmsReader::trace(signer, certificate, others.get(), trust, at);
    }
    out.signers.push_back(std::move(signer));
  }
  ERR_clear_error();
  return out;
}

CmsSample sample_cms(ByteView content, const std::string& name, UnixSeconds valid_from,
                     UnixSeconds valid_to) {
  const KeyPtr key(EVP_EC_gen("P-256"));
  const CertificatePtr certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 7);
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), static_cast<std::time_t>(valid_from));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), static_cast<std::time_t>(valid_to));
  auto* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.data()),
                             static_cast<int>(name.size()), -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  X509_set_pubkey(certificate.get(), key.get());
  HG_ASSERT(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
  const auto bio = memory(content);
  const CmsPtr cms(CMS_sign(certificate.get(), key.get(), nullptr, bio.get(), CMS_BINARY | CMS_DETACHED));
  HG_ASSERT(cms != nullptr);
  CmsSample out{der_of(cms.get()), pem_of(certificate.get())};
  HG_ASSERT(!out.der.empty());
  return out;
}

}  // namespace heliograph::crypto
