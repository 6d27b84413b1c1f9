#include "transparency/tally_proof.h"

#include <gmock/gmock.h>

#include <numeric>

#include "crypto/random.h"

namespace heliograph::transparency {
namespace {

using crypto::Point;
using crypto::Scalar;
using ::testing::ElementsAre;

TEST(BitWeights, TheirSumsAreTheNumbersUpToTheMost) {
  EXPECT_THAT(bit_weights(0), ElementsAre());
  EXPECT_THAT(bit_weights(1), ElementsAre(1));
  EXPECT_THAT(bit_weights(4), ElementsAre(1, 2, 1));
  EXPECT_THAT(bit_weights(7), ElementsAre(1, 2, 4));
  EXPECT_THAT(bit_weights(9), ElementsAre(1, 2, 4, 2));
}

class TallyProofTest : public ::testing::Test {
 protected:
  void SetUp() override {
    claim.report = "2026-07-01/2026-10-01/1";
    claim.tree = {"example.org/ledger", 1000, {}};
    claim.first = 100;
    claim.end = 900;
  }
  // What entries with these cells, and padding, add up to.
  void count(const std::map<std::string, std::uint64_t>& counts) {
    for (const auto& [cell, number] : counts) {
      for (std::uint64_t i = 0; i < number; ++i) add(cell);
    }
    add("");
    hide_small(counts, listed, kThreshold, claim);
    numbers.clear();
    for (const auto& cell : claim.hidden) {
      const auto found = counts.find(cell);
      numbers.push_back(found == counts.end() ? 0 : found->second);
    }
  }
  void add(const std::string& cell) {
    const auto r = Scalar::generate(random);
    blinding = blinding + r;
    sum = sum + ledger::commit_cell(cell, r);
  }
  TallyProof proof() { return prove(claim, numbers, blinding, random); }

