#include "services/chats/send_as.h"

#include <gmock/gmock.h>

#include "services/chats/forward.h"
#include "services/chats/history.h"
#include "services/chats/origin.h"
#include "services/chats/scheduled.h"
#include "services/groups/banned_channels.h"
#include "services/groups/clear.h"
#include "services/groups/discussion.h"
#include "services/groups/participants.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using ::testing::ElementsAre;
using testing::World;

class SendAsTest : public testing::GroupsTest {
 protected:
  std::vector<Peer> choices(const Caller& of, Peer peer) {
    return World::must(world.run(send_as_peers(world.environment, of.user, peer)));
  }
  SendMessage as(Peer author, Peer to, std::string text) {
    SendMessage request;
    request.to = to;
    request.text = std::move(text);
    request.random_id = ++last_random_id;
    request.send_as = author;
    return request;
  }
  Peer shown_as(const Result<Sent>& sent) { return content_of(World::must(sent).message).shown_as; }
  Peer by_default(const Caller& of, Peer peer) {
    return World::must(world.run(full_chat(world.environment, of, peer))).default_send_as;
  }
  Status save(const Caller& who, Peer peer, Peer author) {
    return world.run(save_default_send_as(world.environment, who, peer, author));
  }
  void promote_ada(Peer chat, std::uint32_t rights) {
    Promotion promotion;
    promotion.chat = chat;
    promotion.user = ada.user;
    promotion.rights = rights;
    promotion.rank = "the boss";
    World::must(world.run(promote(world.environment, ada, std::move(promotion))));
  }
};

TEST_F(SendAsTest, InAPublicGroupOneWritesAsOnesPublicChannel) {
  const auto talk = channel(false, "the_talk"), news = channel(true, "the_news"), secret = channel(true);
  ASSERT_TRUE(enter_by_name(bob, talk));
  ASSERT_TRUE(enter_by_name(bob, news));
  EXPECT_THAT(choices(ada, talk), ElementsAre(Peer::of(ada.user), news));
  EXPECT_THAT(choices(bob, talk), ElementsAre(Peer::of(bob.user)));
  EXPECT_EQ(shown_as(try_send(ada, as(news, talk, "hello"))), news);
  EXPECT_EQ(shown_as(try_send(ada, as(Peer::of(ada.user), talk, "it is me"))), Peer{});
  EXPECT_EQ(code_of(try_send(bob, as(news, talk, "fake"))), "SEND_AS_PEER_INVALID");
  EXPECT_EQ(code_of(try_send(ada, as(secret, talk, "?"))), "SEND_AS_PEER_INVALID");
  EXPECT_EQ(code_of(try_send(ada, as(talk, talk, "?"))), "SEND_AS_PEER_INVALID");
  EXPECT_EQ(code_of(try_send(ada, as(Peer::of(bob.user), talk, "?"))), "SEND_AS_PEER_INVALID");
}

TEST_F(SendAsTest, WhoWritesAsAChannelIsNotFoundByWhoTheyAre) {
  const auto talk = channel(false, "the_talk"), news = channel(true, "the_news");
  ASSERT_TRUE(enter_by_name(bob, talk));
  ASSERT_TRUE(enter_by_name(bob, news));
  World::must(try_send(ada, as(news, talk, "from the desk")));
  World::must(try_send(ada, as({}, talk, "from me")));
  World::must(try_send(ada, as({}, news, "a post")));
  const auto found = [&](Peer in) {
    Search search;
    search.peer = in;
    search.from = ada.user;
    std::vector<std::string> texts;
    const auto page = World::must(world.run(search_messages(world.environment, bob.user, search, {}, 100)));
    for (const auto& message : page.messages) {
      if ((message.flags & store::message_service) == 0) texts.push_back(message.text);
    }
    return texts;
  };
  EXPECT_THAT(found(talk), ElementsAre("from me"));
  EXPECT_THAT(found(news), ElementsAre());
}

