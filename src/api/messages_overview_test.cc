// Calendars, positions and edit data through the front door.
#include "api/testing/fixture.h"
#include "tl/api.h"

namespace heliograph::api {
namespace {

using testing::Caller;
namespace call = tl::fn::messages;

class MessagesOverviewTest : public testing::FrontDoorTest {
 protected:
  std::int32_t send(const Caller& from, const Caller& to, std::string text) {
    call::sendMessage request;
    request.peer = peer(from, to);
    request.message = std::move(text);
    request.random_id = ++last_random_id;
    return door.call(from, request)->get_if<tl::updateShortSentMessage>()->id;
  }

  Caller ada = door.world.sign_up("Ada", "Lovelace");
  Caller bob = door.world.sign_up("Bob");
  std::int64_t last_random_id = 7000;
};

TEST_F(MessagesOverviewTest, ACalendarShowsOneMessageForEachDay) {
  const auto first = send(ada, bob, "one");
  door.world.clock.advance(std::chrono::hours(48));
  const auto second = send(ada, bob, "two");
  const auto third = send(ada, bob, "three");
  call::getSearchResultsCalendar request;
  request.peer = peer(ada, bob);
  request.filter = tl::inputMessagesFilterEmpty{};
  for (const auto layer : {144, 228}) {
    const auto answer = door.call(ada, request, layer);
    ASSERT_TRUE(answer) << answer.error;
    const auto* calendar = answer.value->get_if<tl::messages::searchResultsCalendar>();
    EXPECT_EQ(calendar->count, 3);
    EXPECT_EQ(calendar->min_msg_id, first);
    ASSERT_EQ(calendar->periods.size(), 2U);
    ASSERT_EQ(calendar->messages.size(), 2U);
    const auto* day = calendar->periods[0].get_if<tl::searchResultsCalendarPeriod>();
    EXPECT_EQ(day->count, 2);
    EXPECT_EQ(day->min_msg_id, second);
    EXPECT_EQ(day->max_msg_id, third);
    EXPECT_EQ(calendar->messages[0].get_if<tl::message>()->id, second);
    EXPECT_FALSE(calendar->users.empty());
  }
}

TEST_F(MessagesOverviewTest, PositionsCountFromTheNewest) {
  const auto first = send(ada, bob, "one");
  send(ada, bob, "two");
  call::getSearchResultsPositions request;
  request.peer = peer(ada, bob);
  request.filter = tl::inputMessagesFilterEmpty{};
  request.limit = 100;
  const auto answer = door.call(ada, request);
  ASSERT_TRUE(answer) << answer.error;
  const auto* found = answer.value->get_if<tl::messages::searchResultsPositions>();
  EXPECT_EQ(found->count, 2);
  ASSERT_EQ(found->positions.size(), 2U);
  const auto* last = found->positions[1].get_if<tl::searchResultPosition>();
  EXPECT_EQ(last->msg_id, first);
  EXPECT_EQ(last->offset, 1);
}

TEST_F(MessagesOverviewTest, EditDataSaysWhetherAMessageMayBeEdited) {
  call::getMessageEditData request;
  request.peer = peer(ada, bob);
  request.id = send(ada, bob, "one");
  const auto data = door.call(ada, request);
  ASSERT_TRUE(data) << data.error;
  EXPECT_FALSE(data.value->get_if<tl::messages::messageEditData>()->caption);
  door.world.clock.advance(std::chrono::hours(49));
  EXPECT_EQ(door.call(ada, request).error, "400 MESSAGE_EDIT_TIME_EXPIRED");
  call::getMessageEditData of_another;
  of_another.peer = peer(bob, ada);
  of_another.id = 1;
  while (door.call(bob, of_another).error == "400 MESSAGE_ID_INVALID" && of_another.id < 9) ++of_another.id;
  EXPECT_EQ(door.call(bob, of_another).error, "403 MESSAGE_AUTHOR_REQUIRED");
}

}  // namespace
}  // namespace heliograph::api
