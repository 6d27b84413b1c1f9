// Exporting an account, through the front door.
#include "api/testing/fixture.h"
#include "services/groups/create.h"
#include "services/groups/members.h"
#include "services/groups/settings.h"
#include "tl/api.h"

namespace heliograph::api {
namespace {

using testing::Caller;
using testing::World;
namespace fn = tl::fn;

class TakeoutTest : public testing::FrontDoorTest {
 protected:
  std::int32_t send(const Caller& from, const Caller& to, std::string text) {
    fn::messages::sendMessage request;
    request.peer = peer(from, to);
    request.message = std::move(text);
    request.random_id = ++last_random_id;
    return door.call(from, request)->get_if<tl::updateShortSentMessage>()->id;
  }
  std::int64_t begin(fn::account::initTakeoutSession request) {
    door.world.clock.advance(std::chrono::hours(24));
    return door.call(ada, request)->get_if<tl::account::takeout>()->id;
  }
  // As part of the export.
  template <typename Fn>
  testing::Answer<typename Fn::Reply> exporting(std::int64_t id, const Fn& request) {
    fn::invokeWithTakeout wrapper;
    wrapper.takeout_id = id;
    wrapper.query = World::must(tl::encode_request(request, 228));
    return door.call_for<typename Fn::Reply>(ada, wrapper, 228);
  }

