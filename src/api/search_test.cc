// channels.searchPosts, messages.searchGlobal and their like through the front door.
#include <gtest/gtest.h>

#include <set>

#include "api/testing/front_door.h"
#include "services/chats/send.h"
#include "services/groups/create.h"
#include "services/groups/settings.h"
#include "services/testing/search.h"
#include "tl/core_b.h"
#include "tl/core_c.h"
#include "tl/core_i.h"
#include "tl/core_m.h"
#include "tl/core_p.h"
#include "tl/core_s.h"
#include "tl/fn_channels.h"
#include "tl/fn_messages.h"
#include "tl/messages.h"

namespace heliograph::api {
namespace {

using testing::Caller;
using testing::FrontDoor;
using testing::World;
using tl::fn::channels::searchPosts;

class SearchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    services::NewChannel wanted;
    wanted.broadcast = true;
    wanted.title = "News";
    auto& world = door.world;
    channel = World::must(
                  world.run(services::create_channel(world.environment, world.services.limits, ada, wanted)))
                  .peer;
    World::must(world.run(services::set_chat_username(world.environment, ada, channel, "ada_news")));
    for (int i = 0; i < 5; ++i) {
      services::SendMessage post;
      post.to = channel;
      post.text = "looms #weaving " + std::to_string(i);
      post.random_id = i + 1;
      World::must(world.run(services::send_message(world.environment, ada, post)));
    }
    index.catch_up();
  }
  // Where the page after this slice begins, as a client says it.
  static void go_on(searchPosts& request, const tl::messages::messagesSlice& slice) {
    const auto* last = slice.messages.back().get_if<tl::message>();
    const auto* chat = slice.chats.front().get_if<tl::channel>();
    tl::inputPeerChannel peer;
    peer.channel_id = chat->id;
    peer.access_hash = *chat->access_hash;
    request.offset_rate = *slice.next_rate;
    request.offset_peer = std::move(peer);
    request.offset_id = last->id;
  }

  FrontDoor door;
  services::testing::SearchWorld index{door.world};
  Caller ada = door.world.sign_up("Ada"), bob = door.world.sign_up("Bob");
  Peer channel;
};

TEST_F(SearchTest, PagesGoOnFromTheRateAndEndWithAPlainList) {
  for (const bool tagged : {false, true}) {
    searchPosts request;
    if (tagged) {
      request.hashtag = "weaving";
    } else {
      request.query = "loom";
    }
    request.offset_peer = tl::inputPeerEmpty{};
    request.limit = 2;
    std::set<std::int32_t> seen;
    for (int page = 0; page < 2; ++page) {
      auto answer = door.call(bob, request);
      ASSERT_TRUE(answer) << answer.error;
      const auto* slice = answer->get_if<tl::messages::messagesSlice>();
      ASSERT_NE(slice, nullptr);
      ASSERT_EQ(slice->messages.size(), 2u);
      for (const auto& one : slice->messages) EXPECT_TRUE(seen.insert(one.get_if<tl::message>()->id).second);
      go_on(request, *slice);
    }
    auto answer = door.call(bob, request);
    ASSERT_TRUE(answer) << answer.error;
    const auto* last = answer->get_if<tl::messages::messages>();
    ASSERT_NE(last, nullptr);
    ASSERT_EQ(last->messages.size(), 1u);
    EXPECT_TRUE(seen.insert(last->messages[0].get_if<tl::message>()->id).second);
  }
}

TEST_F(SearchTest, EitherAHashtagOrAQuery) {
  searchPosts request;
  request.offset_peer = tl::inputPeerEmpty{};
  request.limit = 5;
  EXPECT_EQ(door.call(bob, request).error, "400 SEARCH_QUERY_EMPTY");
  request.query = "looms";
  request.hashtag = "weaving";
  EXPECT_EQ(door.call(bob, request).error, "400 SEARCH_QUERY_EMPTY");
  request.hashtag.reset();
  request.query = "...";
  EXPECT_EQ(door.call(bob, request).error, "400 SEARCH_QUERY_EMPTY");
}

TEST_F(SearchTest, APlaceInAChannelThatOneWasNotShownIsRefused) {
  searchPosts request;
  request.query = "looms";
  tl::inputPeerChannel peer;
  peer.channel_id = channel.id;
  peer.access_hash = 1;
  request.offset_peer = std::move(peer);
  request.offset_rate = 5;
  request.offset_id = 2;
  request.limit = 5;
  EXPECT_EQ(door.call(bob, request).error, "400 CHANNEL_INVALID");
}

TEST_F(SearchTest, SearchesAreFreeButNotWithoutEnd) {
  auto flood = door.call(bob, tl::fn::channels::checkSearchPostsFlood{.query = "looms"});
  ASSERT_TRUE(flood) << flood.error;
  EXPECT_TRUE(flood->get_if<tl::searchPostsFlood>()->query_is_free);
  searchPosts request;
  request.query = "looms";
  request.offset_peer = tl::inputPeerEmpty{};
  request.limit = 1;
  for (int i = 0; i < services::Discovery::search_rate.burst; ++i) ASSERT_TRUE(door.call(bob, request));
  EXPECT_EQ(door.call(bob, request).error, "420 FLOOD_WAIT_1");
}

TEST_F(SearchTest, GlobalSearchIsOverOnesOwnDialogs) {
  tl::fn::messages::searchGlobal request;
  request.q = "looms";
  request.filter = tl::inputMessagesFilterEmpty{};
  request.offset_peer = tl::inputPeerEmpty{};
  request.limit = 10;
  auto answer = door.call(ada, request);
  ASSERT_TRUE(answer) << answer.error;
  EXPECT_EQ(answer->get_if<tl::messages::messages>()->messages.size(), 5u);
  answer = door.call(bob, request);
  ASSERT_TRUE(answer) << answer.error;
  EXPECT_TRUE(answer->get_if<tl::messages::messages>()->messages.empty());
  request.folder_id = 7;
  EXPECT_EQ(door.call(bob, request).error, "400 FOLDER_ID_INVALID");
  request.folder_id.reset();
  request.q.clear();
  EXPECT_EQ(door.call(bob, request).error, "400 SEARCH_QUERY_EMPTY");
}

TEST_F(SearchTest, WhoIsInNothingIsShownWhatMostPeopleRead) {
  auto answer = door.call(bob, tl::fn::channels::getChannelRecommendations{});
  ASSERT_TRUE(answer) << answer.error;
  const auto& chats = answer->get_if<tl::messages::chats>()->chats;
  ASSERT_EQ(chats.size(), 1u);
  EXPECT_EQ(chats[0].get_if<tl::channel>()->username, "ada_news");
}

}  // namespace
}  // namespace heliograph::api
