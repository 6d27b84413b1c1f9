// The thin path through groups and channels: made, joined, written to, read, left.
#include <gmock/gmock.h>

#include "services/chats/dialogs.h"
#include "services/chats/edit.h"
#include "services/chats/erase.h"
#include "services/chats/read.h"
#include "services/testing/groups.h"
#include "services/updates/channel_difference.h"

namespace heliograph::services {
namespace {

using testing::World;

using testing::GroupsTest;

TEST_F(GroupsTest, AMessageToAGroupReachesEveryMember) {
  const auto eve = world.sign_up("Eve");
  const auto peer = group({bob.user, eve.user});
  const auto live = world.listen(eve.user);
  ASSERT_TRUE(post(bob, peer, "hello all"));
  EXPECT_EQ(texts_in(ada, peer), std::vector<std::string>{"hello all"});
  EXPECT_EQ(texts_in(eve, peer), std::vector<std::string>{"hello all"});
  world.executor.run();
  ASSERT_FALSE(live->heard.empty());
  EXPECT_EQ(live->heard.back()->message->text, "hello all");
  EXPECT_EQ(live->heard.back()->message->owner, BoxId(eve.user));
}

TEST_F(GroupsTest, WhoHasLeftAGroupReadsWhatTheyHadAndWritesNoMore) {
  const auto peer = group({bob.user});
  ASSERT_TRUE(post(ada, peer, "before"));
  ASSERT_TRUE(world.run(leave(world.environment, bob, peer)));
  ASSERT_TRUE(post(ada, peer, "after"));
  EXPECT_EQ(texts_in(bob, peer), std::vector<std::string>{"before"});
  EXPECT_EQ(code_of(post(bob, peer, "me?")), "CHAT_WRITE_FORBIDDEN");
}

TEST_F(GroupsTest, APostIsStoredOnce) {
  const auto peer = channel(true, "the_news");
  ASSERT_TRUE(enter_by_name(bob, peer));
  const auto before = state(bob);
  const auto sent = World::must(post(ada, peer, "it happened"));
  EXPECT_EQ(sent.message.owner, BoxId::of(peer.channel()));
  EXPECT_TRUE(sent.message.flags & store::message_post);
  EXPECT_EQ(texts_in(bob, peer), std::vector<std::string>{"it happened"});
  EXPECT_EQ(state(bob).pts, before.pts);  // nothing of it is in the subscriber's own box
  const auto page = World::must(world.run(list_dialogs(world.environment, bob.user, {})));
  const auto dialog =
      std::ranges::find_if(page.dialogs, [&](const auto& view) { return view.dialog.peer == peer; });
  ASSERT_NE(dialog, page.dialogs.end());
  EXPECT_EQ(dialog->dialog.unread_count, 1);
  EXPECT_EQ(dialog->dialog.top_message, sent.message.id);
  EXPECT_EQ(dialog->pts, sent.update.pts);
  ASSERT_TRUE(world.run(read_channel(world.environment, bob, peer, sent.message.id)));
  EXPECT_EQ(
      World::must(world.run(list_dialogs(world.environment, bob.user, {}))).dialogs[0].dialog.unread_count,
      0);
}

TEST_F(GroupsTest, OnlyAdministratorsPostInAChannel) {
  const auto peer = channel(true, "the_news");
  ASSERT_TRUE(enter_by_name(bob, peer));
  EXPECT_EQ(code_of(post(bob, peer, "spam")), "CHAT_ADMIN_REQUIRED");
  Promotion promotion{peer, bob.user, admin_post_messages, "Editor"};
  ASSERT_TRUE(world.run(promote(world.environment, ada, promotion)));
  EXPECT_TRUE(post(bob, peer, "news"));
}

TEST_F(GroupsTest, APrivateChannelIsReadByItsMembersAlone) {
  const auto peer = channel(true);
  ASSERT_TRUE(post(ada, peer, "secret"));
  EXPECT_EQ(code_of(world.run(services::history(world.environment, bob.user, peer, {}))), "CHANNEL_PRIVATE");
  EXPECT_EQ(code_of(world.run(join(world.environment, bob, peer))), "CHANNEL_PRIVATE");
  EXPECT_EQ(code_of(world.run(channel_difference(world.environment, bob, peer, 1, 100))), "CHANNEL_PRIVATE");
  const auto added = world.run(add_members(world.environment, ada, peer, {bob.user}, 0));
  ASSERT_TRUE(added);
  EXPECT_EQ(texts_in(bob, peer), std::vector<std::string>{"secret"});
}

TEST_F(GroupsTest, ABannedMemberIsOutAndStaysOut) {
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  ASSERT_TRUE(post(bob, peer, "hi"));
  ASSERT_TRUE(world.run(restrict_member(world.environment, ada, {peer, bob.user, banned_view_messages, 0})));
  EXPECT_EQ(code_of(post(bob, peer, "hi again")), "CHANNEL_PRIVATE");
  EXPECT_EQ(code_of(world.run(join(world.environment, bob, peer))), "CHANNEL_PRIVATE");
  ASSERT_TRUE(world.run(restrict_member(world.environment, ada, {peer, bob.user, 0, 0})));
  EXPECT_TRUE(enter_by_name(bob, peer));
}

TEST_F(GroupsTest, SlowModeMakesMembersWait) {
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  ASSERT_TRUE(world.run(set_slow_mode(world.environment, ada, peer, 30)));
  ASSERT_TRUE(post(bob, peer, "one"));
  const auto refused = post(bob, peer, "two");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "SLOWMODE_WAIT");
  EXPECT_EQ(refused.error().wait_seconds, 30);
  EXPECT_TRUE(post(ada, peer, "administrators do not wait"));
  EXPECT_TRUE(post(ada, peer, "at all"));
  world.clock.advance(std::chrono::seconds(30));
  EXPECT_TRUE(post(bob, peer, "three"));
}

TEST_F(GroupsTest, TheDifferenceOfAChannelIsItsOwn) {
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  const auto start = World::must(world.run(channel_difference(world.environment, bob, peer, 1, 100))).pts;
  const auto first = World::must(post(ada, peer, "first"));
  const auto second = World::must(post(ada, peer, "second"));
  EditMessage edit;
  edit.peer = peer;
  edit.id = first.message.id;
  edit.text = "first, changed";
  ASSERT_TRUE(world.run(edit_message(world.environment, ada, edit)));
  ASSERT_TRUE(world.run(delete_channel_messages(world.environment, ada, peer, {second.message.id})));
  const auto missed = World::must(world.run(channel_difference(world.environment, bob, peer, start, 100)));
  EXPECT_EQ(missed.kind, ChannelDifference::Kind::some);
  EXPECT_TRUE(missed.final);
  EXPECT_EQ(missed.pts, start + 4);
  ASSERT_EQ(missed.new_messages.size(), 1u);  // the deleted one is not mentioned as new
  EXPECT_EQ(missed.new_messages[0].text, "first, changed");
  EXPECT_EQ(missed.others.size(), 2u);
  // And the account's own difference names the channel.
  const auto own = World::must(world.run(world.services.updates.difference(bob, state(bob).pts, 0, 0)));
  const auto named = std::ranges::count(own.others, events::ChannelTooLong::kind, &store::Update::kind);
  EXPECT_EQ(named, 1);
}

TEST_F(GroupsTest, ByWayOfBotsMembersSendWhereTheyMay) {
  const auto peer = channel(false, "by_way_of_bots");
  ASSERT_TRUE(enter_by_name(bob, peer));
  SendMessage request;
  request.to = peer;
  request.text = "A figure";
  request.via_bot = ada.user;
  request.random_id = ++last_random_id;
  ASSERT_TRUE(try_send(bob, request));
  ASSERT_TRUE(world.run(set_default_banned(world.environment, ada, peer, banned_send_inline)));
  request.random_id = ++last_random_id;
  EXPECT_EQ(try_send(bob, request).error().code, "CHAT_SEND_INLINE_FORBIDDEN");
  request.random_id = ++last_random_id;
  EXPECT_TRUE(try_send(ada, request)) << "who administers may";
}

}  // namespace
}  // namespace heliograph::services