TEST_F(SendAsTest, ABannedChannelIsNotWrittenAsAndNorIsAnotherOfItsOwners) {
  const auto talk = channel(false, "the_talk");
  const auto news = channel_of(bob, true, "the_news"), olds = channel_of(bob, true, "the_olds");
  ASSERT_TRUE(enter_by_name(bob, talk));
  World::must(try_send(bob, as(news, talk, "bad")));
  World::must(try_send(bob, as(olds, talk, "good")));
  World::must(try_send(bob, as(Peer::of(bob.user), talk, "mine")));
  const auto ban = [&](const Caller& who, Peer channel, bool banned) {
    return code_of(world.run(ban_channel(world.environment, who, {talk, channel, banned})));
  };
  EXPECT_EQ(ban(bob, news, true), "CHAT_ADMIN_REQUIRED");
  EXPECT_EQ(ban(ada, talk, true), "PARTICIPANT_ID_INVALID");
  EXPECT_EQ(ban(ada, news, true), "");
  EXPECT_EQ(ban(ada, news, true), "") << "again";
  for (const auto author : {news, olds}) {
    EXPECT_EQ(code_of(try_send(bob, as(author, talk, "?"))), "SEND_AS_PEER_INVALID");
  }
  EXPECT_THAT(choices(bob, talk), ElementsAre(Peer::of(bob.user)));
  EXPECT_TRUE(try_send(bob, as(Peer::of(bob.user), talk, "still me")));

  ParticipantsQuery kicked;
  kicked.filter = ParticipantsQuery::Filter::kicked;
  const auto listed = World::must(world.run(participants(world.environment, ada, talk, kicked)));
  ASSERT_EQ(listed.channels.size(), 1u);
  EXPECT_EQ(listed.channels.front().channel, news);
  EXPECT_EQ(listed.channels.front().by, ada.user);
  EXPECT_EQ(listed.total, 1u);

  const auto cleared = World::must(world.run(clear_participant(world.environment, ada, talk, news)));
  EXPECT_FALSE(cleared.more);
  EXPECT_THAT(texts_in(ada, talk), ElementsAre("still me", "mine", "good"));

  EXPECT_EQ(ban(ada, news, false), "");
  EXPECT_EQ(shown_as(try_send(bob, as(news, talk, "back"))), news);
}

TEST_F(SendAsTest, ElsewhereThereIsNoChoice) {
  const auto news = channel(true, "the_news"), closed = channel(false);
  const auto friends = group({bob.user});
  EXPECT_THAT(choices(ada, closed), ElementsAre(Peer::of(ada.user)));
  EXPECT_THAT(choices(ada, friends), ElementsAre(Peer::of(ada.user)));
  EXPECT_THAT(choices(ada, news), ElementsAre(news));
  for (const auto to : {closed, friends, Peer::of(bob.user)}) {
    EXPECT_EQ(code_of(try_send(ada, as(news, to, "?"))), "SEND_AS_PEER_INVALID");
    EXPECT_TRUE(try_send(ada, as(Peer::of(ada.user), to, "it is me")));
  }
  EXPECT_EQ(code_of(try_send(ada, as(Peer::of(ada.user), news, "?"))), "SEND_AS_PEER_INVALID");
  EXPECT_EQ(code_of(save(ada, friends, Peer::of(ada.user))), "PEER_ID_INVALID");
}

TEST_F(SendAsTest, PostsAreSignedAndLinkToTheirAuthorIfTheChannelWantsThat) {
  const auto news = channel(true, "the_news");
  const auto post_of_ada = [&](UnixSeconds in = 0) {
    auto request = as({}, news, "post");
    if (in > 0) request.schedule_date = world.clock.unix_seconds() + in;
    return content_of(World::must(try_send(ada, std::move(request))).message);
  };
  EXPECT_EQ(post_of_ada().author, "");
  ASSERT_TRUE(world.run(set_flags(world.environment, ada, news, store::chat_signatures, 0)));
  EXPECT_EQ(post_of_ada().author, "Ada Lovelace");
  EXPECT_EQ(post_of_ada().shown_as, Peer{});
  ASSERT_TRUE(world.run(set_flags(world.environment, ada, news, store::chat_signature_profiles, 0)));
  EXPECT_EQ(post_of_ada().shown_as, Peer::of(ada.user));
  // Passed on, it comes from the channel; what waits is signed when it is sent.
  EXPECT_EQ(post_of_ada(3600).shown_as, Peer::of(ada.user));
  constexpr std::uint32_t both = store::chat_signatures | store::chat_signature_profiles;
  ASSERT_TRUE(world.run(set_flags(world.environment, ada, news, 0, both)));
  world.clock.advance(std::chrono::hours(1));
  ASSERT_EQ(World::must(world.run(sweep_scheduled(world.environment))), 1u);
  const auto sent = World::must(world.run(services::history(world.environment, ada.user, news, {})));
  EXPECT_EQ(content_of(sent.messages.front()).shown_as, Peer{});
  EXPECT_EQ(content_of(sent.messages.front()).author, "");
  const auto passed_on = sent.messages.at(1);
  const auto origin =
      World::must(world.read([&](store::Tx& tx) { return origin_of(tx, passed_on, bob.user); }));
  EXPECT_EQ(origin.from_chat, news);
}

