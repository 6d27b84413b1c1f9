#include "services/chats/react.h"

#include <gmock/gmock.h>

#include "services/chats/dialogs.h"
#include "services/chats/erase.h"
#include "services/chats/forward.h"
#include "services/chats/mentions.h"
#include "services/chats/post_views.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using store::AttentionKind;
using testing::World;

class Reactions : public testing::GroupsTest {
 protected:
  Result<Reacted> give(const Caller& who, Peer peer, MessageId id, std::vector<std::string> reactions) {
    React request;
    request.peer = peer;
    request.id = id;
    request.reactions = std::move(reactions);
    return world.run(send_reaction(world.environment, who, std::move(request)));
  }
};

TEST_F(Reactions, BothSidesOfAPrivateMessageSeeTheSame) {
  const auto sent = send(ada, bob.user, "look").message;
  const auto theirs = copy_of(sent, bob);
  const auto live = world.listen(ada.user);
  const auto given = World::must(give(bob, Peer::of(ada.user), theirs.id, {"🔥"}));
  EXPECT_THAT(given.summary.chosen, ::testing::ElementsAre("🔥"));
  EXPECT_TRUE(copy_of(sent, ada).flags & store::message_reactions);
  world.executor.run();
  ASSERT_FALSE(live->heard.empty());
  const auto& told = live->heard.back()->update;
  EXPECT_EQ(told.kind, events::ReactionsChanged::kind);
  const auto event = World::must(decode<events::ReactionsChanged>(told.body));
  EXPECT_EQ(event.id, sent.id);
  EXPECT_EQ(event.unread_by, ada.user);
  // The author has something new to see, until they have.
  std::vector<Peer> peers{Peer::of(bob.user)};
  auto page = World::must(world.run(peer_dialogs(world.environment, ada.user, peers)));
  EXPECT_EQ(page.dialogs.front().unread_reactions, 1);
  ASSERT_TRUE(world.run(read_attention(world.environment, ada, peers.front(), AttentionKind::reaction)));
  page = World::must(world.run(peer_dialogs(world.environment, ada.user, peers)));
  EXPECT_EQ(page.dialogs.front().unread_reactions, 0);
}

TEST_F(Reactions, OneReplacesAnotherAndNoneTakesItBack) {
  const auto peer = group({bob.user});
  const auto id = World::must(post(ada, peer, "well?")).message.id;
  ASSERT_TRUE(give(ada, peer, id, {"👍", "🎉"}));
  EXPECT_EQ(code_of(give(ada, peer, id, {"👍", "🎉"})), "MESSAGE_NOT_MODIFIED");
  const auto after = World::must(give(ada, peer, id, {"👎"}));
  ASSERT_EQ(after.summary.counts.size(), 1u);
  EXPECT_EQ(after.summary.counts[0].reaction, "👎");
  EXPECT_TRUE(World::must(give(ada, peer, id, {})).summary.counts.empty());
  EXPECT_FALSE(find(ada, id)->flags & store::message_reactions);
}

TEST_F(Reactions, WhatIsNotOnOfferIsRefused) {
  const auto peer = group({bob.user});
  const auto id = World::must(post(ada, peer, "well?")).message.id;
  EXPECT_EQ(code_of(give(ada, peer, id, {"x"})), "REACTION_INVALID");
  EXPECT_EQ(code_of(give(ada, peer, id, {"👍", "👍"})), "REACTION_INVALID");
  EXPECT_EQ(code_of(give(ada, peer, id, {"👍", "👎", "🔥", "🎉"})), "REACTIONS_TOO_MANY");
  EXPECT_EQ(code_of(give(ada, peer, MessageId{99}, {"👍"})), "MESSAGE_ID_INVALID");
  ASSERT_TRUE(world.run(set_reaction_policy(world.environment, ada, peer, {false, {"👍"}, 0})));
  EXPECT_EQ(code_of(give(ada, peer, id, {"👎"})), "REACTION_INVALID");
  EXPECT_TRUE(give(ada, peer, id, {"👍"}));
  EXPECT_EQ(code_of(world.run(set_reaction_policy(world.environment, bob, peer, {}))), "CHAT_ADMIN_REQUIRED");
}

