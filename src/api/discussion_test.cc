// Comments and whose messages are shown as, through the front door.
#include "services/groups/discussion.h"
#include "api/testing/fixture.h"
#include "services/groups/create.h"
#include "services/groups/settings.h"
#include "tl/api.h"

namespace heliograph::api {
namespace {

using services::testing::World;
using testing::Caller;
namespace call = tl::fn::messages;

class DiscussionApiTest : public testing::FrontDoorTest {
 protected:
  Peer make(bool broadcast) {
    services::NewChannel wanted;
    wanted.broadcast = broadcast;
    wanted.title = broadcast ? "News" : "Talk";
    auto& world = door.world;
    return World::must(
               world.run(services::create_channel(world.environment, world.services.limits, ada, wanted)))
        .peer;
  }
  DiscussionApiTest() {
    auto& world = door.world;
    World::must(world.run(services::set_chat_username(world.environment, ada, news, "the_news")));
    World::must(world.run(services::set_discussion_group(world.environment, ada, news, talk)));
  }
  auto send(const Caller& from, Peer peer, std::string text, std::int32_t reply_to = 0, Peer send_as = {}) {
    call::sendMessage request;
    request.peer = input(from, peer);
    request.message = std::move(text);
    request.random_id = ++last_random_id;
    if (reply_to != 0) {
      tl::inputReplyToMessage to;
      to.reply_to_msg_id = reply_to;
      request.reply_to = std::move(to);
    }
    if (send_as) request.send_as = input(from, send_as);
    return door.call(from, request);
  }
  template <typename Update>
  tl::message& message_in(tl::Box<tl::Updates>& updates) {
    for (auto& one : updates.get_if<tl::updates_>()->updates) {
      if (auto* found = one.get_if<Update>()) return *found->message.template get_if<tl::message>();
    }
    throw std::runtime_error("no such update");
  }
  auto discussion(const Caller& of, Peer peer, std::int32_t id) {
    call::getDiscussionMessage request;
    request.peer = input(of, peer);
    request.msg_id = id;
    return door.call(of, request);
  }

