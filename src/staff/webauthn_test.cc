#include "staff/webauthn.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "staff/testing/authenticator.h"

namespace heliograph::staff {
namespace {

using testing::Authenticator;
using Kind = Authenticator::Kind;

const RelyingParty party{"localhost", "http://localhost:8080"};
const Bytes challenge(32, 9);

class WebAuthn : public ::testing::TestWithParam<Kind> {
 protected:
  PasskeyFacts registered() {
    auto facts = verify_registration(party, challenge, key.make(challenge));
    EXPECT_TRUE(facts) << facts.error().message;
    return facts.value_or(PasskeyFacts{});
  }
  std::string refused(const Registration& registration) {
    const auto facts = verify_registration(party, challenge, registration);
    return facts ? "taken" : facts.error().message;
  }
  std::string refused(const PasskeyFacts& known, const Assertion& assertion) {
    const auto counter = verify_assertion(party, challenge, known, assertion);
    return counter ? "taken" : counter.error().message;
  }
  Authenticator key{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(, WebAuthn, ::testing::Values(Kind::es256, Kind::eddsa));

TEST_P(WebAuthn, APasskeyIsRegisteredAndSignsIn) {
  const auto facts = registered();
  EXPECT_EQ(facts.id, key.id);
  EXPECT_EQ(facts.algorithm, GetParam() == Kind::es256 ? -7 : -8);
  EXPECT_EQ(verify_assertion(party, challenge, facts, key.answer(challenge)), 1U);
  EXPECT_EQ(challenge_in(key.answer(challenge).client_data), challenge);
}

TEST_P(WebAuthn, ExtensionsMayFollow) {
  key.extensions = {0xa1, 0x61, 'x', 0xf5};
  const auto facts = registered();
  EXPECT_TRUE(verify_assertion(party, challenge, facts, key.answer(challenge)));
}

TEST_P(WebAuthn, AnotherSitesPasskeyIsRefused) {
  const auto facts = registered();
  auto other = key.party;
  key.party.id = "evil.example";
  EXPECT_THAT(refused(key.make(challenge)), ::testing::HasSubstr("another site"));
  EXPECT_THAT(refused(facts, key.answer(challenge)), ::testing::HasSubstr("another site"));
  key.party = other;
  key.origin = "http://localhost:9999";
  EXPECT_THAT(refused(key.make(challenge)), ::testing::HasSubstr("another address"));
  EXPECT_THAT(refused(facts, key.answer(challenge)), ::testing::HasSubstr("another address"));
  key.origin = "http://localhost:8080";
  key.extra = R"(,"crossOrigin":true)";
  EXPECT_THAT(refused(facts, key.answer(challenge)), ::testing::HasSubstr("another site's page"));
  key.extra = R"(,"crossOrigin":false)";
  EXPECT_EQ(refused(facts, key.answer(challenge)), "taken");
}

TEST_P(WebAuthn, APersonMustHaveBeenRecognised) {
  const auto facts = registered();
  for (const std::uint8_t flags : {0, 1, 4}) {
    key.flags = flags;
    EXPECT_THAT(refused(key.make(challenge)), ::testing::HasSubstr("has not checked"));
    EXPECT_THAT(refused(facts, key.answer(challenge)), ::testing::HasSubstr("has not checked"));
  }
}

TEST_P(WebAuthn, AnAnswerToAnotherChallengeOrCeremonyIsRefused) {
  const auto facts = registered();
  EXPECT_THAT(refused(facts, key.answer(Bytes(32, 8))), ::testing::HasSubstr("Another challenge"));
  auto crossed = key.answer(challenge);
  crossed.client_data = key.make(challenge).client_data;
  EXPECT_THAT(refused(facts, crossed), ::testing::HasSubstr("another ceremony"));
}

TEST_P(WebAuthn, AWrongSignatureIsRefused) {
  const auto facts = registered();
  Authenticator other(GetParam());
  EXPECT_THAT(refused(facts, other.answer(challenge)), ::testing::HasSubstr("signature"));
  auto changed = key.answer(challenge);
  changed.authenticator_data[36] ^= 1;  // the counter
  EXPECT_THAT(refused(facts, changed), ::testing::HasSubstr("signature"));
  changed = key.answer(challenge);
  changed.signature.clear();
  EXPECT_NE(refused(facts, changed), "taken");
}

TEST_P(WebAuthn, ACounterThatGoesBackIsACopy) {
  auto facts = registered();
  facts.counter = 5;
  key.counter = 4;
  EXPECT_THAT(refused(facts, key.answer(challenge)), ::testing::HasSubstr("counter"));
  EXPECT_EQ(refused(facts, key.answer(challenge)), "taken");
  // Many passkeys do not count at all.
  facts.counter = 0;
  key.counter = 0;
  key.counts = false;
  EXPECT_EQ(refused(facts, key.answer(challenge)), "taken");
}

TEST_P(WebAuthn, CutAnywhereItIsRefused) {
  const auto whole = key.make(challenge);
  for (std::size_t size = 0; size < whole.attestation_object.size(); ++size) {
    auto cut = whole;
    cut.attestation_object.resize(size);
    EXPECT_NE(refused(cut), "taken") << size;
  }
  const auto facts = registered();
  const auto answer = key.answer(challenge);
  for (std::size_t size = 0; size < answer.authenticator_data.size(); ++size) {
    auto cut = answer;
    cut.authenticator_data.resize(size);
    EXPECT_NE(refused(facts, cut), "taken") << size;
  }
  auto longer = whole;
  longer.attestation_object.push_back(0);
  EXPECT_NE(refused(longer), "taken");
}

TEST(ClientData, AreAJsonObjectWithAChallenge) {
  for (const auto* text :
       {"", "[]", "{}", R"({"challenge":7})", R"({"challenge":""})", R"({"challenge":"+"})", "{"}) {
    EXPECT_FALSE(challenge_in(as_bytes(text))) << text;
  }
  EXPECT_FALSE(challenge_in(Bytes(kClientDataMax + 1, ' ')));
}

}  // namespace
}  // namespace heliograph::staff
