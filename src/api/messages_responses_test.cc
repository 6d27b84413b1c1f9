// Mentions, views and reactions through the front door.
#include "api/testing/fixture.h"
#include "services/groups/create.h"
#include "services/groups/members.h"
#include "services/groups/settings.h"
#include "tl/api.h"
#include "tl/schema.h"

namespace heliograph::api {
namespace {

using services::testing::World;
using testing::Caller;
namespace call = tl::fn::messages;

class MessagesResponsesTest : public testing::FrontDoorTest {
 protected:
  Peer channel(bool broadcast) {
    services::NewChannel wanted;
    wanted.broadcast = broadcast;
    wanted.title = "News";
    auto& world = door.world;
    const auto made = World::must(
        world.run(services::create_channel(world.environment, world.services.limits, ada, wanted)));
    World::must(world.run(services::set_chat_username(world.environment, ada, made.peer, "the_news")));
    World::must(world.run(services::join(world.environment, bob, made.peer)));
    return made.peer;
  }
  std::int32_t send(const Caller& from, Peer peer, std::string text) {
    call::sendMessage request;
    request.peer = input(from, peer);
    request.message = std::move(text);
    request.random_id = ++last_random_id;
    auto sent = door.call(from, request);
    EXPECT_TRUE(sent) << sent.error;
    for (auto& update : sent->get_if<tl::updates_>()->updates) {
      if (const auto* id = update.get_if<tl::updateMessageID>()) return id->id;
    }
    return 0;
  }
  // The newest message as somebody sees it.
  tl::message newest(const Caller& by, Peer peer) {
    call::getHistory request;
    request.peer = input(by, peer);
    request.limit = 1;
    auto page = door.call(by, request);
    EXPECT_TRUE(page) << page.error;
    auto* messages = page->get_if<tl::messages::channelMessages>();
    return std::move(*messages->messages.at(0).get_if<tl::message>());
  }
  call::sendReaction reaction(const Caller& by, Peer peer, std::int32_t id, std::string emoji) {
    call::sendReaction request;
    request.peer = input(by, peer);
    request.msg_id = id;
    tl::reactionEmoji wire;
    wire.emoticon = std::move(emoji);
    request.reaction.emplace();
    request.reaction->emplace_back(std::move(wire));
    return request;
  }

