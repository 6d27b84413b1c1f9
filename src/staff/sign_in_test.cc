#include "staff/sign_in.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "staff/testing/world.h"

namespace heliograph::staff {
namespace {

using std::chrono::minutes, std::chrono::seconds, std::chrono::hours;
using store::StaffToken;
using testing::Authenticator;

class SignInTest : public ::testing::Test, public testing::StaffWorld {
 protected:
  template <typename T>
  std::string error(Task<Result<T>> task) {
    const auto result = run(std::move(task));
    return result ? "none" : std::string(result.error().code);
  }
  std::string error(Task<Status> task) {
    const auto result = run(std::move(task));
    return result ? "none" : std::string(result.error().code);
  }
  std::string session_of(const std::string& token) {
    return error(sign_in.visitor(token, StaffToken::Kind::session));
  }
  // Enrolled with codes; the secret.
  std::string enrol_codes(const std::string& name) {
    const auto token = add(name);
    const auto offer = must(run(sign_in.offer_codes(token)));
    must(run(sign_in.enrol_codes(token, code_at(offer.secret, clock.unix_seconds()))));
    return offer.secret;
  }
  Authenticator key;
};

TEST_F(SignInTest, APasskeyIsEnrolledByALinkThatIsGoodOnce) {
  const auto token = add("Ana", Role::senior_moderator);
  EXPECT_EQ(must(run(sign_in.enrolment(token))).member.name, "Ana");
  const auto begun = must(run(sign_in.begin_enrolment(token)));
  const auto entered = must(run(sign_in.enrol_passkey(token, key.make(begun.second), "blue key")));
  EXPECT_EQ(entered.visitor.member.role, Role::senior_moderator);
  const auto visitor = must(run(sign_in.visitor(entered.token, StaffToken::Kind::session)));
  EXPECT_EQ(visitor.member.state, store::StaffState::active);
  EXPECT_EQ(visitor.proved_until(), clock.unix_seconds() + kProofSeconds);
  EXPECT_EQ(must(run(sign_in.passkeys(visitor.member.id))).at(0).label, "blue key");

  EXPECT_EQ(error(sign_in.enrolment(token)), "ENROLMENT_UNKNOWN");
  EXPECT_EQ(error(sign_in.begin_enrolment(token)), "ENROLMENT_UNKNOWN");
  EXPECT_EQ(error(sign_in.enrol_codes(token, "000000")), "ENROLMENT_UNKNOWN");
}

TEST_F(SignInTest, ALinkExpires) {
  const auto token = add("Ana");
  clock.advance(seconds(kEnrolmentSeconds));
  EXPECT_EQ(error(sign_in.enrolment(token)), "ENROLMENT_UNKNOWN");
}

TEST_F(SignInTest, AnEnrolmentChallengeIsForOnePerson) {
  const auto ana = add("Ana"), ben = add("Ben");
  const auto begun = must(run(sign_in.begin_enrolment(ana)));
  EXPECT_EQ(error(sign_in.enrol_passkey(ben, key.make(begun.second), "")), "CHALLENGE_EXPIRED");
}

TEST_F(SignInTest, APasskeySignsInAndItsAnswerIsGoodOnce) {
  const auto first = enrol("Ana", key);
  const auto answer = key.answer(sign_in.challenge());
  const auto entered = must(run(sign_in.enter_with_passkey(answer)));
  EXPECT_NE(entered.token, first.token);
  EXPECT_EQ(entered.visitor.member.name, "Ana");
  EXPECT_EQ(error(sign_in.enter_with_passkey(answer)), "CHALLENGE_EXPIRED");
  EXPECT_EQ(error(sign_in.enter_with_passkey(key.answer(Bytes(32, 1)))), "CHALLENGE_EXPIRED");
  const auto late = sign_in.challenge();
  clock.advance(minutes(6));
  EXPECT_EQ(error(sign_in.enter_with_passkey(key.answer(late))), "CHALLENGE_EXPIRED");
}

TEST_F(SignInTest, StrangersAreRefused) {
  enrol("Ana", key);
  Authenticator stranger(Authenticator::Kind::es256, 2);
  EXPECT_EQ(error(sign_in.enter_with_passkey(stranger.answer(sign_in.challenge()))), "PASSKEY_UNKNOWN");
  stranger.id = key.id;
  EXPECT_EQ(error(sign_in.enter_with_passkey(stranger.answer(sign_in.challenge()))), "PASSKEY_INVALID");
  EXPECT_EQ(session_of("nonsense"), "SIGN_IN_NEEDED");
  EXPECT_EQ(session_of(""), "SIGN_IN_NEEDED");
}

TEST_F(SignInTest, CodesSignInOnceEach) {
  const auto secret = enrol_codes("Ana");
  // The code that enrolled is used up.
  EXPECT_EQ(error(sign_in.enter_with_code("Ana", code_at(secret, clock.unix_seconds()))), "CODE_INVALID");
  clock.advance(minutes(1));
  const auto code = code_at(secret, clock.unix_seconds());
  EXPECT_EQ(error(sign_in.enter_with_code("ana", code)), "none");
  EXPECT_EQ(error(sign_in.enter_with_code("ana", code)), "CODE_INVALID");
  clock.advance(minutes(1));
  EXPECT_EQ(error(sign_in.enter_with_code("Ben", code_at(secret, clock.unix_seconds()))), "CODE_INVALID");
  EXPECT_EQ(error(sign_in.enter_with_code("Ana", "12345")), "CODE_INVALID");
  EXPECT_EQ(error(sign_in.enter_with_code("Ana", "12345x")), "CODE_INVALID");
}

TEST_F(SignInTest, WrongCodesMakeOneWaitLongerAndLonger) {
  const auto secret = enrol_codes("Ana");
  clock.advance(minutes(1));
  const auto wrong = [&] { return run(sign_in.enter_with_code("Ana", "abcdef")).error(); };
  for (int i = 0; i < kFreeFailures; ++i) EXPECT_EQ(wrong().code, "CODE_INVALID");
  EXPECT_EQ(wrong().kind, ErrorKind::flood);
  EXPECT_EQ(wrong().wait_seconds, 30);
  // A right one is not looked at either.
  EXPECT_EQ(error(sign_in.enter_with_code("Ana", code_at(secret, clock.unix_seconds()))),
            "TOO_MANY_REQUESTS");
  clock.advance(seconds(30));
  EXPECT_EQ(wrong().code, "CODE_INVALID");
  EXPECT_EQ(wrong().wait_seconds, 60);
  clock.advance(seconds(60));
  EXPECT_EQ(error(sign_in.enter_with_code("Ana", code_at(secret, clock.unix_seconds()))), "none");
  EXPECT_EQ(wrong().code, "CODE_INVALID");  // from the beginning again
}

TEST_F(SignInTest, SessionsEndByThemselves) {
  const auto entered = enrol("Ana", key);
  for (int i = 0; i < 23; ++i) {
    clock.advance(minutes(29));
    ASSERT_EQ(session_of(entered.token), "none") << i;
  }
  clock.advance(minutes(29));  // half past eleven, and more
  clock.advance(minutes(29));
  EXPECT_EQ(session_of(entered.token), "SIGN_IN_NEEDED");

  const auto again = must(run(sign_in.enter_with_passkey(key.answer(sign_in.challenge()))));
  clock.advance(minutes(30));
  EXPECT_EQ(session_of(again.token), "SIGN_IN_NEEDED");
}

TEST_F(SignInTest, SigningOutEndsTheSession) {
  const auto entered = enrol("Ana", key);
  must(run(sign_in.leave(entered.visitor)));
  EXPECT_EQ(session_of(entered.token), "SIGN_IN_NEEDED");
}

TEST_F(SignInTest, AProofLastsFiveMinutesAndIsOnesOwn) {
  const auto entered = enrol("Ana", key);
  clock.advance(minutes(10));
  auto visitor = must(run(sign_in.visitor(entered.token, StaffToken::Kind::session)));
  EXPECT_LT(visitor.proved_until(), clock.unix_seconds());
  const auto ana = visitor.member.id;
  visitor = must(run(sign_in.prove_with_passkey(visitor, key.answer(sign_in.challenge(ana)))));
  EXPECT_EQ(visitor.proved_until(), clock.unix_seconds() + kProofSeconds);

  // Not with a challenge that was for anybody, and not with a colleague's passkey.
  EXPECT_EQ(error(sign_in.prove_with_passkey(visitor, key.answer(sign_in.challenge()))), "CHALLENGE_EXPIRED");
  Authenticator bens(Authenticator::Kind::eddsa, 2);
  enrol("Ben", bens);
  EXPECT_EQ(error(sign_in.prove_with_passkey(visitor, bens.answer(sign_in.challenge(ana)))),
            "PASSKEY_UNKNOWN");
  EXPECT_EQ(error(sign_in.prove_with_code(visitor, "123456")), "CODE_INVALID");
}

TEST_F(SignInTest, TokensOfProgramsHaveTheirPersonsRole) {
  add("Ana", Role::auditor);
  const auto token = make_token(random);
  must(write([&](store::Staff& staff) -> Status {
    HG_ASSIGN(const auto member, must_find(staff, "Ana"));
    return add_api_token(staff, member.id, token, 12, deed());
  }));
  const auto visitor = must(run(sign_in.visitor(token, StaffToken::Kind::api)));
  EXPECT_EQ(visitor.member.role, Role::auditor);
  EXPECT_GE(visitor.proved_until(), clock.unix_seconds());
  EXPECT_EQ(session_of(token), "SIGN_IN_NEEDED");  // it is no cookie
  clock.advance(hours(12));
  EXPECT_EQ(error(sign_in.visitor(token, StaffToken::Kind::api)), "SIGN_IN_NEEDED");
}

TEST_F(SignInTest, WhoIsTakenOffTheStaffIsOutAtOnce) {
  const auto entered = enrol("Ana", key);
  must(write([&](store::Staff& staff) { return disable_member(staff, entered.visitor.member.id, deed()); }));
  EXPECT_EQ(session_of(entered.token), "SIGN_IN_NEEDED");
  EXPECT_EQ(error(sign_in.enter_with_passkey(key.answer(sign_in.challenge()))), "PASSKEY_UNKNOWN");
}

TEST_F(SignInTest, ANewLinkPutsANewPasskeyInThePlaceOfAllThereWas) {
  const auto entered = enrol("Ana", key);
  const auto token = make_token(random);
  must(write(
      [&](store::Staff& staff) { return invite_again(staff, entered.visitor.member.id, token, deed()); }));
  EXPECT_EQ(session_of(entered.token), "none");  // until it is used
  Authenticator fresh(Authenticator::Kind::es256, 2);
  const auto begun = must(run(sign_in.begin_enrolment(token)));
  must(run(sign_in.enrol_passkey(token, fresh.make(begun.second), "")));
  EXPECT_EQ(session_of(entered.token), "SIGN_IN_NEEDED");
  EXPECT_EQ(error(sign_in.enter_with_passkey(key.answer(sign_in.challenge()))), "PASSKEY_UNKNOWN");
  EXPECT_EQ(error(sign_in.enter_with_passkey(fresh.answer(sign_in.challenge()))), "none");
}

TEST_F(SignInTest, PasskeysAreAddedAndRemovedButTheLast) {
  const auto visitor = enrol("Ana", key).visitor;
  Authenticator second(Authenticator::Kind::eddsa, 2);
  const auto added =
      must(run(sign_in.add_passkey(visitor, second.make(sign_in.begin_passkey(visitor)), "second")));
  EXPECT_EQ(error(sign_in.add_passkey(visitor, second.make(sign_in.begin_passkey(visitor)), "")),
            "PASSKEY_OCCUPIED");
  EXPECT_EQ(error(sign_in.enter_with_passkey(second.answer(sign_in.challenge()))), "none");
  EXPECT_EQ(error(sign_in.remove_credential(visitor, 99)), "CREDENTIAL_UNKNOWN");
  EXPECT_EQ(error(sign_in.remove_credential(visitor, 0)), "CREDENTIAL_UNKNOWN");
  EXPECT_EQ(error(sign_in.remove_credential(visitor, added.number)), "none");
  EXPECT_EQ(
      error(sign_in.remove_credential(visitor, must(run(sign_in.passkeys(visitor.member.id))).at(0).number)),
      "LAST_CREDENTIAL");
}

TEST_F(SignInTest, SomebodyStaysWhoCanAddOthers) {
  const auto admin = enrol("Ana", key, Role::admin).visitor.member.id;
  const auto disabled = write([&](store::Staff& staff) { return disable_member(staff, admin, deed()); });
  EXPECT_EQ(disabled.error().code, "LAST_ADMIN");
  add("Ben", Role::admin);
  EXPECT_TRUE(write([&](store::Staff& staff) { return set_role(staff, admin, Role::auditor, deed()); }));
  const auto events = must(write([](store::Staff& staff) { return staff.events(0, 10); }));
  EXPECT_EQ(events.front().what, "made auditor from admin");
  EXPECT_EQ(events.front().who, "a test");
}

TEST_F(SignInTest, NamesArePlainAndOneAPerson) {
  add("Ana");
  for (const auto* name : {"", " Ana", "a\nb", "ANA"}) {
    const auto added =
        write([&](store::Staff& staff) { return add_member(staff, name, Role::moderator, "token", deed()); });
    EXPECT_FALSE(added) << name;
  }
}

}  // namespace
}  // namespace heliograph::staff