  crypto::SystemRandom random;
  Claim claim;
  std::vector<std::string> listed;
  std::vector<std::uint64_t> numbers;
  Scalar blinding;
  Point sum;
};

TEST_F(TallyProofTest, WhereNothingIsSmallTheBlindingIsShown) {
  count({{"content/fraud/ban/person", 7}, {"content/spam/remove/automated", 12}});
  const auto made = proof();
  ASSERT_TRUE(made.blinding);
  EXPECT_TRUE(verify(claim, sum, made));
  for (const auto change : {-1, 1}) {
    auto other = claim;
    other.shown["content/fraud/ban/person"] += static_cast<std::uint64_t>(change);
    EXPECT_EQ(verify(other, sum, made).error().code, "TALLY_WRONG");
  }
}

TEST_F(TallyProofTest, SmallCountsAreProvenToAddUpToTheirSum) {
  listed = {"a", "b", "c"};
  count({{"a", 3}, {"b", 4}, {"content/spam/remove/automated", 12}});
  EXPECT_THAT(claim.hidden, ElementsAre("a", "b", "c"));
  EXPECT_EQ(claim.hidden_sum, 7u);
  EXPECT_EQ(claim.hidden_most, 4u);
  const auto made = proof();
  EXPECT_FALSE(made.blinding);
  ASSERT_TRUE(verify(claim, sum, made)) << verify(claim, sum, made).error().message;
}

TEST_F(TallyProofTest, WhateverIsChangedIsSeen) {
  listed = {"a", "b", "c"};
  count({{"a", 3}, {"b", 4}, {"big", 12}});
  const auto made = proof();
  const auto refused = [&](const Claim& changed, const TallyProof& with) {
    const auto status = verify(changed, sum, with);
    return !status && (status.error().code == "TALLY_WRONG" || status.error().code == "CLAIM_INVALID");
  };
  auto other = claim;
  other.shown["big"] = 11;
  EXPECT_TRUE(refused(other, made));
  other = claim;
  other.hidden_sum = 6;
  EXPECT_TRUE(refused(other, made));
  other = claim;
  other.hidden = {"a", "b", "d"};  // renamed
  EXPECT_TRUE(refused(other, made));
  other = claim;
  other.hidden_most = 5;
  EXPECT_TRUE(refused(other, made));
  other = claim;
  other.report = "2026-07-01/2026-10-01/2";  // the proof is bound to the report
  EXPECT_TRUE(refused(other, made));
  other = claim;
  other.tree.root[0] ^= 1;
  EXPECT_TRUE(refused(other, made));
  other = claim;
  other.first = 101;
  EXPECT_TRUE(refused(other, made));

  for (std::size_t which = 0; which < made.hidden->bits.size(); ++which) {
    auto with = made;
    with.hidden->bits[which].answer_of_0 = with.hidden->bits[which].answer_of_0 + Scalar::of(1);
    EXPECT_TRUE(refused(claim, with)) << which;
    with = made;
    with.hidden->bits[which].challenge_of_0 = with.hidden->bits[which].challenge_of_0 + Scalar::of(1);
    EXPECT_TRUE(refused(claim, with)) << which;
  }
  auto with = made;
  with.hidden->answers[0] = with.hidden->answers[0] + Scalar::of(1);
  EXPECT_TRUE(refused(claim, with));
  // Moved between two answers, the sum stays right and the proof does not.
  with.hidden->answers[1] = with.hidden->answers[1] - Scalar::of(1);
  EXPECT_TRUE(refused(claim, with));
  with = made;
  with.hidden->bits.pop_back();
  EXPECT_TRUE(refused(claim, with));
  with = made;
  with.blinding = blinding;
  EXPECT_TRUE(refused(claim, with));
}

TEST_F(TallyProofTest, ACountBelowZeroOrOverTheMostCannotBeProven) {
  // Six of a, one less than none of b: the sum is right and each is out of bounds. Whoever knows all of it
  // can still not make bits of it; the best they have is the proof of other bits.
  listed = {"a", "b", "c"};
  for (int i = 0; i < 6; ++i) add("a");
  const auto r = Scalar::generate(random);
  blinding = blinding + r;
  sum = sum + (Point::base(r) - ledger::cell_point("b"));
  claim.hidden = {"a", "b", "c"};
  claim.hidden_sum = 5;
  claim.hidden_most = 4;
  numbers = {4, 1, 0};
  EXPECT_EQ(verify(claim, sum, proof()).error().code, "TALLY_WRONG");
}

TEST_F(TallyProofTest, AnEmptyRangeIsProvenToo) {
  listed = {"a", "b"};
  hide_small({}, listed, kThreshold, claim);
  numbers = {0, 0};
  claim.first = claim.end = 0;
  const auto made = proof();
  EXPECT_TRUE(verify(claim, Point{}, made));
  claim.hidden_sum = 1;
  EXPECT_FALSE(verify(claim, Point{}, made)) << "one that is nowhere";
}

TEST(HideSmall, OneHiddenCountIsNotGivenAwayByItsSum) {
  Claim claim;
  hide_small({{"a", 3}, {"b", 9}, {"c", 70}}, {}, 5, claim);
  EXPECT_THAT(claim.hidden, ElementsAre("a", "b"));
  EXPECT_EQ(claim.hidden_sum, 12u);
  EXPECT_EQ(claim.hidden_most, 9u);
  EXPECT_EQ(claim.shown.size(), 1u);
  // Nor two that are as large as they may be.
  hide_small({{"a", 4}, {"b", 4}, {"c", 70}, {"d", 6}}, {}, 5, claim);
  EXPECT_THAT(claim.hidden, ElementsAre("a", "b", "d"));
  EXPECT_EQ(claim.hidden_sum, 14u);
  // With nothing to hide among, it cannot be helped.
  hide_small({{"a", 3}}, {}, 5, claim);
  EXPECT_THAT(claim.hidden, ElementsAre("a"));
}

TEST(ClaimCheck, RefusesWhatCannotBe) {
  Claim good;
  good.report = "2026-07-01/2026-10-01/1";
  good.tree = {"example.org/ledger", 10, {}};
  good.end = 10;
  good.shown = {{"a", 5}};
  good.hidden = {"b", "c"};
  good.hidden_sum = 4;
  good.hidden_most = 4;
  EXPECT_TRUE(good.check());
  const auto refused = [&](auto change) {
    auto claim = good;
    change(claim);
    return !claim.check();
  };
  EXPECT_TRUE(refused([](Claim& c) { c.end = 11; }));
  EXPECT_TRUE(refused([](Claim& c) { c.first = 11; }));
  EXPECT_TRUE(refused([](Claim& c) { c.shown["a"] = 11; }));
  EXPECT_TRUE(refused([](Claim& c) { c.shown["a b"] = 1; }));
  EXPECT_TRUE(refused([](Claim& c) { c.hidden = {"c", "b"}; }));
  EXPECT_TRUE(refused([](Claim& c) { c.hidden = {"a", "b"}; }));
  EXPECT_TRUE(refused([](Claim& c) { c.hidden_sum = 9; }));
  EXPECT_TRUE(refused([](Claim& c) { c.hidden.clear(); }));
  EXPECT_TRUE(refused([](Claim& c) { c.report = "one\ntwo"; }));
  EXPECT_TRUE(refused([](Claim& c) { c.tree.origin = "a b"; }));
}

}  // namespace
}  // namespace heliograph::transparency
