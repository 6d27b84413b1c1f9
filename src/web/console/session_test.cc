#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/console/testing/desk.h"

namespace heliograph::web {
namespace {

using staff::Role;
using testing::as_json;
using ::testing::HasSubstr;

class ConsoleSession : public ::testing::Test, public testing::ConsoleWorld {
 protected:
  // Signs in with the passkey through the door.
  Answer sign_in_again() {
    const auto options = ask({}, "POST", "/session/passkey/options").json;
    const auto id = options["challenge_id"].get<std::string>();
    return ask({}, "POST", "/session/passkey", as_json(key.answer(*staff::from_base64url(id)), id));
  }
  staff::testing::Authenticator key;
};

TEST_F(ConsoleSession, SomebodyNewEnrolsWithAPasskey) {
  const auto token = add("Ana", Role::senior_moderator);
  const Json body{{"token", token}};
  EXPECT_EQ(ask({}, "POST", "/enrolment", body).json["role"], "senior-moderator");
  const auto options = ask({}, "POST", "/enrolment/passkey/options", body).json;
  EXPECT_EQ(options["options"]["rp"]["id"], "localhost");
  EXPECT_EQ(options["options"]["authenticatorSelection"]["userVerification"], "required");
  const auto id = options["challenge_id"].get<std::string>();
  const Json made = as_json(key.make(*staff::from_base64url(id)), key.id, id);
  const auto answer = ask({}, "POST", "/enrolment/passkey", Json{{"token", token}, {"passkey", made}});
  ASSERT_EQ(answer.status, 200) << answer.json;
  EXPECT_EQ(answer.json["name"], "Ana");
  EXPECT_EQ(answer.json["settings"]["break_after"], 40);
  EXPECT_THAT(
      answer.header("Set-Cookie"),
      ::testing::MatchesRegex("heliograph_staff=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; "
                              "Max-Age=43200"));
  const Who who{.cookie = answer.cookie()};
  EXPECT_EQ(ask(who, "GET", "/session").json["id"], answer.json["id"]);
  EXPECT_EQ(ask({}, "POST", "/enrolment", body).code(), "ENROLMENT_UNKNOWN");

  const auto out = ask(who, "DELETE", "/session");
  EXPECT_EQ(out.status, 204);
  EXPECT_THAT(out.header("Set-Cookie"), HasSubstr("heliograph_staff=; "));
  EXPECT_EQ(ask(who, "GET", "/session").status, 401);

  const auto again = sign_in_again();
  EXPECT_EQ(again.status, 200) << again.json;
  EXPECT_EQ(ask({.cookie = again.cookie()}, "GET", "/session").status, 200);
}

TEST_F(ConsoleSession, SomebodyNewEnrolsWithCodes) {
  const auto token = add("Ana");
  const auto offer = ask({}, "POST", "/enrolment/totp/options", Json{{"token", token}}).json;
  EXPECT_THAT(offer["uri"].get<std::string>(), HasSubstr("otpauth://totp/Heliograph%20staff:Ana?secret="));
  const auto secret = offer["secret"].get<std::string>();
  EXPECT_EQ(ask({}, "POST", "/enrolment/totp", Json{{"token", token}, {"code", "000000"}}).code(),
            "CODE_INVALID");
  const auto code = code_at(secret, clock.unix_seconds());
  EXPECT_EQ(ask({}, "POST", "/enrolment/totp", Json{{"token", token}, {"code", code}}).status, 200);
  clock.advance(std::chrono::minutes(1));
  const auto now = code_at(secret, clock.unix_seconds());
  const auto answer = ask({}, "POST", "/session/totp", Json{{"name", "Ana"}, {"code", now}});
  EXPECT_EQ(answer.status, 200);
  const Who who{.cookie = answer.cookie()};
  EXPECT_EQ(ask(who, "GET", "/session/credentials").json["items"][0]["kind"], "totp");
  EXPECT_EQ(ask(who, "POST", "/session/step-up/options").json, (Json{{"totp", true}}));
  clock.advance(std::chrono::minutes(1));
  const auto third = code_at(secret, clock.unix_seconds());
  EXPECT_EQ(ask(who, "POST", "/session/step-up", Json{{"code", third}}).status, 200);
}

TEST_F(ConsoleSession, WrongCodesAreAlikeWhoeverTheyAreFor) {
  add("Ana");
  for (const auto* name : {"Ana", "Nobody"}) {
    int wrong = 0, held = 0;
    for (int i = 0; i < 20; ++i) {
      const auto answer = ask({}, "POST", "/session/totp", Json{{"name", name}, {"code", "000000"}});
      wrong += answer.code() == "CODE_INVALID" ? 1 : 0;
      held += answer.status == 429 ? 1 : 0;
    }
    EXPECT_EQ(wrong, 10) << name;
    EXPECT_EQ(held, 10) << name;
  }
}

TEST_F(ConsoleSession, APasskeyStepsUp) {
  const auto who = browser("Ana", key, Role::admin);
  clock.advance(std::chrono::minutes(6));
  const Json body{{"name", "Ben"}, {"role", "moderator"}};
  EXPECT_EQ(ask(who, "POST", "/staff", body).code(), "STEP_UP_NEEDED");
  const auto options = ask(who, "POST", "/session/step-up/options").json["passkey"];
  EXPECT_EQ(options["options"]["allowCredentials"].size(), 1U);
  const auto id = options["challenge_id"].get<std::string>();
  const Json passkey = as_json(key.answer(*staff::from_base64url(id)), id);
  const auto answer = ask(who, "POST", "/session/step-up", Json{{"passkey", passkey}});
  ASSERT_EQ(answer.status, 200) << answer.json;
  EXPECT_EQ(answer.json["stepped_up_until"], clock.unix_seconds() + staff::kProofSeconds);
  EXPECT_EQ(ask(who, "POST", "/staff", body).status, 201);
  // The same answer is not good again, and both or neither are no proof.
  EXPECT_EQ(ask(who, "POST", "/session/step-up", Json{{"passkey", passkey}}).code(), "CHALLENGE_EXPIRED");
  EXPECT_EQ(ask(who, "POST", "/session/step-up", Json::object()).code(), "FIELD_INVALID");
}

TEST_F(ConsoleSession, WhatIsNoPasskeyIsRefused) {
  for (const auto& body :
       {Json::object(), Json{{"challenge_id", "x"}, {"credential", 7}},
        Json{{"challenge_id", "x"}, {"credential", {{"rawId", "AQ"}, {"type", "public-key"}}}},
        Json{
            {"challenge_id", "x"},
            {"credential",
             {{"rawId", "AQ"},
              {"type", "public-key"},
              {"response", {{"clientDataJSON", "+"}, {"authenticatorData", "AQ"}, {"signature", "AQ"}}}}}}}) {
    EXPECT_EQ(ask({}, "POST", "/session/passkey", body).code(), "FIELD_INVALID") << body;
  }
  Json body = as_json(key.answer(Bytes(32, 1)), "x");
  EXPECT_EQ(ask({}, "POST", "/session/passkey", body).code(), "CHALLENGE_EXPIRED");
  body["credential"]["response"]["clientDataJSON"] = "e30";  // {}
  EXPECT_EQ(ask({}, "POST", "/session/passkey", body).code(), "PASSKEY_INVALID");
}

TEST_F(ConsoleSession, PasskeysAreAddedAndRemoved) {
  const auto who = browser("Ana", key, Role::moderator);
  staff::testing::Authenticator second(staff::testing::Authenticator::Kind::eddsa, 2);
  const auto options = ask(who, "POST", "/session/credentials/passkey/options").json;
  EXPECT_EQ(options["options"]["excludeCredentials"].size(), 1U);
  const auto id = options["challenge_id"].get<std::string>();
  const Json made = as_json(second.make(*staff::from_base64url(id)), second.id, id);
  const auto added = ask(who, "POST", "/session/credentials/passkey", made);
  ASSERT_EQ(added.status, 201) << added.json;
  EXPECT_EQ(added.json["label"], "my key");
  const auto target = "/session/credentials/" + std::to_string(added.json["id"].get<int>());
  EXPECT_EQ(ask(who, "DELETE", target).status, 204);
  EXPECT_EQ(ask(who, "DELETE", target).status, 404);
  const auto last = ask(who, "GET", "/session/credentials").json["items"][0]["id"].get<int>();
  const auto refused = ask(who, "DELETE", "/session/credentials/" + std::to_string(last));
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "LAST_CREDENTIAL");
}

TEST_F(ConsoleSession, SettingsAreKept) {
  const auto who = browser("Ana", key, Role::moderator);
  const Json settings{
      {"blur", false}, {"grey", true}, {"break_after", 20}, {"opt_out", {"csae"}}, {"theme", "dark"}};
  EXPECT_EQ(ask(who, "PUT", "/session/settings", settings).status, 200);
  EXPECT_EQ(ask(who, "GET", "/session").json["settings"], settings);
  auto wrong = settings;
  wrong["theme"] = "pink";
  EXPECT_EQ(ask(who, "PUT", "/session/settings", wrong).json["field"], "theme");
}

TEST_F(ConsoleSession, BehindTlsTheCookieIsBoundToTheHost) {
  const staff::RelyingParty party{"chat.example.org", "https://chat.example.org"};
  EXPECT_EQ(session_cookie(party, "t").value,
            "__Host-heliograph_staff=t; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200; Secure");
}

}  // namespace
}  // namespace heliograph::web
