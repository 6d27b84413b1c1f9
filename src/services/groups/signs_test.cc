// Signs of life in groups: who types, who reads, who is online; and what ends by itself.
#include <gmock/gmock.h>

#include "services/chats/read.h"
#include "services/chats/send_as.h"
#include "services/groups/participants.h"
#include "services/groups/sweep.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using testing::World;

class SignsTest : public testing::GroupsTest {
 protected:
  Status type(const Caller& who, Peer peer) {
    return world.run(world.services.typing.say_in_chat(who, peer, {}, TypingAction::typing, 0));
  }
  std::size_t heard(const testing::RecordedUpdates& live, store::UpdateKind kind) {
    world.executor.run();
    return static_cast<std::size_t>(
        std::ranges::count_if(live.heard, [kind](const auto& one) { return one->update.kind == kind; }));
  }
};

TEST_F(SignsTest, TypingIsSeenByTheOthersInTheGroup) {
  const auto peer = group({bob.user});
  const auto other = world.listen(bob.user);
  const auto own = world.listen(ada.user);
  ASSERT_TRUE(type(ada, peer));
  EXPECT_EQ(heard(*other, events::TypingInChat::kind), 1u);
  EXPECT_EQ(heard(*own, events::TypingInChat::kind), 0u);
}

TEST_F(SignsTest, TypingInASupergroupGoesOverItsOwnBoxAndTakesTheRightToWrite) {
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  auto live = std::make_shared<testing::RecordedUpdates>();
  world.hub.subscribe(BoxId::of(peer.channel()), live, world.executor);
  ASSERT_TRUE(type(bob, peer));
  EXPECT_EQ(heard(*live, events::TypingInChat::kind), 1u);
  ASSERT_TRUE(world.run(restrict_member(world.environment, ada, {peer, bob.user, banned_send_messages, 0})));
  EXPECT_EQ(code_of(type(bob, peer)), "USER_BANNED_IN_CHANNEL");
  EXPECT_EQ(code_of(type(world.sign_up("Eve"), channel(false))), "CHANNEL_PRIVATE");
}

TEST_F(SignsTest, WhoWritesAsAChannelIsSeenTypingAsIt) {
  const auto peer = channel(false, "the_talk"), news = channel(true, "the_news");
  auto live = std::make_shared<testing::RecordedUpdates>();
  world.hub.subscribe(BoxId::of(peer.channel()), live, world.executor);
  const auto typing = [&] {
    EXPECT_TRUE(type(ada, peer));
    world.executor.run();
    return World::must(decode<events::TypingInChat>(live->heard.back()->update.body)).shown_as;
  };
  EXPECT_EQ(typing(), Peer{});
  World::must(world.run(save_default_send_as(world.environment, ada, peer, news)));
  EXPECT_EQ(typing(), news);
}

TEST_F(SignsTest, WritersInASupergroupHearHowFarTheyWereRead) {
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  const auto first = World::must(post(ada, peer, "first")).message.id;
  ASSERT_TRUE(post(ada, peer, "second"));
  const auto live = world.listen(ada.user);
  ASSERT_TRUE(world.run(read_channel(world.environment, bob, peer, first)));
  EXPECT_EQ(heard(*live, store::UpdateKind::read_channel_outbox), 1u);
  const auto hers = World::must(world.read([&](store::Tx& tx) { return tx.dialogs().find(ada.user, peer); }));
  ASSERT_TRUE(hers);
  EXPECT_EQ(hers->read_outbox_max_id, first);
  // A post of a channel has no writer to tell.
  const auto news = channel(true, "the_news");
  ASSERT_TRUE(enter_by_name(bob, news));
  ASSERT_TRUE(post(ada, news, "post"));
  ASSERT_TRUE(world.run(read_channel(world.environment, bob, news, {})));
  EXPECT_EQ(heard(*live, store::UpdateKind::read_channel_outbox), 1u);
}

TEST_F(SignsTest, OnlineMembersAreCounted) {
  const auto peer = group({bob.user});
  const auto count = [&] {
    return World::must(world.run(count_online(world.environment, world.services.online, ada, peer)));
  };
  EXPECT_EQ(count(), 0u);
  world.services.online.set(bob.user, {world.clock.unix_seconds() + 60, 0});
  EXPECT_EQ(count(), 1u);
  world.clock.advance(std::chrono::seconds(61));
  EXPECT_EQ(count(), 0u);
}

TEST_F(SignsTest, RestrictionsThatHaveRunOutAreTakenOff) {
  const auto peer = channel(false, "the_talk");
  const auto eve = world.sign_up("Eve");
  ASSERT_TRUE(enter_by_name(bob, peer));
  ASSERT_TRUE(enter_by_name(eve, peer));
  const auto until = world.clock.unix_seconds() + 3600;
  ASSERT_TRUE(
      world.run(restrict_member(world.environment, ada, {peer, bob.user, banned_send_messages, until})));
  ASSERT_TRUE(
      world.run(restrict_member(world.environment, ada, {peer, eve.user, banned_view_messages, until})));
  EXPECT_EQ(World::must(world.run(sweep_restrictions(world.environment))), 0u);
  world.clock.advance(std::chrono::hours(1));
  EXPECT_TRUE(post(bob, peer, "it has run out before the sweep"));
  EXPECT_EQ(World::must(world.run(sweep_restrictions(world.environment))), 2u);
  EXPECT_EQ(World::must(world.run(sweep_restrictions(world.environment))), 0u);
  const auto of = [&](const Caller& who) {
    return World::must(world.read([&](store::Tx& tx) { return tx.chats().find_member(peer, who.user); }))
        ->status;
  };
  EXPECT_EQ(of(bob), store::MemberStatus::member);
  EXPECT_EQ(of(eve), store::MemberStatus::left);
  EXPECT_TRUE(enter_by_name(eve, peer));
}

}  // namespace
}  // namespace heliograph::services
