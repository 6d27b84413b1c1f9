#include "services/people/presence.h"

#include <gtest/gtest.h>

#include "services/people/typing.h"
#include "services/testing/world.h"
#include "services/updates/events.h"

namespace heliograph::services {
namespace {

using testing::World;

Task<bool> finished(Task<void> task) {
  co_await std::move(task);
  co_return true;
}

class PresenceTest : public ::testing::Test {
 protected:
  void SetUp() override { befriend(ada, bob); }
  void befriend(const Caller& owner, const Caller& user) {
    ASSERT_TRUE(world.run(world.services.contacts.add(owner, {.user = user.user, .first_name = "Friend"})));
    world.executor.run();
  }
  void update(const Caller& caller, bool offline = false) {
    world.run(finished(world.services.presence.update(caller, offline)));
    world.executor.run();
  }
  UnixSeconds stored(const Caller& caller) {
    return world.read([=](store::Tx& tx) { return tx.accounts().find(caller.user); })->value().last_online_at;
  }
  Status say(const Caller& from, UserId to, TypingAction action = TypingAction::typing) {
    auto status = world.run(world.services.typing.say(from, to, action, 0));
    world.executor.run();
    return status;
  }
  World world;
  Caller ada = world.sign_up("Ada");
  Caller bob = world.sign_up("Bob");
};

TEST_F(PresenceTest, ThoseWhoCareAreTold) {
  const auto stranger = world.sign_up("Eve");
  const auto friend_hears = world.listen(ada.user);
  const auto stranger_hears = world.listen(stranger.user);
  update(bob);
  ASSERT_EQ(friend_hears->heard.size(), 1u);
  const auto& told = friend_hears->heard[0]->update;
  EXPECT_EQ(told.kind, events::Status::kind);
  EXPECT_EQ(told.seq, 0);  // not logged
  EXPECT_TRUE(stranger_hears->heard.empty());
  EXPECT_EQ(world.run(world.services.users.view_one(ada.user, bob.user))->status.kind,
            UserStatus::Kind::online);
}

TEST_F(PresenceTest, ThoseWhoMayNotKnowAreNotTold) {
  const auto heard = world.listen(ada.user);
  ASSERT_TRUE(world.run(world.services.privacy.set(bob, PrivacyKey::status_timestamp,
                                                   {{{PrivacyRule::Kind::disallow_all, {}}}})));
  update(bob);
  EXPECT_TRUE(heard->heard.empty());
}

TEST_F(PresenceTest, RepeatingOneselfTellsNothingNew) {
  const auto heard = world.listen(ada.user);
  update(bob);
  update(bob);
  EXPECT_EQ(heard->heard.size(), 1u);
  world.clock.advance(std::chrono::seconds(120));  // the time of expiry moves: that is news
  update(bob);
  EXPECT_EQ(heard->heard.size(), 2u);
}

TEST_F(PresenceTest, TheTimeIsStoredAtMostOnceAMinute) {
  const auto start = world.clock.unix_seconds();
  update(bob);
  EXPECT_EQ(stored(bob), start);
  world.clock.advance(std::chrono::seconds(30));
  update(bob);
  EXPECT_EQ(stored(bob), start);
  world.clock.advance(std::chrono::seconds(30));
  update(bob);
  EXPECT_EQ(stored(bob), start + 60);
}

TEST_F(PresenceTest, OfflineAtOnceWhenSaid) {
  update(bob);
  world.clock.advance(std::chrono::seconds(10));
  const auto heard = world.listen(ada.user);
  update(bob, true);
  EXPECT_EQ(heard->heard.size(), 1u);
  EXPECT_EQ(stored(bob), world.clock.unix_seconds());
  const auto status = world.run(world.services.users.view_one(ada.user, bob.user))->status;
  EXPECT_EQ(status, (UserStatus{UserStatus::Kind::offline, world.clock.unix_seconds()}));
  update(bob, true);  // is so already
  EXPECT_EQ(heard->heard.size(), 1u);
}

TEST_F(PresenceTest, TheLastSessionToGoTakesTheUserOffline) {
  update(bob);
  const auto other_session = world.listen(bob.user);
  world.run(finished(world.services.presence.disconnected(bob.user)));
  EXPECT_EQ(world.run(world.services.users.view_one(ada.user, bob.user))->status.kind,
            UserStatus::Kind::online);
  world.hub.unsubscribe(bob.user, other_session.get());
  world.run(finished(world.services.presence.disconnected(bob.user)));
  EXPECT_EQ(world.run(world.services.users.view_one(ada.user, bob.user))->status.kind,
            UserStatus::Kind::offline);
}

TEST_F(PresenceTest, TypingReachesTheOtherSide) {
  const auto heard = world.listen(ada.user);
  ASSERT_TRUE(say(bob, ada.user, TypingAction::record_audio));
  ASSERT_EQ(heard->heard.size(), 1u);
  const auto event = decode<events::Typing>(heard->heard[0]->update.body);
  EXPECT_EQ(event->user, bob.user);
  EXPECT_EQ(event->action, static_cast<std::int32_t>(TypingAction::record_audio));
}

TEST_F(PresenceTest, TypingToWhoeverBlocksIsRefused) {
  const auto heard = world.listen(ada.user);
  ASSERT_TRUE(world.run(world.services.blocking.block(ada, bob.user)));
  world.executor.run();
  const auto before = heard->heard.size();
  EXPECT_EQ(say(bob, ada.user).error().code, "USER_IS_BLOCKED");
  EXPECT_EQ(say(bob, UserId{987654}).error().code, "PEER_ID_INVALID");
  EXPECT_EQ(heard->heard.size(), before);
}

TEST_F(PresenceTest, TypingWildlyIsDropped) {
  const auto heard = world.listen(ada.user);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(say(bob, ada.user));
  EXPECT_EQ(heard->heard.size(), static_cast<std::size_t>(Typing::rate.burst));
}

}  // namespace
}  // namespace heliograph::services
