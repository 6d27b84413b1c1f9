#include "services/accounts/takeout.h"

#include <gtest/gtest.h>

#include "services/accounts/authorizations.h"
#include "services/chats/history.h"
#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;

class TakeoutTest : public ::testing::Test {
 protected:
  Result<std::int64_t> begin(const Caller& caller, TakeoutScope scope = {}) {
    return world.run(world.services.takeouts.begin(caller, scope));
  }
  std::string_view found(const Caller& caller, std::int64_t id) {
    const auto scope = world.run(world.services.takeouts.find(caller, id));
    return scope ? "" : scope.error().code;
  }
  std::string_view finish(const Caller& caller, std::int64_t id) {
    const auto done = world.run(world.services.takeouts.finish(caller, id, true));
    return done ? "" : done.error().code;
  }
  // What the service account has written to Ada.
  std::vector<std::string> notices() {
    std::vector<std::string> texts;
    const auto page =
        World::must(world.run(history(world.environment, ada.user, Peer::of(service_user), {})));
    for (const auto& message : page.messages) texts.push_back(message.text);
    return texts;
  }

  World world;
  Caller ada = world.sign_up("Ada");
};

TEST_F(TakeoutTest, ANewDeviceWaitsADayAndTheAccountIsToldOnce) {
  const auto before = notices().size();
  auto refused = begin(ada);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "TAKEOUT_INIT_DELAY");
  EXPECT_EQ(refused.error().wait_seconds, 86400);
  ASSERT_EQ(notices().size(), before + 1);
  EXPECT_NE(notices().front().find("asks to export"), std::string::npos);
  EXPECT_NE(notices().front().find("Ada's device"), std::string::npos);

  world.clock.advance(std::chrono::hours(20));
  refused = begin(ada);
  EXPECT_EQ(refused.error().wait_seconds, 4 * 3600);
  EXPECT_EQ(notices().size(), before + 1);

  world.clock.advance(std::chrono::hours(4));
  ASSERT_TRUE(begin(ada));
  ASSERT_EQ(notices().size(), before + 2);
  EXPECT_NE(notices().front().find("has begun"), std::string::npos);
}

TEST_F(TakeoutTest, ASessionIsOfOneDeviceAndEndsWhenItIsFinished) {
  world.clock.advance(std::chrono::hours(24));
  TakeoutScope scope;
  scope.contacts = true;
  scope.file_max_size = 5'000'000'000;
  const auto id = World::must(begin(ada, scope));
  const auto kept = World::must(world.run(world.services.takeouts.find(ada, id)));
  EXPECT_TRUE(kept.contacts);
  EXPECT_FALSE(kept.files);
  EXPECT_EQ(kept.file_max_size, 5'000'000'000);

  const auto phone = world.sign_in_again(ada);
  EXPECT_EQ(found(phone, id), "TAKEOUT_INVALID");
  EXPECT_EQ(found(ada, id + 1), "TAKEOUT_INVALID");
  EXPECT_EQ(found(ada, 0), "TAKEOUT_INVALID");
  EXPECT_EQ(finish(phone, id), "TAKEOUT_INVALID");
  EXPECT_EQ(finish(ada, id), "");
  EXPECT_EQ(found(ada, id), "TAKEOUT_INVALID");
  EXPECT_EQ(finish(ada, id), "TAKEOUT_INVALID");
}

TEST_F(TakeoutTest, ANewSessionTakesThePlaceOfTheOld) {
  world.clock.advance(std::chrono::hours(24));
  const auto first = World::must(begin(ada));
  const auto second = World::must(begin(ada));
  EXPECT_EQ(found(ada, first), "TAKEOUT_INVALID");
  EXPECT_EQ(found(ada, second), "");
}

TEST_F(TakeoutTest, SigningOutEndsIt) {
  world.clock.advance(std::chrono::hours(24));
  const auto id = World::must(begin(ada));
  World::must(world.run(world.services.sign_in.log_out(ada)));
  EXPECT_EQ(found(ada, id), "AUTH_KEY_UNREGISTERED");
  const auto left = World::must(
      world.read([&](store::Tx& tx) { return tx.settings().all(ada.user, store::SettingKind::takeout); }));
  EXPECT_TRUE(left.empty());
}

}  // namespace
}  // namespace heliograph::services
