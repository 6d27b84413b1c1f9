#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;

Deadline falls(std::int64_t case_id, std::string subject, UnixSeconds at,
               Deadline::Kind kind = Deadline::Kind::lift) {
  return Deadline{kind, case_id, std::move(subject), at};
}

TEST_P(StoreSuite, DeadlinesAreDueInTheirOrderAndGoWithTheirCase) {
  using Kind = Deadline::Kind;
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.deadlines().put(falls(1, "account/1", 300)));
    HG_TRY(tx.deadlines().put(falls(1, "account/1", 200)));  // moved
    HG_TRY(tx.deadlines().put(falls(1, "account/1", 500, Kind::free_name)));
    HG_TRY(tx.deadlines().put(falls(2, "channel/9", 100)));
    return tx.deadlines().put(falls(2, "channel/8", 150));
  }));
  const auto due = [this](UnixSeconds now) {
    std::vector<std::string> out;
    for (const auto& one : must_read([now](Tx& tx) { return tx.deadlines().due(now, 10); })) {
      out.push_back(one.subject + " " + std::to_string(one.at));
    }
    return out;
  };
  EXPECT_THAT(due(99), ElementsAre());
  EXPECT_THAT(due(200), ElementsAre("channel/9 100", "channel/8 150", "account/1 200"));
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.deadlines().erase(falls(1, "account/1", 0)));
    return tx.deadlines().erase_of(2, "channel/9");
  }));
  EXPECT_THAT(due(999), ElementsAre("channel/8 150", "account/1 500"));
  ASSERT_TRUE(write([](Tx& tx) { return tx.deadlines().erase_of(2, ""); }));
  EXPECT_THAT(due(999), ElementsAre("account/1 500"));
}

}  // namespace
}  // namespace heliograph::store::suite
