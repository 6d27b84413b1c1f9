#include "services/accounts/password.h"

#include <gtest/gtest.h>

#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;

constexpr auto kIp = "192.0.2.1";

class PasswordTest : public ::testing::Test {
 protected:
  PasswordTest() { ada = world.sign_up("Ada", "", phone); }

  // What a client does with account.getPassword's answer.
  PasswordProof proof(const Caller& caller, const std::string& password) {
    const auto state = *world.run(passwords().state(caller));
    const auto answer =
        crypto::srp_answer(password, state.salts, *crypto::dh_number(state.srp_b), world.random);
    PasswordProof made;
    made.given = true;
    made.srp_id = state.srp_id;
    made.a.assign(answer.public_value.begin(), answer.public_value.end());
    made.m1.assign(answer.proof.begin(), answer.proof.end());
    return made;
  }
  PasswordVerifier verifier(const Caller& caller, const std::string& password) {
    auto salts = world.run(passwords().state(caller))->new_salts;
    append(salts.salt1, world.random.bytes(32));
    const auto value = crypto::srp_make_verifier(password, salts);
    return {salts.salt1, salts.salt2, Bytes(value.begin(), value.end())};
  }
  Status set_password(const std::string& password, std::optional<std::string> email = {}) {
    NewPassword wanted;
    wanted.verifier = verifier(ada, password);
    wanted.hint = "animal";
    wanted.email = std::move(email);
    return world.run(passwords().update(ada, {}, wanted));
  }
  // A second device that has given the right code.
  Caller pending_device() {
    const auto device = world.new_device("Second");
    world.clock.advance(std::chrono::minutes(11));
    const auto sent = *world.run(world.services.sign_in.send_code(device, kIp, phone));
    world.clock.advance(std::chrono::seconds(61));
    world.run(world.services.sign_in.resend_code(device, kIp, phone, sent.code_hash));
    const auto entered =
        world.run(world.services.sign_in.sign_in(device, kIp, phone, sent.code_hash, world.codes.last()));
    EXPECT_EQ(entered->outcome, SignedIn::Outcome::password_required);
    return device;
  }
  KeyInfo info(const Caller& caller) { return *world.run(world.services.keys.info(caller.key)); }
  Passwords& passwords() { return world.services.passwords; }

  World world;
  std::string phone = "+12025550123";
  Caller ada;
};

TEST_F(PasswordTest, SignInAsksForIt) {
  ASSERT_TRUE(set_password("correct horse"));
  const auto device = pending_device();
  EXPECT_EQ(info(device).user, UserId{}) << "the code alone opens nothing";
  EXPECT_EQ(info(device).pending_user, ada.user);

  const auto state = world.run(passwords().state(device));
  ASSERT_TRUE(state);
  EXPECT_TRUE(state->set);
  EXPECT_EQ(state->hint, "animal");

  EXPECT_EQ(world.run(passwords().check(device, kIp, proof(device, "battery staple"))).error().code,
            "PASSWORD_HASH_INVALID");
  EXPECT_EQ(info(device).user, UserId{});
  EXPECT_EQ(world.run(passwords().check(device, kIp, proof(device, "correct horse"))), ada.user);
  EXPECT_EQ(info(device).user, ada.user);
}

TEST_F(PasswordTest, APendingDeviceIsNotListedAndTellsNobody) {
  ASSERT_TRUE(set_password("correct horse"));
  pending_device();
  const auto devices = *world.read([&](store::Tx& tx) { return tx.auth_keys().of_user(ada.user); });
  EXPECT_EQ(devices.size(), 1u);
}

TEST_F(PasswordTest, AChallengeIsGoodOnceAndForItsKeyAlone) {
  ASSERT_TRUE(set_password("correct horse"));
  const auto other_device = pending_device();
  const auto device = pending_device();
  const auto good = proof(device, "correct horse");
  EXPECT_EQ(world.run(passwords().check(other_device, kIp, good)).error().code, "SRP_ID_INVALID");
  EXPECT_TRUE(world.run(passwords().check(device, kIp, good)));
  EXPECT_EQ(world.run(passwords().check(device, kIp, good)).error().code, "SRP_ID_INVALID");
}

TEST_F(PasswordTest, AChallengeExpires) {
  ASSERT_TRUE(set_password("correct horse"));
  const auto late = proof(ada, "correct horse");
  world.clock.advance(std::chrono::minutes(10));
  EXPECT_EQ(world.run(passwords().prove(ada, late)).error().code, "SRP_ID_INVALID");
}

TEST_F(PasswordTest, GuessingMeetsAFloodWaitEvenForTheRightPassword) {
  ASSERT_TRUE(set_password("correct horse"));
  const auto device = pending_device();
  for (int i = 0; i < Passwords::wrong_max; ++i) {
    EXPECT_EQ(world.run(passwords().check(device, kIp, proof(device, "guess"))).error().code,
              "PASSWORD_HASH_INVALID");
  }
  const auto refused = world.run(passwords().check(device, kIp, proof(device, "correct horse")));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "FLOOD_WAIT");
  EXPECT_EQ(refused.error().wait_seconds, 3600);
  world.clock.advance(std::chrono::hours(1));
  EXPECT_TRUE(world.run(passwords().check(device, kIp, proof(device, "correct horse"))));
}

