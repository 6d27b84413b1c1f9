#include "services/chats/mentions.h"

#include <gmock/gmock.h>

#include "services/chats/dialogs.h"
#include "services/chats/erase.h"
#include "services/chats/read.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using store::AttentionKind;
using testing::World;

class Mentions : public testing::GroupsTest {
 protected:
  Sent say(const Caller& from, Peer to, std::string text, std::vector<Entity> entities = {},
           MessageId answers = {}) {
    SendMessage request;
    request.to = to;
    request.text = std::move(text);
    request.entities = std::move(entities);
    if (answers) {
      request.reply.emplace();
      request.reply->id = answers;
    }
    request.random_id = ++last_random_id;
    return World::must(try_send(from, std::move(request)));
  }
  std::vector<std::int32_t> unread(const Caller& of, Peer peer, store::HistoryRange range = {}) {
    const auto page = World::must(
        world.run(unread_attention(world.environment, of.user, peer, AttentionKind::mention, range)));
    std::vector<std::int32_t> ids;
    for (const auto& one : page.messages) ids.push_back(one.id.value);
    return ids;
  }
  std::int32_t shown_in_dialog(const Caller& of, Peer peer) {
    std::vector<Peer> peers{peer};
    return World::must(world.run(peer_dialogs(world.environment, of.user, std::move(peers))))
        .dialogs.front()
        .unread_mentions;
  }
  static Entity name(UserId user, std::int32_t length) {
    Entity entity;
    entity.kind = EntityKind::mention_name;
    entity.length = length;
    entity.user = user;
    return entity;
  }
};

TEST_F(Mentions, ALinkANameAndAnAnswerMentionMembersOfASupergroup) {
  World::must(world.run(world.services.profile.set_username(bob, "bobby_b")));
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  const auto by_link = say(ada, peer, "you there", {name(bob.user, 3)}).message.id.value;
  const auto by_name = say(ada, peer, "hello @Bobby_B!").message.id.value;
  const auto own = World::must(post(bob, peer, "what?")).message.id;
  const auto by_answer = say(ada, peer, "nothing", {}, own).message.id.value;
  say(ada, peer, "@nobody_at_all and everybody");
  EXPECT_THAT(unread(bob, peer), ::testing::ElementsAre(by_answer, by_name, by_link));
  EXPECT_EQ(shown_in_dialog(bob, peer), 3);
  EXPECT_EQ(shown_in_dialog(ada, peer), 0);
  store::HistoryRange range;
  range.offset_id = MessageId{by_answer};
  range.limit = 1;
  EXPECT_THAT(unread(bob, peer, range), ::testing::ElementsAre(by_name));
}

TEST_F(Mentions, NobodyIsMentionedWhoIsNotThereOrSpeaksOfThemselves) {
  const auto eve = world.sign_up("Eve");
  const auto peer = group({bob.user});
  say(bob, peer, "eve is away", {name(eve.user, 3)});
  say(bob, peer, "bob is here", {name(bob.user, 3)});
  EXPECT_TRUE(unread(bob, peer).empty());
  const auto asked =
      world.run(unread_attention(world.environment, eve.user, peer, AttentionKind::mention, {}));
  EXPECT_EQ(code_of(asked), "CHAT_ID_INVALID");
}

TEST_F(Mentions, OneReadInASupergroupIsReadByTheOneMentionedAlone) {
  const auto eve = world.sign_up("Eve");
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  ASSERT_TRUE(enter_by_name(eve, peer));
  auto second = name(eve.user, 3);
  second.offset = 4;
  const auto id = say(ada, peer, "bob eve", {name(bob.user, 3), second}).message.id;
  ASSERT_TRUE(world.run(read_channel_contents(world.environment, bob, peer, {id})));
  EXPECT_EQ(shown_in_dialog(bob, peer), 0);
  EXPECT_EQ(shown_in_dialog(eve, peer), 1);
  const auto all =
      World::must(world.run(read_attention(world.environment, eve, peer, AttentionKind::mention)));
  EXPECT_FALSE(all.more);
  EXPECT_EQ(shown_in_dialog(eve, peer), 0);
}

TEST_F(Mentions, OneReadInABasicGroupStaysUnreadForOthers) {
  const auto eve = world.sign_up("Eve");
  const auto peer = group({bob.user, eve.user});
  auto second = name(eve.user, 3);
  second.offset = 4;
  const auto sent = say(ada, peer, "bob eve", {name(bob.user, 3), second}).message;
  const auto theirs = copy_of(sent, bob);
  EXPECT_TRUE(theirs.flags & store::message_mentioned);
  EXPECT_TRUE(theirs.flags & store::message_media_unread);
  ASSERT_TRUE(world.run(read_contents(world.environment, bob, {theirs.id})));
  EXPECT_FALSE(copy_of(sent, bob).flags & store::message_media_unread);
  EXPECT_TRUE(copy_of(sent, eve).flags & store::message_media_unread);
  EXPECT_EQ(shown_in_dialog(bob, peer), 0);
  EXPECT_EQ(shown_in_dialog(eve, peer), 1);
}

TEST_F(Mentions, ADeletedMessageMentionsNobody) {
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  const auto id = say(ada, peer, "bob?", {name(bob.user, 3)}).message.id;
  ASSERT_TRUE(world.run(delete_channel_messages(world.environment, ada, peer, {id})));
  EXPECT_EQ(shown_in_dialog(bob, peer), 0);
}

TEST_F(Mentions, ASearchForThemFindsOnesOwnAlone) {
  const auto eve = world.sign_up("Eve");
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  ASSERT_TRUE(enter_by_name(eve, peer));
  const auto id = say(ada, peer, "bob?", {name(bob.user, 3)}).message.id;
  say(ada, peer, "eve?", {name(eve.user, 3)});
  Search search;
  search.peer = peer;
  search.filter = Search::Filter::mentions;
  const auto page = World::must(world.run(search_messages(world.environment, bob.user, search, {})));
  EXPECT_EQ(page.total, 1);
  ASSERT_EQ(page.messages.size(), 1u);
  EXPECT_EQ(page.messages[0].id, id);
  const auto counts =
      World::must(world.run(search_counts(world.environment, eve.user, peer, {Search::Filter::mentions})));
  EXPECT_EQ(counts, std::vector<std::int64_t>{1});
}

}  // namespace
}  // namespace heliograph::services