TEST_F(SendAsTest, TheOwnerWritesAsThePrivateChannelWhereItIsDiscussed) {
  const auto news = channel(true), talk = channel(false);
  ASSERT_TRUE(world.run(set_discussion_group(world.environment, ada, news, talk)));
  EXPECT_THAT(choices(ada, talk), ElementsAre(Peer::of(ada.user), news));
  EXPECT_EQ(shown_as(try_send(ada, as(news, talk, "an answer from the channel"))), news);
}

TEST_F(SendAsTest, WhoIsAnonymousIsTheGroupAndNotThemselves) {
  const auto talk = channel(false, "the_talk"), news = channel(true, "the_news");
  promote_ada(talk, admin_everything | admin_anonymous);
  EXPECT_THAT(choices(ada, talk), ElementsAre(talk, news));
  const auto sent = World::must(try_send(ada, as({}, talk, "order!"))).message;
  EXPECT_EQ(content_of(sent).shown_as, talk);
  EXPECT_EQ(content_of(sent).author, "the boss");
  const auto other = World::must(try_send(ada, as(news, talk, "news"))).message;
  EXPECT_EQ(content_of(other).shown_as, news);
  EXPECT_EQ(content_of(other).author, "");
  EXPECT_EQ(code_of(try_send(ada, as(Peer::of(ada.user), talk, "?"))), "SEND_AS_PEER_INVALID");
  EXPECT_EQ(by_default(ada, talk), talk);
}

TEST_F(SendAsTest, WhatIsSavedHoldsWhereNothingIsSaidAsLongAsItIsAllowed) {
  const auto talk = channel(false, "the_talk"), news = channel(true, "the_news");
  EXPECT_EQ(code_of(save(bob, talk, news)), "SEND_AS_PEER_INVALID");
  ASSERT_TRUE(save(ada, talk, news));
  EXPECT_EQ(by_default(ada, talk), news);
  EXPECT_EQ(shown_as(try_send(ada, as({}, talk, "as the channel"))), news);
  EXPECT_EQ(shown_as(try_send(ada, as(Peer::of(ada.user), talk, "as me"))), Peer{});
  ASSERT_TRUE(world.run(set_chat_username(world.environment, ada, news, "")));
  EXPECT_EQ(shown_as(try_send(ada, as({}, talk, "not any more"))), Peer{});
  EXPECT_EQ(by_default(ada, talk), Peer{});
  ASSERT_TRUE(save(ada, talk, Peer::of(ada.user)));
}

TEST_F(SendAsTest, ForwardsAndScheduledMessagesTakeItToo) {
  const auto talk = channel(false, "the_talk"), news = channel(true, "the_news");
  const auto source = send(bob, ada.user, "psst");
  ForwardMessages forward;
  forward.from = Peer::of(bob.user);
  forward.to = talk;
  forward.ids = {copy_of(source.message, ada).id};
  forward.random_ids = {++last_random_id};
  forward.send_as = news;
  const auto sent = World::must(world.run(forward_messages(world.environment, ada, forward)));
  EXPECT_EQ(content_of(sent[0].appended.message).shown_as, news);
  auto later = as(news, talk, "later");
  later.schedule_date = world.clock.unix_seconds() + 3600;
  const auto waiting = World::must(try_send(ada, later)).message;
  const auto released = World::must(world.run(send_scheduled(world.environment, ada, talk, {waiting.id})));
  EXPECT_EQ(content_of(released.sent[0].message).shown_as, news);
}

}  // namespace
}  // namespace heliograph::services