TEST_F(PasswordTest, GarbageProofsAreWrongPasswords) {
  ASSERT_TRUE(set_password("correct horse"));
  auto bad = proof(ada, "correct horse");
  bad.a.assign(300, 1);
  EXPECT_EQ(world.run(passwords().prove(ada, bad)).error().code, "PASSWORD_HASH_INVALID");
  bad = proof(ada, "correct horse");
  bad.a.assign(256, 0);
  EXPECT_EQ(world.run(passwords().prove(ada, bad)).error().code, "PASSWORD_HASH_INVALID");
  bad = proof(ada, "correct horse");
  bad.m1.clear();
  EXPECT_EQ(world.run(passwords().prove(ada, bad)).error().code, "PASSWORD_HASH_INVALID");
  EXPECT_EQ(world.run(passwords().prove(ada, {})).error().code, "PASSWORD_HASH_INVALID");
}

TEST_F(PasswordTest, ChangingItNeedsTheOldOne) {
  ASSERT_TRUE(set_password("correct horse"));
  NewPassword wanted;
  wanted.verifier = verifier(ada, "battery staple");
  EXPECT_EQ(world.run(passwords().update(ada, {}, wanted)).error().code, "PASSWORD_HASH_INVALID");
  ASSERT_TRUE(world.run(passwords().update(ada, proof(ada, "correct horse"), wanted)));
  EXPECT_TRUE(world.run(passwords().prove(ada, proof(ada, "battery staple"))));
  EXPECT_FALSE(world.run(passwords().prove(ada, proof(ada, "correct horse"))));
}

TEST_F(PasswordTest, AProofOfAPasswordThatHasChangedSinceIsSaidToBeOld) {
  ASSERT_TRUE(set_password("correct horse"));
  const auto old_proof = proof(ada, "correct horse");
  NewPassword wanted;
  wanted.verifier = verifier(ada, "battery staple");
  ASSERT_TRUE(world.run(passwords().update(ada, proof(ada, "correct horse"), wanted)));
  EXPECT_EQ(world.run(passwords().prove(ada, old_proof)).error().code, "SRP_PASSWORD_CHANGED");
}

TEST_F(PasswordTest, ItCanBeRemoved) {
  ASSERT_TRUE(set_password("correct horse"));
  NewPassword nothing;
  nothing.verifier.emplace();
  ASSERT_TRUE(world.run(passwords().update(ada, proof(ada, "correct horse"), nothing)));
  EXPECT_FALSE(world.run(passwords().state(ada))->set);
  EXPECT_TRUE(world.run(passwords().prove(ada, {})));
}

TEST_F(PasswordTest, NewSettingsAreChecked) {
  EXPECT_EQ(world.run(passwords().update(ada, {}, {})).error().code, "NEW_SETTINGS_EMPTY");
  NewPassword wanted;
  wanted.verifier = verifier(ada, "correct horse");
  wanted.verifier->salt2[0] ^= 1;
  EXPECT_EQ(world.run(passwords().update(ada, {}, wanted)).error().code, "NEW_SALT_INVALID");
  wanted.verifier = verifier(ada, "correct horse");
  wanted.verifier->value.assign(256, 0);
  EXPECT_EQ(world.run(passwords().update(ada, {}, wanted)).error().code, "NEW_SETTINGS_INVALID");
  EXPECT_EQ(set_password("correct horse", "nobody").error().code, "EMAIL_INVALID");
}

TEST_F(PasswordTest, ARecoveryAddressMustBeConfirmedFirst) {
  EXPECT_EQ(set_password("correct horse", "ada@example.org").error().code, "EMAIL_UNCONFIRMED_6");
  auto state = *world.run(passwords().state(ada));
  EXPECT_FALSE(state.set) << "nothing changes before the address is confirmed";
  EXPECT_EQ(state.unconfirmed_email_pattern, "a***a@example.org");
  EXPECT_EQ(world.codes.sent.back().address, "ada@example.org");

  EXPECT_EQ(world.run(passwords().confirm_email(ada, "nope")).error().code, "CODE_INVALID");
  EXPECT_TRUE(world.run(passwords().confirm_email(ada, world.codes.last())));
  state = *world.run(passwords().state(ada));
  EXPECT_TRUE(state.set);
  EXPECT_TRUE(state.has_recovery);
  EXPECT_EQ(world.run(passwords().recovery_email(ada, proof(ada, "correct horse"))), "ada@example.org");
  EXPECT_EQ(world.run(passwords().confirm_email(ada, world.codes.last())).error().code, "EMAIL_HASH_EXPIRED");
}

