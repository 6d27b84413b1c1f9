// What the officer gets can be opened with their key alone, and is this server's or nothing.
#include "legal/disclosure/answer.h"

#include <gmock/gmock.h>

#include "crypto/cms.h"
#include "crypto/random.h"
#include "legal/disclosure/pdf_pages.h"
#include "legal/testing/certificate.h"

namespace heliograph::legal {
namespace {

class AnswerTest : public ::testing::Test {
 protected:
  static std::string code(const Result<Answer>& opened) {
    return opened ? std::string() : std::string(opened.error().code);
  }
  Result<Answer> open(ByteView sealed) const {
    return open_answer(sealed, officer, signer.ed25519.public_key());
  }
  // As the server would seal it, whatever it is.
  Bytes sealed(std::string_view purpose, ByteView body) const {
    auto message = to_bytes(as_bytes(purpose));
    append(message, body);
    auto inner = to_bytes(ByteView(signer.ed25519.sign(message)));
    append(inner, body);
    return crypto::seal_to(officer.public_key, inner).value();
  }

  crypto::SystemRandom random;
  crypto::BoxKey officer = crypto::BoxKey::generate(random);
  const AnswerSigner signer{crypto::Ed25519Key(crypto::SecretKey::generate(random)),
                            testing::a_certificate()};
  const Disclosure disclosure{
      PhoneNumber::parse("4915112345678").value(),
      {{IpAddress::parse("203.0.113.7").value(), 40'000, 1'699'990'000, 1'699'990'060}}};
  const Cover cover{7, 1'700'000'000, "example.org/ledger", Bytes(65, 1)};
};

TEST_F(AnswerTest, HoldsTheJsonAndThePagesOfTheSameValues) {
  const auto made = seal_answer(disclosure, cover, signer, officer.public_key).value();
  const auto opened = open(made).value();
  EXPECT_EQ(opened.json, to_json(disclosure, cover));
  EXPECT_EQ(opened.pdf, to_pdf(disclosure, cover));
  EXPECT_EQ(code(open_answer(made, crypto::BoxKey::generate(random), signer.ed25519.public_key())),
            "SEAL_BROKEN");
  const crypto::Ed25519Key other(crypto::SecretKey::generate(random));
  EXPECT_EQ(code(open_answer(made, officer, other.public_key())), "PACKAGE_INVALID");
  auto changed = made;
  changed.back() ^= 1;
  EXPECT_EQ(code(open(changed)), "SEAL_BROKEN");
}

TEST_F(AnswerTest, TheSecondSignatureIsOverTheSameBytes) {
  const auto opened = open(seal_answer(disclosure, cover, signer, officer.public_key).value()).value();
  const auto trust = crypto::CmsTrust::read(signer.cms.certificates_pem()).value();
  const auto facts = crypto::read_cms(opened.cms, opened.signed_bytes, trust, cover.made_at).value();
  EXPECT_TRUE(facts.good && facts.signers[0].trusted) << facts.problem << facts.signers[0].problem;
  EXPECT_EQ(facts.signers[0].signed_at, cover.made_at);
  // What is signed is the two files as they are kept, and nothing else.
  std::string whole = "heliograph/disclosure/v3\n";
  Bytes length;
  append_le(length, static_cast<std::uint32_t>(opened.json.size()));
  whole += as_text(length);
  EXPECT_EQ(as_text(opened.signed_bytes), whole + opened.json + opened.pdf);
}

TEST_F(AnswerTest, ACmsSignatureOfSomethingElseIsNotPassedOn) {
  const Bytes body{1, 0, 0, 0, '{'};
  auto message = to_bytes(as_bytes("heliograph/disclosure/v3\n"));
  append(message, body);
  const auto answer = [&](ByteView cms) {
    auto inner = to_bytes(ByteView(signer.ed25519.sign(message)));
    append_le(inner, static_cast<std::uint32_t>(cms.size()));
    append(inner, cms);
    append(inner, body);
    return open(crypto::seal_to(officer.public_key, inner).value());
  };
  EXPECT_EQ(answer(signer.cms.sign(message, 1'700'000'000).value()).value().json, "{");
  EXPECT_EQ(code(answer(signer.cms.sign(body, 1'700'000'000).value())), "PACKAGE_INVALID");
  EXPECT_EQ(code(answer({})), "PACKAGE_INVALID");
}

TEST_F(AnswerTest, WithoutAValidCertificateThereIsNoAnswer) {
  auto late = cover;
  late.made_at = 4'000'000'000;
  EXPECT_EQ(seal_answer(disclosure, late, signer, officer.public_key).error().code,
            "CMS_CERTIFICATE_EXPIRED");
}

TEST_F(AnswerTest, OneFromBeforeThereWasACmsSignatureStillOpens) {
  const auto opened = open(sealed("heliograph/disclosure/v2\n", Bytes{1, 0, 0, 0, '{', '%'})).value();
  EXPECT_EQ(opened.json, "{");
  EXPECT_EQ(opened.pdf, "%");
  EXPECT_TRUE(opened.cms.empty());
}

TEST_F(AnswerTest, OneFromBeforeThereWerePagesStillOpens) {
  const auto json = to_json(disclosure, cover);
  const auto opened = open(sealed("heliograph/disclosure/v1\n", as_bytes(json))).value();
  EXPECT_EQ(opened.json, json);
  EXPECT_TRUE(opened.pdf.empty());
}

TEST_F(AnswerTest, WhatIsCutOrMeantOtherwiseIsNone) {
  const auto v2 = "heliograph/disclosure/v2\n";
  EXPECT_EQ(code(open(crypto::seal_to(officer.public_key, Bytes(63, 0)).value())), "PACKAGE_INVALID");
  for (const auto& body : {Bytes{}, Bytes{1, 0, 0}, Bytes{1, 0, 0, 0}, Bytes{0xff, 0xff, 0xff, 0xff, '{'}}) {
    EXPECT_EQ(code(open(sealed(v2, body))), "PACKAGE_INVALID");
  }
  EXPECT_EQ(open(sealed(v2, Bytes{1, 0, 0, 0, '{'})).value().json, "{");
  // A signature for another purpose.
  EXPECT_EQ(code(open(sealed("heliograph/disclosure/v4\n", Bytes{1, 0, 0, 0, '{'}))), "PACKAGE_INVALID");
}

}  // namespace
}  // namespace heliograph::legal
