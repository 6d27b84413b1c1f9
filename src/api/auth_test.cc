// auth.* and the security part of account.*, through the front door.
#include <gtest/gtest.h>

#include "api/testing/front_door.h"
#include "crypto/srp.h"
#include "services/chats/append.h"
#include "tl/account.h"
#include "tl/auth.h"
#include "tl/core_a.h"
#include "tl/core_c.h"
#include "tl/core_d.h"
#include "tl/core_i.h"
#include "tl/core_p.h"
#include "tl/core_u.h"
#include "tl/fn_account.h"
#include "tl/fn_auth.h"
#include "tl/fn_help.h"
#include "tl/fn_users.h"
#include "tl/help.h"

namespace heliograph::api {
namespace {

using testing::Answer;
using testing::Caller;
using testing::FrontDoor;
using Algo = tl::passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;

constexpr auto kPhone = "+12025550123";

class AuthTest : public ::testing::Test {
 protected:
  std::string send_code(const Caller& device, std::int32_t layer = 228) {
    tl::fn::auth::sendCode request;
    request.phone_number = kPhone;
    request.api_id = 1;
    request.settings = tl::codeSettings{};
    auto sent = door.call(device, request, layer);
    EXPECT_TRUE(sent) << sent.error;
    return sent ? sent->get_if<tl::auth::sentCode>()->phone_code_hash : std::string{};
  }
  Answer<tl::Box<tl::auth::Authorization>> sign_in(const Caller& device, const std::string& hash,
                                                   std::string code, std::int32_t layer = 228) {
    tl::fn::auth::signIn request;
    request.phone_number = kPhone;
    request.phone_code_hash = hash;
    request.phone_code = std::move(code);
    return door.call(device, request, layer);
  }
  Answer<tl::Box<tl::auth::Authorization>> sign_up(const Caller& device, const std::string& hash,
                                                   std::int32_t layer = 228) {
    tl::fn::auth::signUp request;
    request.phone_number = kPhone;
    request.phone_code_hash = hash;
    request.first_name = "Ada";
    return door.call(device, request, layer);
  }
  std::string me(const Caller& device) {
    tl::fn::users::getUsers request;
    request.id.push_back(tl::inputUserSelf{});
    auto users = door.call(device, request);
    return users ? users->at(0).get_if<tl::user>()->first_name.value_or("") : users.error;
  }
  const std::string& last_code() { return door.world.codes.last(); }
  tl::account::password get_password(const Caller& device) {
    auto answer = door.call(device, tl::fn::account::getPassword{});
    EXPECT_TRUE(answer) << answer.error;
    return std::move(*answer->get_if<tl::account::password>());
  }
  // As a client makes it from account.getPassword and what the person typed.
  tl::Box<tl::InputCheckPasswordSRP> proof(const Caller& device, const std::string& password) {
    const auto state = get_password(device);
    const auto* algo = state.current_algo.get_if<Algo>();
    const auto answer = crypto::srp_answer(password, {algo->salt1, algo->salt2},
                                           *crypto::dh_number(*state.srp_B), door.world.random);
    tl::inputCheckPasswordSRP input;
    input.srp_id = *state.srp_id;
    input.A.assign(answer.public_value.begin(), answer.public_value.end());
    input.M1.assign(answer.proof.begin(), answer.proof.end());
    return input;
  }
  void set_password(const Caller& device, const std::string& password) {
    const auto state = get_password(device);
    auto algo = tl::copy(*state.new_algo.get_if<Algo>());
    append(algo.salt1, door.world.random.bytes(32));
    const auto verifier = crypto::srp_make_verifier(password, {algo.salt1, algo.salt2});
    tl::account::passwordInputSettings settings;
    settings.new_algo = std::move(algo);
    settings.new_password_hash = Bytes(verifier.begin(), verifier.end());
    settings.hint = "animal";
    tl::fn::account::updatePasswordSettings request;
    request.password = tl::inputCheckPasswordEmpty{};
    request.new_settings = std::move(settings);
    const auto done = door.call(device, request);
    ASSERT_TRUE(done) << done.error;
  }