  Caller ada = door.world.sign_up("Ada");
  Caller bob = door.world.sign_up("Bob");
  Peer news = make(true);
  Peer talk = make(false);
  std::int64_t last_random_id = 0;
};

TEST_F(DiscussionApiTest, APostSaysWhereItsCommentsAreFromTheBeginning) {
  door.connect(ada);
  auto sent = send(ada, news, "it happened");
  ASSERT_TRUE(sent) << sent.error;
  auto& post = message_in<tl::updateNewChannelMessage>(*sent);
  const auto* replies = post.replies.get_if<tl::messageReplies>();
  ASSERT_NE(replies, nullptr);
  EXPECT_TRUE(replies->comments);
  EXPECT_EQ(replies->channel_id, talk.id);
  EXPECT_EQ(replies->replies, 0);
  EXPECT_EQ(sent->get_if<tl::updates_>()->chats.size(), 2u);
  // The session that sent the post is told of the copy by a push.
  auto told = door.told(ada);
  ASSERT_EQ(told.size(), 1u);
  const auto& copy = message_in<tl::updateNewChannelMessage>(told[0]);
  EXPECT_EQ(copy.peer_id.get_if<tl::peerChannel>()->channel_id, talk.id);
  EXPECT_EQ(copy.from_id.get_if<tl::peerChannel>()->channel_id, news.id);
  const auto* header = copy.fwd_from.get_if<tl::messageFwdHeader>();
  EXPECT_EQ(header->saved_from_msg_id, post.id);
  EXPECT_EQ(header->channel_post, post.id);
  EXPECT_TRUE(copy.pinned);
  EXPECT_FALSE(copy.out);
  EXPECT_TRUE(told[0].get_if<tl::updates_>()->users.empty()) << "who wrote the post is nobody's to know";
}

TEST_F(DiscussionApiTest, CommentsAreCountedForWhoeverLooks) {
  auto sent = send(ada, news, "it happened");
  const auto post = message_in<tl::updateNewChannelMessage>(*sent).id;
  auto found = discussion(bob, news, post);
  ASSERT_TRUE(found) << found.error;
  auto* opened = found->get_if<tl::messages::discussionMessage>();
  const auto top = opened->messages.at(0).get_if<tl::message>()->id;
  EXPECT_FALSE(opened->max_id);
  auto comment = send(bob, talk, "really?", top);
  ASSERT_TRUE(comment) << comment.error;
  const auto id = message_in<tl::updateNewChannelMessage>(*comment).id;
  call::getMessagesViews look;
  look.peer = input(ada, news);
  look.id = {post};
  auto views = door.call(ada, look);
  ASSERT_TRUE(views) << views.error;
  const auto* counted = views->get_if<tl::messages::messageViews>();
  const auto* replies = counted->views.at(0).get_if<tl::messageViews>()->replies.get_if<tl::messageReplies>();
  ASSERT_NE(replies, nullptr);
  EXPECT_EQ(replies->replies, 1);
  EXPECT_EQ(replies->max_id, id);
  EXPECT_EQ(replies->recent_repliers->at(0).get_if<tl::peerUser>()->user_id, bob.user.value);
  EXPECT_EQ(counted->users.size(), 1u);
  tl::fn::channels::exportMessageLink link;
  tl::inputChannel group;
  group.channel_id = talk.id;
  group.access_hash = input(ada, talk).get_if<tl::inputPeerChannel>()->access_hash;
  link.channel = std::move(group);
  link.id = id;
  link.thread = true;
  auto exported = door.call(ada, link);
  ASSERT_TRUE(exported) << exported.error;
  EXPECT_TRUE(exported->get_if<tl::exportedMessageLink>()->link.ends_with(
      "/the_news/" + std::to_string(post) + "?comment=" + std::to_string(id)));
}

TEST_F(DiscussionApiTest, AChannelAnswersInItsDiscussion) {
  for (const std::int32_t layer : {144, 228}) {
    tl::fn::channels::getSendAs request;
    request.peer = input(ada, talk);
    auto answer = door.call(ada, request, layer);
    ASSERT_TRUE(answer) << answer.error;
    auto* peers = answer->get_if<tl::channels::sendAsPeers>();
    EXPECT_EQ(layer == 144 ? peers->peers_l144.size() : peers->peers.size(), 2u);
    EXPECT_EQ(peers->chats.size(), 1u);
  }
  auto sent = send(ada, talk, "says the channel", 0, news);
  ASSERT_TRUE(sent) << sent.error;
  const auto& message = message_in<tl::updateNewChannelMessage>(*sent);
  EXPECT_EQ(message.from_id.get_if<tl::peerChannel>()->channel_id, news.id);
  EXPECT_TRUE(message.out);
  EXPECT_TRUE(sent->get_if<tl::updates_>()->users.empty());
  auto refused = send(bob, talk, "me too", 0, news);
  EXPECT_EQ(refused.error, "400 SEND_AS_PEER_INVALID");
  call::saveDefaultSendAs save;
  save.peer = input(ada, talk);
  save.send_as = input(ada, news);
  ASSERT_TRUE(door.call(ada, save));
  tl::fn::channels::getFullChannel full;
  tl::inputChannel group;
  group.channel_id = talk.id;
  group.access_hash = input(ada, talk).get_if<tl::inputPeerChannel>()->access_hash;
  full.channel = std::move(group);
  auto chat = door.call(ada, full);
  ASSERT_TRUE(chat) << chat.error;
  const auto* shown = chat->get_if<tl::messages::chatFull>()->full_chat.get_if<tl::channelFull>();
  EXPECT_EQ(shown->default_send_as.get_if<tl::peerChannel>()->channel_id, news.id);
  EXPECT_EQ(shown->online_count, 0);
}

}  // namespace
}  // namespace heliograph::api
