#include "services/accounts/login_token.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;
using Outcome = SignedIn::Outcome;

class LoginTokenTest : public ::testing::Test {
 protected:
  LoginTokenTest() {
    ada = world.sign_up("Ada");
    fresh = world.new_device("Laptop");
  }
  Result<LoginToken> show(std::vector<UserId> except = {}) {
    return world.run(tokens().export_token(fresh, fresh.key, "203.0.113.5", std::move(except)));
  }
  LoginTokens& tokens() { return world.services.login_tokens; }

  World world;
  Caller ada, fresh;
};

TEST_F(LoginTokenTest, AnAcceptedTokenSignsTheNewDeviceIn) {
  const auto shown = show();
  ASSERT_TRUE(shown);
  EXPECT_FALSE(shown->accepted);
  EXPECT_EQ(shown->expires_at, world.clock.unix_seconds() + 30);

  const auto accepted = world.run(tokens().accept(ada, shown->token));
  ASSERT_TRUE(accepted);
  EXPECT_EQ(accepted->client.device_model, "Laptop");
  EXPECT_EQ(accepted->ip, "203.0.113.5");
  ASSERT_EQ(world.devices.accepted.size(), 1u) << "the waiting session is told";
  EXPECT_EQ(world.devices.accepted[0], std::pair(fresh.key, fresh.session));

  const auto after = show();
  ASSERT_TRUE(after->accepted);
  EXPECT_EQ(after->accepted->outcome, Outcome::signed_in);
  EXPECT_EQ(after->accepted->user, ada.user);
}

TEST_F(LoginTokenTest, ImportingSaysTheSame) {
  const auto shown = show();
  EXPECT_EQ(world.run(tokens().import_token(fresh, shown->token))->token, shown->token);
  EXPECT_EQ(world.run(tokens().import_token(ada, shown->token)).error().code, "AUTH_TOKEN_INVALID");
  ASSERT_TRUE(world.run(tokens().accept(ada, shown->token)));
  EXPECT_EQ(world.run(tokens().import_token(fresh, shown->token))->accepted->user, ada.user);
}

TEST_F(LoginTokenTest, ATokenIsGoodOnce) {
  const auto shown = show();
  ASSERT_TRUE(world.run(tokens().accept(ada, shown->token)));
  EXPECT_EQ(world.run(tokens().accept(ada, shown->token)).error().code, "AUTH_TOKEN_ALREADY_ACCEPTED");
  EXPECT_EQ(world.run(tokens().accept(ada, Bytes(32, 7))).error().code, "AUTH_TOKEN_INVALID");
}

TEST_F(LoginTokenTest, ATokenExpires) {
  const auto shown = show();
  world.clock.advance(std::chrono::seconds(30));
  EXPECT_EQ(world.run(tokens().accept(ada, shown->token)).error().code, "AUTH_TOKEN_EXPIRED");
  EXPECT_EQ(world.run(tokens().import_token(fresh, shown->token)).error().code, "AUTH_TOKEN_EXPIRED");
}

TEST_F(LoginTokenTest, TheNewDeviceMayExcludeAccounts) {
  const auto shown = show({ada.user});
  EXPECT_EQ(world.run(tokens().accept(ada, shown->token)).error().code, "AUTH_TOKEN_EXCEPTION");
}

TEST_F(LoginTokenTest, TwoPeopleAtOnceAndOneWins) {
  const auto bob = world.sign_up("Bob");
  const auto one = show();
  const auto two = show();  // the same device shows a newer one
  std::vector<Task<Result<AcceptedDevice>>> calls;
  calls.push_back(tokens().accept(ada, one->token));
  calls.push_back(tokens().accept(bob, two->token));
  const auto answers = world.run_all(std::move(calls));
  EXPECT_NE(answers[0].has_value(), answers[1].has_value());
}

TEST_F(LoginTokenTest, TheTwoStepPasswordIsStillAskedFor) {
  world.write([&](store::Tx& tx) -> Status {
    HG_ASSIGN(auto account, tx.accounts().find(ada.user));
    PasswordRecord record;
    record.verifier.value = Bytes(256, 1);
    account->password = encode(record);
    return tx.accounts().update(*account);
  });
  const auto shown = show();
  const auto accepted = world.run(tokens().accept(ada, shown->token));
  ASSERT_TRUE(accepted);
  EXPECT_TRUE(accepted->password_pending);
  EXPECT_EQ(show()->accepted->outcome, Outcome::password_required);
  EXPECT_EQ(world.run(world.services.keys.info(fresh.key))->user, UserId{});
}

}  // namespace
}  // namespace heliograph::services
