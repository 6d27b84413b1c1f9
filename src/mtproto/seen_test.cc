#include "mtproto/seen.h"

#include <gtest/gtest.h>

namespace heliograph::mtproto {
namespace {

TEST(Seen, SequenceNumbersRiseWithIds) {
  Seen seen;
  ASSERT_TRUE(seen.insert(100, 5, 16));
  EXPECT_EQ(seen.fit(104, 7), SeqnoFit::fits);
  EXPECT_EQ(seen.fit(104, 5), SeqnoFit::too_low) << "equal and odd";
  EXPECT_EQ(seen.fit(104, 3), SeqnoFit::too_low);
  EXPECT_EQ(seen.fit(96, 3), SeqnoFit::fits);
  EXPECT_EQ(seen.fit(96, 5), SeqnoFit::too_high);
  EXPECT_EQ(seen.fit(96, 9), SeqnoFit::too_high);
}

TEST(Seen, ContainersTakeNoPartInTheOrder) {
  Seen seen;
  seen.insert(100, 5, 16);
  seen.insert(104, Seen::unordered, 16);
  EXPECT_EQ(seen.fit(108, 3), SeqnoFit::too_low) << "looks past the container";
  EXPECT_EQ(seen.fit(102, 7), SeqnoFit::fits);
}

TEST(Seen, IsBoundedAndKnowsWhatItForgot) {
  Seen seen;
  for (int i = 1; i <= 1000; ++i) ASSERT_TRUE(seen.insert(i * 4, i * 2 + 1, 64));
  EXPECT_LE(seen.count(), 64u);
  EXPECT_TRUE(seen.contains(4000));
  EXPECT_FALSE(seen.contains(4));
  EXPECT_GE(seen.floor(), 3740);
  EXPECT_FALSE(seen.insert(seen.floor() - 4, 1, 64)) << "cannot be told from a repetition";
}

TEST(Seen, ForgettingByAgeGivesMemoryBack) {
  Seen seen;
  for (int i = 1; i <= 64; ++i) seen.insert(i * 4, i * 2 + 1, 64);
  seen.forget_below(60 * 4);
  EXPECT_EQ(seen.floor(), 59 * 4);
  EXPECT_EQ(seen.count(), 5u);
  EXPECT_LE(seen.memory_bytes(), 14u * 16);
  seen.forget_below(1000);
  EXPECT_EQ(seen.highest(), 64 * 4) << "the highest id is remembered as the floor";
}

}  // namespace
}  // namespace heliograph::mtproto
