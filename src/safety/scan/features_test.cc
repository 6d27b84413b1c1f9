#include "safety/scan/features.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace heliograph::safety {
namespace {

std::vector<std::uint32_t> features(std::string_view text) {
  terms::Canonical canonical;
  terms::canonicalise(text, canonical);
  std::vector<std::uint32_t> found;
  extract_features(canonical, found);
  std::ranges::sort(found);
  return found;
}

// What a disguised text says is all in what the plain one says.
void expect_within(std::string_view disguised, std::string_view plain) {
  EXPECT_TRUE(std::ranges::includes(features(plain), features(disguised))) << disguised;
}

TEST(Features, OfADisguisedTextAreThoseOfThePlainOne) {
  expect_within("Sennnd meee the passsport", "send me the passport");
  expect_within("S.e.n.d m.e t.h.e p.a.s.s.p.o.r.t", "send me the passport");
  expect_within("d o n ' t   s e l l", "don't sell");
  expect_within("7h3 p4ssp0rt f0r m3 n0w", "the passport for me now");
  expect_within("sell mе thе рassроrt", "sell me the passport");  // Cyrillic е, р, о
}

TEST(Features, TellWordsApartThatDifferInADoubledLetter) {
  EXPECT_NE(features("butt"), features("but"));
  EXPECT_NE(features("fall"), features("fail"));
}

TEST(Features, AnApostropheJoinsAWordToItsEnding) {
  EXPECT_EQ(features("don't"), features("dont"));
  EXPECT_EQ(features("don\u2019t"), features("dont"));
  EXPECT_EQ(features("l'arme"), features("l arme"));
}

TEST(Features, OfNothingAreNone) {
  EXPECT_TRUE(features("").empty());
  EXPECT_TRUE(features("' '' .").empty());
}

}  // namespace
}  // namespace heliograph::safety