TEST_F(Reactions, OfAPostOnlyTheNumbersAreShown) {
  const auto peer = channel(true, "the_news");
  ASSERT_TRUE(enter_by_name(bob, peer));
  const auto id = World::must(post(ada, peer, "news")).message.id;
  ASSERT_TRUE(give(bob, peer, id, {"👍"}));
  const auto seen = World::must(world.run(reactions_of(world.environment, ada.user, peer, {id})));
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].summary.counts[0].count, 1);
  EXPECT_TRUE(seen[0].summary.recent.empty());
  EXPECT_EQ(code_of(world.run(list_reactions(world.environment, bob.user, peer, id, "", 0, 10))),
            "BROADCAST_FORBIDDEN");
  const auto eve = world.sign_up("Eve");
  ASSERT_TRUE(world.run(set_chat_username(world.environment, ada, peer, "")));
  EXPECT_EQ(code_of(give(eve, peer, id, {"👍"})), "CHANNEL_PRIVATE");
}

TEST_F(Reactions, WhoGaveWhatIsListedInPages) {
  const auto peer = group({bob.user});
  const auto sent = World::must(post(ada, peer, "well?")).message;
  ASSERT_TRUE(give(ada, peer, sent.id, {"👍"}));
  world.clock.advance(std::chrono::seconds(5));
  ASSERT_TRUE(give(bob, peer, copy_of(sent, bob).id, {"👍"}));
  auto page = World::must(world.run(list_reactions(world.environment, ada.user, peer, sent.id, "👍", 0, 1)));
  EXPECT_EQ(page.total, 2);
  ASSERT_EQ(page.given.size(), 1u);
  EXPECT_EQ(page.given[0].user, bob.user);
  page =
      World::must(world.run(list_reactions(world.environment, ada.user, peer, sent.id, "👍", page.next, 1)));
  EXPECT_EQ(page.given[0].user, ada.user);
  EXPECT_EQ(page.next, 0u);
}

TEST_F(Reactions, GoWithTheLastCopyOfTheMessage) {
  const auto sent = send(ada, bob.user, "look").message;
  ASSERT_TRUE(give(ada, Peer::of(bob.user), sent.id, {"🔥"}));
  ASSERT_TRUE(world.run(delete_messages(world.environment, ada, {sent.id}, false)));
  const auto left = [&] {
    return World::must(world.read([&](store::Tx& tx) { return tx.reactions().counts(sent.link); })).size();
  };
  EXPECT_EQ(left(), 1u);
  const auto theirs = history(bob, ada.user).front();
  ASSERT_TRUE(world.run(delete_messages(world.environment, bob, {theirs.id}, false)));
  EXPECT_EQ(left(), 0u);
}

class Views : public testing::GroupsTest {
 protected:
  PostView seen(const Caller& by, Peer peer, MessageId id, bool increment) {
    return World::must(world.run(world.services.post_views.views(by.user, peer, {id}, increment))).front();
  }
};

TEST_F(Views, EachAccountCountsOnceAndAFlushLosesNone) {
  const auto peer = channel(true, "the_news");
  const auto id = World::must(post(ada, peer, "news")).message.id;
  EXPECT_EQ(seen(bob, peer, id, false).views, 1);  // its author's
  EXPECT_EQ(seen(bob, peer, id, true).views, 2);
  EXPECT_EQ(seen(bob, peer, id, true).views, 2);
  ASSERT_TRUE(world.run(world.services.post_views.flush()));
  EXPECT_EQ(seen(bob, peer, id, true).views, 2);
  EXPECT_EQ(seen(ada, peer, id, true).views, 3);
  ASSERT_TRUE(world.run(world.services.post_views.flush()));
  EXPECT_EQ(World::must(world.read([=](store::Tx& tx) {
              return tx.post_counts().find(BoxId::of(peer.channel()), id);
            })).views,
            2);
}

TEST_F(Views, OnlyPostsAreCounted) {
  const auto peer = channel(false, "the_talk");
  const auto id = World::must(post(ada, peer, "talk")).message.id;
  EXPECT_FALSE(seen(ada, peer, id, true).counted);
  EXPECT_FALSE(seen(ada, peer, MessageId{99}, true).counted);
  std::vector<MessageId> many(101, id);
  EXPECT_EQ(code_of(world.run(world.services.post_views.views(ada.user, peer, many, true))), "LIMIT_INVALID");
}

TEST_F(Views, AForwardedPostSaysSoOnce) {
  const auto peer = channel(true, "the_news");
  const auto id = World::must(post(ada, peer, "news")).message.id;
  ForwardMessages request;
  request.from = peer;
  request.to = Peer::of(ada.user);
  request.ids = {id};
  request.random_ids = {5};
  ASSERT_TRUE(world.run(forward_messages(world.environment, bob, request)));
  ASSERT_TRUE(world.run(forward_messages(world.environment, bob, request)));
  EXPECT_EQ(seen(ada, peer, id, false).forwards, 1);
}

}  // namespace
}  // namespace heliograph::services
