// What our CMS signatures say, read as strangers' are; and which certificates and keys are not taken.
#include "crypto/cms_signing.h"

#include <gmock/gmock.h>
#include <openssl/x509v3.h>

#include "crypto/cms.h"
#include "crypto/cms_openssl.h"

namespace heliograph::crypto {
namespace {

constexpr UnixSeconds kNow = 1'800'000'000;
constexpr UnixSeconds kYear = 365 * UnixSeconds{86'400};

class CmsKeyTest : public ::testing::Test {
 protected:
  static std::string code(const Result<CmsKey>& read) {
    return read ? std::string() : std::string(read.error().code);
  }
  // With other extensions than ours has.
  static std::string certificate_with_usage(const std::string& key_pem, const char* usage) {
    using namespace cms_openssl;
    const KeyPtr key(PEM_read_bio_PrivateKey(memory(as_bytes(key_pem)).get(), nullptr, nullptr, nullptr));
    const CertificatePtr certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 7);
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), kNow - kYear);
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), kNow + kYear);
    X509_set_pubkey(certificate.get(), key.get());
    auto* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_key_usage, usage);
    X509_add_ext(certificate.get(), extension, -1);
    X509_EXTENSION_free(extension);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    return pem_of(certificate.get());
  }

  const MadeCmsKey made = make_cms_key("Example, legal desk", kNow - 60, kNow + kYear).value();
  const Bytes content = to_bytes(as_bytes("{\"request\":7}"));
};

TEST_F(CmsKeyTest, WhatItSignsIsReadAsGoodAndTracedToItsCertificate) {
  const auto key = CmsKey::read(made.certificate_pem, made.key_pem, kNow).value();
  EXPECT_EQ(key.subject(), "CN=Example\\, legal desk");
  EXPECT_TRUE(key.self_signed());
  EXPECT_EQ(key.valid_to(), kNow + kYear);
  EXPECT_EQ(key.sha256().size(), 64U);
  EXPECT_EQ(key.certificates_pem(), made.certificate_pem);
  const auto der = key.sign(content, kNow).value();
  const auto trust = CmsTrust::read(key.certificates_pem()).value();
  const auto facts = read_cms(der, content, trust, kNow).value();
  EXPECT_TRUE(facts.good) << facts.problem;
  ASSERT_EQ(facts.signers.size(), 1U);
  EXPECT_TRUE(facts.signers[0].trusted) << facts.signers[0].problem;
  EXPECT_EQ(facts.signers[0].digest, "SHA256");
  EXPECT_EQ(facts.signers[0].signed_at, kNow);
  EXPECT_EQ(facts.signers[0].subject, key.subject());
  // Anything else is not what was signed.
  auto changed = content;
  changed.back() ^= 1;
  EXPECT_FALSE(read_cms(der, changed, trust, kNow)->good);
}

TEST_F(CmsKeyTest, TheSignedAttributesAreThoseOfCades) {
  using namespace cms_openssl;
  const auto key = CmsKey::read(made.certificate_pem, made.key_pem, kNow).value();
  const auto der = key.sign(content, kNow).value();
  const auto* from = der.data();
  const CmsPtr cms(d2i_CMS_ContentInfo(nullptr, &from, static_cast<long>(der.size())));
  ASSERT_TRUE(cms);
  EXPECT_TRUE(CMS_is_detached(cms.get()));
  auto* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
  std::vector<std::string> names;
  for (int i = 0; i < CMS_signed_get_attr_count(signer); ++i) {
    names.emplace_back(OBJ_nid2sn(OBJ_obj2nid(X509_ATTRIBUTE_get0_object(CMS_signed_get_attr(signer, i)))));
  }
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("contentType", "messageDigest", "signingTime",
                                                     "id-smime-aa-signingCertificateV2"));
  // OpenSSL's own check of what signing-certificate-v2 says.
  const BioPtr bytes(BIO_push(BIO_new(BIO_f_null()), memory(content).release()));
  const StorePtr store(X509_STORE_new());
  const auto pem = memory(as_bytes(key.certificates_pem()));
  const CertificatePtr certificate(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr));
  X509_STORE_add_cert(store.get(), certificate.get());
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), kNow);
  EXPECT_EQ(CMS_verify(cms.get(), nullptr, store.get(), bytes.get(), nullptr,
                       CMS_BINARY | CMS_DETACHED | CMS_CADES),
            1);
}

TEST_F(CmsKeyTest, WhatDoesNotFitTogetherIsNotTaken) {
  const auto other = make_cms_key("Somebody else", kNow - 60, kNow + kYear).value();
  EXPECT_EQ(code(CmsKey::read(made.certificate_pem, other.key_pem, kNow)), "CMS_KEY_OTHER");
  EXPECT_EQ(code(CmsKey::read("", made.key_pem, kNow)), "CMS_CERTIFICATE_INVALID");
  EXPECT_EQ(code(CmsKey::read(made.key_pem, made.key_pem, kNow)), "CMS_CERTIFICATE_INVALID");
  EXPECT_EQ(code(CmsKey::read(made.certificate_pem, "no key", kNow)), "CMS_KEY_INVALID");
  EXPECT_EQ(code(CmsKey::read(made.certificate_pem, made.certificate_pem, kNow)), "CMS_KEY_INVALID");
  EXPECT_EQ(code(CmsKey::read(certificate_with_usage(made.key_pem, "keyCertSign"), made.key_pem, kNow)),
            "CMS_CERTIFICATE_USAGE");
  EXPECT_EQ(code(CmsKey::read(certificate_with_usage(made.key_pem, "nonRepudiation"), made.key_pem, kNow)),
            "");
  // Those that lead to somebody trusted come after it, not before.
  EXPECT_EQ(code(CmsKey::read(made.certificate_pem + other.certificate_pem, made.key_pem, kNow)), "");
  EXPECT_EQ(code(CmsKey::read(other.certificate_pem + made.certificate_pem, made.key_pem, kNow)),
            "CMS_KEY_OTHER");
}

TEST_F(CmsKeyTest, OutsideOfItsTimeNothingIsSigned) {
  EXPECT_EQ(code(CmsKey::read(made.certificate_pem, made.key_pem, kNow + kYear)), "CMS_CERTIFICATE_EXPIRED");
  EXPECT_EQ(code(CmsKey::read(made.certificate_pem, made.key_pem, kNow - 61)), "CMS_CERTIFICATE_EXPIRED");
  const auto key = CmsKey::read(made.certificate_pem, made.key_pem, kNow).value();
  const auto late = key.sign(content, kNow + kYear);
  EXPECT_EQ(late.error().code, "CMS_CERTIFICATE_EXPIRED");
  EXPECT_EQ(late.error().kind, ErrorKind::unavailable);
}

TEST_F(CmsKeyTest, ACertificateHasANameThatFits) {
  EXPECT_EQ(make_cms_key("", 0, 1).error().code, "CMS_NAME_INVALID");
  EXPECT_EQ(make_cms_key(std::string(65, 'x'), 0, 1).error().code, "CMS_NAME_INVALID");
  EXPECT_EQ(make_cms_key("\xff", 0, 1).error().code, "CMS_NAME_INVALID");
  EXPECT_TRUE(make_cms_key(std::string(64, 'x'), 0, 1));
}

}  // namespace
}  // namespace heliograph::crypto
