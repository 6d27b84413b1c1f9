#include "services/limits.h"

#include <gtest/gtest.h>

namespace heliograph::services {
namespace {

using std::chrono::seconds;

TEST(Limits, ABurstThenOneAnInterval) {
  ManualClock clock;
  Limits limits(clock);
  const Rate rate{3, seconds(10)};
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limits.take("send", "ann", rate));
  const auto refused = limits.take("send", "ann", rate);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "FLOOD_WAIT");
  EXPECT_EQ(refused.error().wait_seconds, 10);
  EXPECT_TRUE(limits.take("send", "bob", rate)) << "others are not affected";
  EXPECT_TRUE(limits.take("edit", "ann", rate)) << "other acts are not affected";
  clock.advance(seconds(10));
  EXPECT_TRUE(limits.take("send", "ann", rate));
  EXPECT_FALSE(limits.take("send", "ann", rate));
}

TEST(Limits, ARefusalDoesNotProlongTheWait) {
  ManualClock clock;
  Limits limits(clock);
  const Rate rate{1, seconds(10)};
  EXPECT_TRUE(limits.take("x", "a", rate));
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(limits.take("x", "a", rate));
  clock.advance(seconds(10));
  EXPECT_TRUE(limits.take("x", "a", rate));
}

TEST(Limits, MemoryIsBoundedWhenStrangersComeInMillions) {
  ManualClock clock;
  Limits limits(clock);
  for (std::size_t i = 0; i < 2 * Limits::buckets_max; ++i) {
    ASSERT_TRUE(limits.take("x", std::to_string(i), Rate{1, seconds(1000)}));
  }
}

}  // namespace
}  // namespace heliograph::services