  FrontDoor door;
};

TEST_F(AuthTest, SignUpFromCodeToSelf) {
  const auto device = door.world.new_device();
  EXPECT_EQ(me(device), "401 AUTH_KEY_UNREGISTERED");
  const auto hash = send_code(device);
  auto answer = sign_in(device, hash, last_code());
  ASSERT_TRUE(answer) << answer.error;
  const auto* required = answer->get_if<tl::auth::authorizationSignUpRequired>();
  ASSERT_NE(required, nullptr);
  EXPECT_EQ(required->terms_of_service.get_if<tl::help::termsOfService>()->text, "Be kind.");

  answer = sign_up(device, hash);
  ASSERT_TRUE(answer) << answer.error;
  const auto* authorization = answer->get_if<tl::auth::authorization>();
  ASSERT_NE(authorization, nullptr);
  EXPECT_FALSE(authorization->tmp_sessions);
  const auto* user = authorization->user.get_if<tl::user>();
  EXPECT_TRUE(user->self);
  EXPECT_EQ(user->phone, "12025550123");
  EXPECT_EQ(me(device), "Ada");
}

TEST_F(AuthTest, EveryLayerSignsUpAndIn) {
  for (const auto layer : {144, 198, 221, 227, 228}) {
    FrontDoor fresh;
    const auto device = fresh.world.new_device();
    tl::fn::auth::sendCode send;
    send.phone_number = kPhone;
    send.settings = tl::codeSettings{};
    auto sent = fresh.call(device, send, layer);
    ASSERT_TRUE(sent) << layer << " " << sent.error;
    tl::fn::auth::signIn enter;
    enter.phone_number = kPhone;
    enter.phone_code_hash = sent->get_if<tl::auth::sentCode>()->phone_code_hash;
    enter.phone_code = fresh.world.codes.last();
    auto entered = fresh.call(device, enter, layer);
    ASSERT_TRUE(entered) << layer << " " << entered.error;
    EXPECT_TRUE(entered->is<tl::auth::authorizationSignUpRequired>()) << layer;
    tl::fn::auth::signUp join;
    join.phone_number = kPhone;
    join.phone_code_hash = enter.phone_code_hash;
    join.first_name = "Ada";
    auto joined = fresh.call(device, join, layer);
    ASSERT_TRUE(joined) << layer << " " << joined.error;
    EXPECT_TRUE(joined->is<tl::auth::authorization>()) << layer;
  }
}

TEST_F(AuthTest, ErrorsHaveTheDocumentedNumbers) {
  const auto device = door.world.new_device();
  const auto hash = send_code(device);
  EXPECT_EQ(sign_in(device, hash, "").error, "400 PHONE_CODE_EMPTY");
  auto wrong = last_code();
  wrong[0] = wrong[0] == '0' ? '1' : '0';
  EXPECT_EQ(sign_in(device, hash, wrong).error, "400 PHONE_CODE_INVALID");
  EXPECT_EQ(sign_in(device, "nonsense", last_code()).error, "400 PHONE_CODE_EXPIRED");
  tl::fn::auth::sendCode bad;
  bad.phone_number = "+15550001";
  bad.settings = tl::codeSettings{};
  EXPECT_EQ(door.call(device, bad).error, "406 PHONE_NUMBER_INVALID");
  tl::fn::auth::importBotAuthorization bot;
  bot.bot_auth_token = "1:a";
  EXPECT_EQ(door.call(device, bot).error, "400 ACCESS_TOKEN_INVALID");
}

TEST_F(AuthTest, TwoStepVerification) {
  const auto ada = door.world.sign_up("Ada", "", kPhone);
  EXPECT_FALSE(get_password(ada).has_password);
  set_password(ada, "correct horse");
  const auto state = get_password(ada);
  EXPECT_TRUE(state.has_password);
  EXPECT_EQ(state.hint, "animal");

  const auto second = door.world.new_device("Phone");
  const auto hash = send_code(second);
  tl::fn::auth::resendCode resend;
  resend.phone_number = kPhone;
  resend.phone_code_hash = hash;
  ASSERT_TRUE(door.call(second, resend));
  EXPECT_EQ(sign_in(second, hash, last_code()).error, "401 SESSION_PASSWORD_NEEDED");
  EXPECT_EQ(me(second), "401 SESSION_PASSWORD_NEEDED");

  tl::fn::auth::checkPassword check;
  check.password = proof(second, "battery staple");
  EXPECT_EQ(door.call(second, check).error, "400 PASSWORD_HASH_INVALID");
  check.password = proof(second, "correct horse");
  const auto answer = door.call(second, check);
  ASSERT_TRUE(answer) << answer.error;
  EXPECT_EQ(me(second), "Ada");
}

TEST_F(AuthTest, AQrCodeSignsInAndWakesTheWaitingSession) {
  const auto ada = door.world.sign_up("Ada");
  const auto laptop = door.world.new_device("Laptop");
  tl::fn::auth::exportLoginToken show;
  auto token = door.call(laptop, show);
  ASSERT_TRUE(token) << token.error;
  tl::fn::auth::acceptLoginToken accept;
  accept.token = token->get_if<tl::auth::loginToken>()->token;
  auto device = door.call(ada, accept);
  ASSERT_TRUE(device) << device.error;
  EXPECT_EQ(device->get_if<tl::authorization>()->device_model, "Laptop");
  EXPECT_EQ(door.world.devices.accepted.size(), 1u);
  token = door.call(laptop, show);
  ASSERT_TRUE(token) << token.error;
  const auto* success = token->get_if<tl::auth::loginTokenSuccess>();
  ASSERT_NE(success, nullptr);
  EXPECT_EQ(success->authorization.get_if<tl::auth::authorization>()->user.get_if<tl::user>()->first_name,
            "Ada");
}

TEST_F(AuthTest, DevicesAreListedAndEnded) {
  const auto ada = door.world.sign_up("Ada");
  const auto second = door.world.sign_in_again(ada);
  auto list = door.call(ada, tl::fn::account::getAuthorizations{});
  ASSERT_TRUE(list) << list.error;
  auto& devices = list->get_if<tl::account::authorizations>()->authorizations;
  ASSERT_EQ(devices.size(), 2u);
  EXPECT_TRUE(devices[0].get_if<tl::authorization>()->current);
  tl::fn::account::resetAuthorization end;
  end.hash = devices[1].get_if<tl::authorization>()->hash;
  EXPECT_TRUE(door.call(ada, end));
  EXPECT_EQ(me(second), "401 AUTH_KEY_UNREGISTERED");
  EXPECT_EQ(door.call(ada, end).error, "400 HASH_INVALID");
}

TEST_F(AuthTest, AnEndedDeviceHearsNothingAnyMore) {
  const auto ada = door.world.sign_up("Ada");
  const auto second = door.world.sign_in_again(ada);
  door.connect(second);
  door.world.write([&](store::Tx& tx) -> Status {
    HG_TRY(services::send_notice(tx, door.world.clock.unix_seconds(), ada.user, "one"));
    return {};
  });
  door.world.executor.run_until([&] { return !door.sessions.pushed.empty(); });
  EXPECT_EQ(door.told(second).size(), 1u);
  ASSERT_TRUE(door.call(ada, tl::fn::auth::resetAuthorizations{}));
  door.world.write([&](store::Tx& tx) -> Status {
    HG_TRY(services::send_notice(tx, door.world.clock.unix_seconds(), ada.user, "two"));
    return {};
  });
  EXPECT_EQ(me(second), "401 AUTH_KEY_UNREGISTERED");
  EXPECT_EQ(door.told(second).size(), 1u);
}

TEST_F(AuthTest, LoggingOut) {
  const auto ada = door.world.sign_up("Ada");
  const auto answer = door.call(ada, tl::fn::auth::logOut{});
  ASSERT_TRUE(answer) << answer.error;
  EXPECT_EQ(me(ada), "401 AUTH_KEY_UNREGISTERED");
}

TEST_F(AuthTest, DeletingTheAccount) {
  const auto ada = door.world.sign_up("Ada");
  tl::fn::account::deleteAccount request;
  request.reason = "bye";
  const auto done = door.call(ada, request);
  ASSERT_TRUE(done) << done.error;
  EXPECT_EQ(me(ada), "401 AUTH_KEY_UNREGISTERED");
}

TEST_F(AuthTest, NewTermsAreShownUntilAccepted) {
  const auto ada = door.world.sign_up("Ada");
  auto update = door.call(ada, tl::fn::help::getTermsOfServiceUpdate{});
  ASSERT_TRUE(update) << update.error;
  EXPECT_TRUE(update->is<tl::help::termsOfServiceUpdateEmpty>());

  door.world.services.terms.replace({.version = 2, .text = "Be kinder."});
  update = door.call(ada, tl::fn::help::getTermsOfServiceUpdate{});
  const auto* shown = update->get_if<tl::help::termsOfServiceUpdate>();
  ASSERT_NE(shown, nullptr);
  tl::fn::help::acceptTermsOfService accept;
  accept.id = shown->terms_of_service.get_if<tl::help::termsOfService>()->id.copy();
  ASSERT_TRUE(door.call(ada, accept));
  update = door.call(ada, tl::fn::help::getTermsOfServiceUpdate{});
  EXPECT_TRUE(update->is<tl::help::termsOfServiceUpdateEmpty>());
}

TEST_F(AuthTest, ATtlIsKept) {
  const auto ada = door.world.sign_up("Ada");
  tl::fn::account::setAccountTTL set;
  set.ttl = tl::accountDaysTTL{.days = 365};
  ASSERT_TRUE(door.call(ada, set));
  auto ttl = door.call(ada, tl::fn::account::getAccountTTL{});
  ASSERT_TRUE(ttl);
  EXPECT_EQ(ttl->get_if<tl::accountDaysTTL>()->days, 365);
}

TEST_F(AuthTest, TheNumberIsChangedWithACodeToTheNewOne) {
  const auto ada = door.world.sign_up("Ada", {}, kPhone);
  tl::fn::account::sendChangePhoneCode send;
  send.phone_number = "+12025550188";
  send.settings = tl::codeSettings{};
  EXPECT_EQ(door.call(ada, send).error, "406 FRESH_CHANGE_PHONE_FORBIDDEN");
  door.world.clock.advance(std::chrono::hours(24));
  auto sent = door.call(ada, send);
  ASSERT_TRUE(sent) << sent.error;
  tl::fn::account::changePhone change;
  change.phone_number = send.phone_number;
  change.phone_code_hash = sent->get_if<tl::auth::sentCode>()->phone_code_hash;
  change.phone_code = door.world.codes.last();
  auto changed = door.call(ada, change);
  ASSERT_TRUE(changed) << changed.error;
  EXPECT_EQ(changed->get_if<tl::user>()->phone, "12025550188");
  EXPECT_EQ(door.call(ada, send).error, "400 PHONE_NUMBER_OCCUPIED");
}

}  // namespace
}  // namespace heliograph::api
