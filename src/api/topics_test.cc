// Topics through the front door: both names of each method, and what each layer is told.
#include "api/testing/fixture.h"
#include "services/groups/create.h"
#include "services/groups/forum.h"
#include "services/groups/members.h"
#include "services/groups/settings.h"
#include "tl/api.h"

namespace heliograph::api {
namespace {

using services::testing::World;
using testing::Caller;
namespace channels = tl::fn::channels;
namespace messages = tl::fn::messages;

class TopicsApiTest : public testing::FrontDoorTest {
 protected:
  Peer make() {
    services::NewChannel wanted;
    wanted.title = "Forum";
    wanted.forum = true;
    auto& world = door.world;
    const auto peer = World::must(world.run(services::create_channel(world.environment, world.services.limits,
                                                                     ada, wanted)))
                          .peer;
    World::must(world.run(services::set_chat_username(world.environment, ada, peer, "the_forum")));
    World::must(world.run(services::join(world.environment, bob, peer)));
    return peer;
  }
  tl::Box<tl::InputChannel> channel(const Caller& who) {
    const auto peer = input(who, forum);
    const auto* given = peer.get_if<tl::inputPeerChannel>();
    tl::inputChannel wire;
    wire.channel_id = given->channel_id;
    wire.access_hash = given->access_hash;
    return wire;
  }
  static tl::updates_& whole(tl::Box<tl::Updates>& updates) { return *updates.get_if<tl::updates_>(); }
  template <typename Update>
  static int count(const tl::updates_& updates) {
    int n = 0;
    for (const auto& one : updates.updates) n += one.is<Update>() ? 1 : 0;
    return n;
  }
  std::int32_t created(tl::Box<tl::Updates>& updates) {
    return whole(updates).updates.front().get_if<tl::updateMessageID>()->id;
  }

  Caller ada = door.world.sign_up("Ada");
  Caller bob = door.world.sign_up("Bob");
  Peer forum = make();
};

TEST_F(TopicsApiTest, OldAndNewNamesDoTheSame) {
  channels::createForumTopic older;
  older.channel = channel(ada);
  older.title = "Cars";
  older.random_id = 1;
  auto made = door.call(ada, older, 198);
  ASSERT_TRUE(made) << made.error;
  const auto cars = created(*made);
  messages::createForumTopic newer;
  newer.peer = input(ada, forum);
  newer.title = "Boats";
  newer.random_id = 2;
  ASSERT_TRUE(door.call(ada, newer, 229));

  channels::getForumTopics by_channel;
  by_channel.channel = channel(bob);
  by_channel.limit = 10;
  auto page = door.call(bob, by_channel, 167);
  ASSERT_TRUE(page) << page.error;
  const auto& topics = page->get_if<tl::messages::forumTopics>()->topics;
  ASSERT_EQ(topics.size(), 3U);
  EXPECT_EQ(topics[1].get_if<tl::forumTopic>()->title, "Cars");
  EXPECT_EQ(page->get_if<tl::messages::forumTopics>()->messages.size(), 3U);

  messages::getForumTopicsByID by_id;
  by_id.peer = input(bob, forum);
  by_id.topics = {cars, 4711};
  auto named = door.call(bob, by_id);
  ASSERT_TRUE(named) << named.error;
  const auto& found = named->get_if<tl::messages::forumTopics>()->topics;
  EXPECT_EQ(found[0].get_if<tl::forumTopic>()->id, cars);
  EXPECT_EQ(found[0].get_if<tl::forumTopic>()->peer.get_if<tl::peerChannel>()->channel_id, forum.id);
  EXPECT_EQ(found[1].get_if<tl::forumTopicDeleted>()->id, 4711);

  messages::createForumTopic elsewhere;
  elsewhere.peer = peer(ada, bob);
  elsewhere.title = "Cars";
  elsewhere.random_id = 3;
  EXPECT_EQ(door.call(ada, elsewhere).error, "400 PEER_ID_INVALID");
}

TEST_F(TopicsApiTest, EachLayerIsToldOfPinsInItsWords) {
  messages::createForumTopic make_one;
  make_one.peer = input(ada, forum);
  make_one.title = "Cars";
  make_one.random_id = 1;
  auto made = door.call(ada, make_one);
  ASSERT_TRUE(made) << made.error;
  channels::updatePinnedForumTopic pin;
  pin.channel = channel(ada);
  pin.topic_id = created(*made);
  pin.pinned = true;
  auto older = door.call(ada, pin, 198);
  ASSERT_TRUE(older) << older.error;
  EXPECT_EQ(count<tl::updateChannelPinnedTopic>(whole(*older)), 1);
  EXPECT_EQ(count<tl::updatePinnedForumTopic>(whole(*older)), 0);

  door.connect(bob);
  messages::updatePinnedForumTopic unpin;
  unpin.peer = input(ada, forum);
  unpin.topic_id = pin.topic_id;
  auto newer = door.call(ada, unpin, 228);
  ASSERT_TRUE(newer) << newer.error;
  EXPECT_EQ(count<tl::updateChannelPinnedTopic>(whole(*newer)), 0);
  EXPECT_EQ(count<tl::updatePinnedForumTopic>(whole(*newer)), 1);
  auto told = door.told(bob);
  ASSERT_EQ(told.size(), 1U);
  const auto& update = *whole(told.front()).updates.front().get_if<tl::updatePinnedForumTopic>();
  EXPECT_FALSE(update.pinned);
  EXPECT_EQ(update.topic_id, pin.topic_id);
}

TEST_F(TopicsApiTest, AnOldLayerSeesAGroupAndItsMessages) {
  messages::createForumTopic make_one;
  make_one.peer = input(ada, forum);
  make_one.title = "Cars";
  make_one.random_id = 1;
  ASSERT_TRUE(door.call(ada, make_one));
  messages::getHistory history;
  history.peer = input(bob, forum);
  history.limit = 10;
  auto page = door.call(bob, history, 144);
  ASSERT_TRUE(page) << page.error;
  const auto& shown = page->get_if<tl::messages::channelMessages>()->messages;
  ASSERT_EQ(shown.size(), 3U);
  EXPECT_TRUE(shown.front().get_if<tl::messageService>()->action.is<tl::messageActionEmpty>());
}

TEST_F(TopicsApiTest, TabsAreAWishOfNewLayers) {
  channels::toggleForum tabs;
  tabs.channel = channel(ada);
  tabs.enabled = true;
  tabs.tabs = true;
  auto turned = door.call(ada, tabs);
  ASSERT_TRUE(turned) << turned.error;
  const auto& chat = *whole(*turned).chats.front().get_if<tl::channel>();
  EXPECT_TRUE(chat.forum && chat.forum_tabs);
  EXPECT_EQ(door.call(ada, tabs).error, "400 CHAT_NOT_MODIFIED");
  tabs.enabled = false;
  ASSERT_TRUE(door.call(ada, tabs, 198));
  tabs.channel = channel(bob);
  tabs.enabled = true;
  EXPECT_EQ(door.call(bob, tabs).error, "400 CHAT_ADMIN_REQUIRED");
}

}  // namespace
}  // namespace heliograph::api