  Caller ada = door.world.sign_up("Ada");
  Caller bob = door.world.sign_up("Bob");
  std::int64_t last_random_id = 0;
};

TEST_F(MessagesResponsesTest, APostSaysHowOftenItWasSeen) {
  const auto peer = channel(true);
  const auto id = send(ada, peer, "news");
  EXPECT_EQ(newest(bob, peer).views, 1);
  call::getMessagesViews request;
  request.peer = input(bob, peer);
  request.id = {id, 99};
  request.increment = true;
  auto views = door.call(bob, request);
  ASSERT_TRUE(views) << views.error;
  auto& counted = views->get_if<tl::messages::messageViews>()->views;
  ASSERT_EQ(counted.size(), 2U);
  EXPECT_EQ(counted[0].get_if<tl::messageViews>()->views, 2);
  EXPECT_FALSE(counted[1].get_if<tl::messageViews>()->views);
  door.connect(bob);
  ASSERT_TRUE(door.world.run(door.world.services.post_views.flush()));
  const auto told = door.told(bob);
  ASSERT_EQ(told.size(), 1U);
  const auto* update = told[0].get_if<tl::updates_>()->updates.at(0).get_if<tl::updateChannelMessageViews>();
  ASSERT_NE(update, nullptr);
  EXPECT_EQ(update->views, 2);
  EXPECT_EQ(newest(bob, peer).views, 2);
}

TEST_F(MessagesResponsesTest, AReactionIsShownToEverybody) {
  const auto peer = channel(false);
  const auto id = send(ada, peer, "well?");
  door.connect(ada);
  // With the selector that asks for colour, as some clients send it.
  auto given = door.call(bob, reaction(bob, peer, id, "\xe2\x9d\xa4\xef\xb8\x8f"));
  ASSERT_TRUE(given) << given.error;
  const auto* own = given->get_if<tl::updates_>()->updates.at(0).get_if<tl::updateMessageReactions>();
  ASSERT_NE(own, nullptr);
  const auto* mine = own->reactions.get_if<tl::messageReactions>();
  EXPECT_EQ(mine->results.at(0).get_if<tl::reactionCount>()->chosen_order, 0);
  EXPECT_FALSE(mine->min);
  const auto told = door.told(ada);
  ASSERT_EQ(told.size(), 1U);
  const auto* update = told[0].get_if<tl::updates_>()->updates.at(0).get_if<tl::updateMessageReactions>();
  ASSERT_NE(update, nullptr);
  const auto* theirs = update->reactions.get_if<tl::messageReactions>();
  EXPECT_TRUE(theirs->min);
  EXPECT_TRUE(theirs->recent_reactions->at(0).get_if<tl::messagePeerReaction>()->unread);
  const auto seen = newest(ada, peer);
  ASSERT_TRUE(seen.reactions);
  EXPECT_EQ(seen.reactions.get_if<tl::messageReactions>()->results.at(0).get_if<tl::reactionCount>()->count,
            1);
  call::getMessageReactionsList list;
  list.peer = input(ada, peer);
  list.id = id;
  list.limit = 10;
  const auto who = door.call(ada, list);
  ASSERT_TRUE(who) << who.error;
  EXPECT_EQ(who.value->get_if<tl::messages::messageReactionsList>()->count, 1);
  EXPECT_EQ(door.call(bob, reaction(bob, peer, id, "x")).error, "400 REACTION_INVALID");
}

TEST_F(MessagesResponsesTest, AMentionIsUnreadUntilItIsSeen) {
  World::must(door.world.run(door.world.services.profile.set_username(bob, "bobby_b")));
  const auto peer = channel(false);
  const auto id = send(ada, peer, "hello @bobby_b");
  EXPECT_TRUE(newest(bob, peer).mentioned);
  EXPECT_TRUE(newest(bob, peer).media_unread);
  EXPECT_FALSE(newest(ada, peer).mentioned);
  call::getUnreadMentions request;
  request.peer = input(bob, peer);
  request.limit = 10;
  auto unread = door.call(bob, request);
  ASSERT_TRUE(unread) << unread.error;
  ASSERT_EQ(unread->get_if<tl::messages::channelMessages>()->messages.size(), 1U);
  tl::fn::channels::readMessageContents read;
  tl::inputChannel wire;
  wire.channel_id = peer.id;
  wire.access_hash = input(bob, peer).get_if<tl::inputPeerChannel>()->access_hash;
  read.channel = wire;
  read.id = {id};
  ASSERT_TRUE(door.call(bob, read));
  EXPECT_TRUE(newest(bob, peer).mentioned);
  EXPECT_FALSE(newest(bob, peer).media_unread);
}

TEST_F(MessagesResponsesTest, ThereAreReactionsToChooseFrom) {
  auto offered = door.call(ada, call::getAvailableReactions{});
  ASSERT_TRUE(offered) << offered.error;
  const auto* list = offered->get_if<tl::messages::availableReactions>();
  ASSERT_NE(list, nullptr);
  EXPECT_GE(list->reactions.size(), 10U);
  call::getAvailableReactions again;
  again.hash = list->hash;
  EXPECT_TRUE(door.call(ada, again)->is<tl::messages::availableReactionsNotModified>());
}

TEST_F(MessagesResponsesTest, WhatIsProtectedOrVanishesIsForTheOwnerToSay) {
  const auto peer = channel(false);
  call::toggleNoForwards protect;
  protect.enabled = true;
  protect.peer = input(bob, peer);
  EXPECT_EQ(door.call(bob, protect).error, "400 CHAT_ADMIN_REQUIRED");
  protect.peer = input(ada, peer);
  const auto done = door.call(ada, protect);
  EXPECT_TRUE(done) << done.error;
  call::setHistoryTTL ttl;
  ttl.period = 86400;
  ttl.peer = input(bob, peer);
  EXPECT_EQ(door.call(bob, ttl).error, "400 CHAT_ADMIN_REQUIRED");
  ttl.peer = input(ada, peer);
  ASSERT_TRUE(door.call(ada, ttl));
  send(bob, peer, "not for long");
  EXPECT_EQ(newest(ada, peer).ttl_period, 86400);
}

}  // namespace
}  // namespace heliograph::api
