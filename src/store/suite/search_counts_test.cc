// How often what is searched for, by day.
#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_P(StoreSuite, SearchesAddUpByDay) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.search_counts().add(SearchAsked{"blue fairy", 100, 5}));
    HG_TRY(tx.search_counts().add(SearchAsked{"blue fairy", 100, 2}));
    HG_TRY(tx.search_counts().add(SearchAsked{"blue fairy", 101, 1}));
    HG_TRY(tx.search_counts().add(SearchAsked{"weather", 101, 7}));
    return tx.search_counts().add(SearchAsked{"rare", 101, 1});
  }));
  const auto most = [this](Day from, std::int64_t least) {
    std::vector<std::string> out;
    for (const auto& one :
         must_read([=](Tx& tx) { return tx.search_counts().most_asked(from, least, 10); })) {
      out.push_back(one.words + " " + std::to_string(one.asked) + " " + std::to_string(one.day));
    }
    return out;
  };
  EXPECT_THAT(most(100, 2), ElementsAre("blue fairy 8 101", "weather 7 101"));
  EXPECT_THAT(most(101, 1), ElementsAre("weather 7 101", "blue fairy 1 101", "rare 1 101"));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.search_counts().asked("blue fairy", 100); }), 8);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.search_counts().asked("nobody", 100); }), 0);

  ASSERT_TRUE(write([](Tx& tx) { return tx.search_counts().drop_before(101); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.search_counts().asked("blue fairy", 0); }), 1);
}

TEST_P(StoreSuite, WhatASearchLedToAddsUp) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.search_counts().add(SearchLed{"blue fairy", "channel/9", 100, 2}));
    HG_TRY(tx.search_counts().add(SearchLed{"blue fairy", "channel/9", 101, 3}));
    HG_TRY(tx.search_counts().add(SearchLed{"blue fairy", "message/channel/9/31", 101, 1}));
    return tx.search_counts().add(SearchLed{"weather", "channel/8", 101, 9});
  }));
  const auto led = must_read([](Tx& tx) { return tx.search_counts().led_to("blue fairy", 100, 10); });
  ASSERT_EQ(led.size(), 2U);
  EXPECT_EQ(led[0].subject, "channel/9");
  EXPECT_EQ(led[0].shown, 5);
  EXPECT_EQ(led[1].shown, 1);
  ASSERT_TRUE(write([](Tx& tx) { return tx.search_counts().drop_before(102); }));
  EXPECT_THAT(must_read([](Tx& tx) { return tx.search_counts().led_to("weather", 0, 10); }), IsEmpty());
}

TEST_P(StoreSuite, AGuardedTermIsWatchedByDay) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.search_counts().add(TermMet{"guarded/1", 101, 3, 1, 0, 0}));
    HG_TRY(tx.search_counts().add(TermMet{"guarded/1", 100, 1, 0, 1, 0}));
    return tx.search_counts().add(TermMet{"guarded/1", 101, 1, 1, 0, 2});
  }));
  const auto met = must_read([](Tx& tx) { return tx.search_counts().met("guarded/1", 100); });
  ASSERT_EQ(met.size(), 2U);
  EXPECT_EQ(met[0].shown_anyway, 1);
  EXPECT_EQ(met[1].day, 101);
  EXPECT_EQ(met[1].asked, 4);
  EXPECT_EQ(met[1].evaded, 2);
  EXPECT_EQ(met[1].overblocked, 2);
}

}  // namespace
}  // namespace heliograph::store::suite