  Caller ada = door.world.sign_up("Ada");
  Caller bob = door.world.sign_up("Bob");
  std::int64_t last_random_id = 4000;
};

TEST_F(TakeoutTest, ANewDeviceHasToWait) {
  EXPECT_EQ(door.call(ada, fn::account::initTakeoutSession{}).error, "420 TAKEOUT_INIT_DELAY_86400");
}

TEST_F(TakeoutTest, WhatIsForExportsOnlyNeedsOneThatWasBegunForIt) {
  EXPECT_EQ(door.call(ada, fn::contacts::getSaved{}).error, "403 TAKEOUT_REQUIRED");
  EXPECT_EQ(door.call(ada, fn::channels::getLeftChannels{}).error, "403 TAKEOUT_REQUIRED");
  EXPECT_EQ(door.call(ada, fn::account::finishTakeoutSession{}).error, "403 TAKEOUT_REQUIRED");
  EXPECT_EQ(exporting(77, fn::contacts::getSaved{}).error, "400 TAKEOUT_INVALID");

  fn::account::initTakeoutSession files;
  files.files = true;
  const auto id = begin(files);
  EXPECT_EQ(exporting(id, fn::contacts::getSaved{}).error, "403 TAKEOUT_REQUIRED");
  EXPECT_EQ(exporting(id, fn::channels::getLeftChannels{}).error, "403 TAKEOUT_REQUIRED");
  EXPECT_TRUE(*exporting(id, fn::account::finishTakeoutSession{}));
  EXPECT_EQ(exporting(id, fn::account::finishTakeoutSession{}).error, "400 TAKEOUT_INVALID");
}

TEST_F(TakeoutTest, ContactsComeWithTheirNumbersAndNames) {
  fn::contacts::addContact add;
  tl::inputUser who;
  who.user_id = bob.user.value;
  who.access_hash = peer(ada, bob).access_hash;
  add.id = who;
  add.first_name = "Robert";
  ASSERT_TRUE(door.call(ada, add));
  fn::account::initTakeoutSession contacts;
  contacts.contacts = true;
  const auto before = door.world.clock.unix_seconds();
  const auto saved = exporting(begin(contacts), fn::contacts::getSaved{});
  ASSERT_TRUE(saved) << saved.error;
  ASSERT_EQ(saved.value->size(), 1U);
  const auto* one = saved.value->front().get_if<tl::savedPhoneContact>();
  EXPECT_EQ(one->first_name, "Robert");
  EXPECT_EQ(one->date, before);
}

TEST_F(TakeoutTest, AnExportTakesLargerPagesAndPartsOfThem) {
  const auto first = send(ada, bob, "first");
  for (int i = 1; i < 120; ++i) send(ada, bob, std::to_string(i));
  fn::account::initTakeoutSession users;
  users.message_users = true;
  const auto id = begin(users);
  fn::messages::getHistory request;
  request.peer = peer(ada, bob);
  request.limit = 500;
  const auto size_of = [](auto answer) -> std::size_t {
    if (!answer) return 0;
    if (const auto* all = answer->template get_if<tl::messages::messages>()) return all->messages.size();
    return answer->template get_if<tl::messages::messagesSlice>()->messages.size();
  };
  EXPECT_EQ(size_of(door.call(ada, request)), 100U);
  EXPECT_EQ(size_of(exporting(id, request)), 120U);

  const auto ranges = exporting(id, fn::messages::getSplitRanges{});
  ASSERT_TRUE(ranges) << ranges.error;
  ASSERT_EQ(ranges.value->size(), 1U);
  const auto* whole = ranges.value->front().get_if<tl::messageRange>();
  const auto in_range = [&](std::int32_t min, std::int32_t max) {
    fn::invokeWithMessagesRange wrapper;
    wrapper.range = tl::messageRange{.min_id = min, .max_id = max};
    wrapper.query = World::must(tl::encode_request(request, 228));
    fn::invokeWithTakeout outer;
    outer.takeout_id = id;
    outer.query = World::must(tl::encode_request(wrapper, 228));
    return size_of(door.call_for<fn::messages::getHistory::Reply>(ada, outer, 228));
  };
  EXPECT_EQ(in_range(whole->min_id, whole->max_id), 120U);
  const auto last = send(ada, bob, "last");
  EXPECT_EQ(in_range(last, last), 1U);
  EXPECT_EQ(in_range(first + 10, first + 19), 10U);
  EXPECT_EQ(in_range(last + 1, whole->max_id), 0U);
  EXPECT_EQ(in_range(10, 5), 0U);
}

TEST_F(TakeoutTest, ChannelsThatWereLeftAreListed) {
  services::NewChannel wanted;
  wanted.broadcast = true;
  wanted.title = "News";
  auto& world = door.world;
  const auto made =
      World::must(world.run(services::create_channel(world.environment, world.services.limits, bob, wanted)));
  World::must(world.run(services::set_chat_username(world.environment, bob, made.peer, "the_news")));
  ASSERT_TRUE(world.run(services::join(world.environment, ada, made.peer)));
  fn::account::initTakeoutSession channels;
  channels.message_channels = true;
  const auto id = begin(channels);
  const auto left = [&](std::int32_t offset) {
    fn::channels::getLeftChannels request;
    request.offset = offset;
    return exporting(id, request);
  };
  EXPECT_TRUE(left(0)->get_if<tl::messages::chats>()->chats.empty());
  ASSERT_TRUE(world.run(services::leave(world.environment, ada, made.peer)));
  const auto answer = left(0);
  ASSERT_TRUE(answer) << answer.error;
  const auto& chats = answer.value->get_if<tl::messages::chats>()->chats;
  ASSERT_EQ(chats.size(), 1U);
  const auto* channel = chats.front().get_if<tl::channel>();
  ASSERT_NE(channel, nullptr);
  EXPECT_EQ(channel->title, "News");
  EXPECT_TRUE(channel->left);
  const auto rest = left(1);
  EXPECT_EQ(rest.value->get_if<tl::messages::chatsSlice>()->count, 1);
}

TEST_F(TakeoutTest, ThereIsNoFileOfOtherData) {
  fn::account::initTakeoutSession files;
  files.files = true;
  fn::upload::getFile request;
  request.location = tl::inputTakeoutFileLocation{};
  request.limit = 4096;
  EXPECT_EQ(exporting(begin(files), request).error, "400 TAKEOUT_FILE_EMPTY");
}

}  // namespace
}  // namespace heliograph::api
