#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;

constexpr Peer channel{PeerKind::channel, 5};

std::vector<std::int32_t> messages(const std::vector<SearchChange>& changes) {
  std::vector<std::int32_t> out;
  for (const auto& change : changes) out.push_back(change.message);
  return out;
}

TEST_P(StoreSuite, TheSearchLogKeepsChangesInTheirOrder) {
  EXPECT_EQ(must_read([](Tx& tx) { return tx.search_log().last(); }), 0);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.search_log().dropped(); }), 0);
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    for (const std::int32_t message : {7, 3, 7}) {
      HG_TRY(tx.search_log().append({0, SearchChange::Kind::one, channel, message}));
    }
    return tx.search_log().append({0, SearchChange::Kind::whole, channel, 0});
  }));
  const auto all = must_read([](Tx& tx) { return tx.search_log().after(0, 10); });
  EXPECT_THAT(messages(all), ElementsAre(7, 3, 7, 0));
  EXPECT_EQ(all[3], (SearchChange{4, SearchChange::Kind::whole, channel, 0}));
  EXPECT_THAT(messages(must_read([](Tx& tx) { return tx.search_log().after(1, 2); })), ElementsAre(3, 7));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.search_log().last(); }), 4);
}

TEST_P(StoreSuite, TheSearchLogForgetsAndNumbersOn) {
  const auto append = [](Tx& tx) { return tx.search_log().append({0, {}, channel, 1}); };
  ASSERT_TRUE(write(append));
  ASSERT_TRUE(write(append));
  ASSERT_TRUE(write([](Tx& tx) { return tx.search_log().drop_up_to(1); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.search_log().dropped(); }), 1);
  ASSERT_TRUE(write([](Tx& tx) { return tx.search_log().drop_up_to(2); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.search_log().dropped(); }), 2);
  reopen();
  ASSERT_TRUE(write(append));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.search_log().after(0, 10); }).front().number, 3);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.search_log().dropped(); }), 2);
}

}  // namespace
}  // namespace heliograph::store::suite
