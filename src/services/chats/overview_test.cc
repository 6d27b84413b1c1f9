#include "services/chats/overview.h"

#include "services/chats/erase.h"
#include "services/testing/chat.h"

namespace heliograph::services {
namespace {

using testing::World;

class OverviewTest : public testing::ChatTest {
 protected:
  // Three on the first day, two with a link on the second, one on the third.
  void SetUp() override {
    world.clock.advance(std::chrono::seconds(86400 - world.clock.unix_seconds() % 86400));
    for (const auto* text : {"one", "two", "three"}) ids.push_back(send(ada, bob.user, text).message.id);
    world.clock.advance(std::chrono::hours(24));
    for (const auto* text : {"https://a.example", "https://b.example"})
      ids.push_back(send(ada, bob.user, text).message.id);
    world.clock.advance(std::chrono::hours(24));
    ids.push_back(send(ada, bob.user, "six").message.id);
  }
  Search all() {
    Search search;
    search.peer = Peer::of(bob.user);
    return search;
  }
  Calendar calendar(Search search, MessageId offset_id = {}, UnixSeconds offset_date = 0) {
    return World::must(
        world.run(search_calendar(world.environment, ada.user, std::move(search), offset_id, offset_date)));
  }
  Positions positions(Search search, std::int32_t limit, MessageId offset_id = {}) {
    return World::must(
        world.run(search_positions(world.environment, ada.user, std::move(search), offset_id, limit)));
  }
  std::vector<MessageId> ids;
};

TEST_F(OverviewTest, ACalendarHasTheDaysNewestFirst) {
  const auto found = calendar(all());
  EXPECT_EQ(found.total, 6);
  EXPECT_EQ(found.newer, 0);
  EXPECT_EQ(found.oldest.id, ids[0]);
  ASSERT_EQ(found.days.size(), 3U);
  EXPECT_EQ(found.days[0].count, 1);
  EXPECT_EQ(found.days[1].count, 2);
  EXPECT_EQ(found.days[1].first.id, ids[3]);
  EXPECT_EQ(found.days[1].last_id, ids[4]);
  EXPECT_EQ(found.days[2].count, 3);
  EXPECT_EQ(found.days[2].first.text, "one");
}

TEST_F(OverviewTest, ACalendarGoesOnFromAnOffset) {
  const auto by_id = calendar(all(), ids[4]);
  ASSERT_EQ(by_id.days.size(), 2U);
  EXPECT_EQ(by_id.newer, 2);
  EXPECT_EQ(by_id.days[0].count, 1);
  EXPECT_EQ(by_id.days[0].first.id, ids[3]);
  const auto by_date = calendar(all(), {}, by_id.days[0].first.date);
  ASSERT_EQ(by_date.days.size(), 1U);
  EXPECT_EQ(by_date.days[0].count, 3);
}

TEST_F(OverviewTest, OnlyWhatTheFilterFindsCounts) {
  auto links = all();
  links.filter = Search::Filter::links;
  const auto found = calendar(links);
  EXPECT_EQ(found.total, 2);
  ASSERT_EQ(found.days.size(), 1U);
  EXPECT_EQ(found.oldest.id, ids[3]);
  auto photos = all();
  photos.filter = Search::Filter::none;
  EXPECT_TRUE(calendar(photos).days.empty());
  EXPECT_TRUE(positions(photos, 10).positions.empty());
  Search nowhere;
  EXPECT_EQ(world.run(search_calendar(world.environment, ada.user, nowhere, MessageId{}, 0)).error().code,
            "PEER_ID_INVALID");
}

TEST_F(OverviewTest, PositionsAreSpreadEvenly) {
  const auto every = positions(all(), 100);
  EXPECT_EQ(every.total, 6);
  ASSERT_EQ(every.positions.size(), 6U);
  EXPECT_EQ(every.positions[0].place.id, ids[5]);
  EXPECT_EQ(every.positions[5].offset, 5);
  const auto some = positions(all(), 3);
  ASSERT_EQ(some.positions.size(), 3U);
  EXPECT_EQ(some.positions[1].place.id, ids[3]);
  EXPECT_EQ(some.positions[2].offset, 4);
  const auto older = positions(all(), 100, ids[3]);
  EXPECT_EQ(older.total, 6);
  ASSERT_EQ(older.positions.size(), 3U);
  EXPECT_EQ(older.positions[0].offset, 3);
}

}  // namespace
}  // namespace heliograph::services