TEST_F(PasswordTest, TheConfirmationCodeCanBeResentAndCancelled) {
  EXPECT_FALSE(set_password("correct horse", "ada@example.org"));
  const auto first = world.codes.last();
  EXPECT_EQ(world.run(passwords().resend_email(ada)).error().code, "FLOOD_WAIT");
  world.clock.advance(std::chrono::minutes(1));
  EXPECT_TRUE(world.run(passwords().resend_email(ada)));
  EXPECT_EQ(world.run(passwords().confirm_email(ada, first)).error().code, "CODE_INVALID");
  EXPECT_TRUE(world.run(passwords().cancel_email(ada)));
  EXPECT_EQ(world.run(passwords().confirm_email(ada, world.codes.last())).error().code, "EMAIL_HASH_EXPIRED");
  EXPECT_EQ(world.run(passwords().cancel_email(ada)).error().code, "EMAIL_HASH_EXPIRED");
}

TEST_F(PasswordTest, WrongConfirmationCodesAreCounted) {
  EXPECT_FALSE(set_password("correct horse", "ada@example.org"));
  for (int i = 0; i < Passwords::wrong_codes_max; ++i) {
    EXPECT_EQ(world.run(passwords().confirm_email(ada, "wrong")).error().code, "CODE_INVALID");
  }
  EXPECT_EQ(world.run(passwords().confirm_email(ada, world.codes.last())).error().code, "EMAIL_HASH_EXPIRED");
}

TEST_F(PasswordTest, ACodeByMailLetsInWhoForgotIt) {
  EXPECT_FALSE(set_password("correct horse", "ada@example.org"));
  ASSERT_TRUE(world.run(passwords().confirm_email(ada, world.codes.last())));
  const auto device = pending_device();
  EXPECT_EQ(world.run(passwords().request_recovery(device)), "a***a@example.org");
  const auto code = world.codes.last();
  EXPECT_EQ(world.run(passwords().request_recovery(device)).error().code, "FLOOD_WAIT");
  EXPECT_EQ(world.run(passwords().check_recovery(device, "wrong")).error().code, "CODE_INVALID");
  EXPECT_TRUE(world.run(passwords().check_recovery(device, code)));
  EXPECT_EQ(world.run(passwords().recover(device, kIp, code, {})), ada.user);
  EXPECT_EQ(info(device).user, ada.user);
  EXPECT_FALSE(world.run(passwords().state(ada))->set);
}

TEST_F(PasswordTest, RecoveryNeedsAnAddress) {
  EXPECT_EQ(world.run(passwords().request_recovery(ada)).error().code, "PASSWORD_EMPTY");
  ASSERT_TRUE(set_password("correct horse"));
  EXPECT_EQ(world.run(passwords().request_recovery(ada)).error().code, "PASSWORD_RECOVERY_NA");
  EXPECT_EQ(world.run(passwords().recover(ada, kIp, "123456", {})).error().code, "PASSWORD_RECOVERY_EXPIRED");
}

TEST_F(PasswordTest, ASignedInDeviceCanResetItAfterAWeek) {
  EXPECT_EQ(world.run(passwords().reset(ada)).error().code, "PASSWORD_EMPTY");
  ASSERT_TRUE(set_password("correct horse"));
  auto outcome = *world.run(passwords().reset(ada));
  EXPECT_EQ(outcome.kind, PasswordReset::Kind::wait_until);
  world.clock.advance(std::chrono::days(3));
  EXPECT_TRUE(world.run(passwords().decline_reset(ada)));
  EXPECT_EQ(world.run(passwords().reset(ada))->kind, PasswordReset::Kind::may_ask_again_at);
  world.clock.advance(std::chrono::days(7));
  EXPECT_EQ(world.run(passwords().reset(ada))->kind, PasswordReset::Kind::wait_until);
  world.clock.advance(std::chrono::days(7));
  EXPECT_EQ(world.run(passwords().reset(ada))->kind, PasswordReset::Kind::done);
  EXPECT_FALSE(world.run(passwords().state(ada))->set);
}

TEST_F(PasswordTest, NobodySignedInHasNoPassword) {
  EXPECT_EQ(world.run(passwords().state(world.new_device())).error().code, "AUTH_KEY_UNREGISTERED");
}

TEST(EmailPattern, HidesTheMiddle) {
  EXPECT_EQ(email_pattern("alice@example.org"), "a***e@example.org");
  EXPECT_EQ(email_pattern("al@example.org"), "a***@example.org");
  EXPECT_TRUE(looks_like_email("a.b+c@mail.example.org"));
  for (const auto* bad : {"", "a", "@b.c", "a@b", "a@b.", "a b@c.d", "a@b.c\r\nX: y", "<a@b.c>", "a@b@c.d"}) {
    EXPECT_FALSE(looks_like_email(bad)) << bad;
  }
}

}  // namespace
}  // namespace heliograph::services
