#include "safety/cases/rank.h"

#include <gtest/gtest.h>

namespace heliograph::safety {
namespace {

constexpr UnixSeconds now = 1'800'000'000;

TEST(RankTest, SeverityConfidenceAndReachRaiseACase) {
  const Harm plain{.severity = 60, .permille = 500, .reach = 10, .since = now};
  auto severe = plain, sure = plain, wide = plain;
  severe.severity = 80;
  sure.permille = 900;
  wide.reach = 100'000;
  for (const auto& more : {severe, sure, wide}) EXPECT_GT(rank_of(more), rank_of(plain));
}

TEST(RankTest, WhatWaitsOvertakesWhatIsALittleWorse) {
  const Harm old{.severity = 50, .permille = 500, .since = now - 7 * 86'400};
  const Harm fresh{.severity = 60, .permille = 500, .since = now};
  EXPECT_GT(rank_of(old), rank_of(fresh));
}

TEST(RankTest, WhatCannotWaitAndOrdersComeBeforeAllElse) {
  const Harm old{.severity = 94, .permille = 1000, .reach = 1'000'000, .since = now - 365 * 86'400};
  const Harm grave{.severity = kCannotWait, .permille = 0, .since = now};
  const Harm ordered{.severity = 20, .permille = 0, .since = now, .ordered = true};
  EXPECT_GT(rank_of(grave), rank_of(old));
  EXPECT_GT(rank_of(ordered), rank_of(grave));
}

TEST(RankTest, AnOrderLeavesOneHour) {
  EXPECT_EQ(due_of(terms::Category::terrorism, true, now), now + 3600);
  EXPECT_EQ(due_of(terms::Category::spam, true, now), now + 3600);
  EXPECT_GT(due_of(terms::Category::spam, false, now), due_of(terms::Category::fraud, false, now));
}

}  // namespace
}  // namespace heliograph::safety
