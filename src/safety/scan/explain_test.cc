#include "safety/scan/explain.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace heliograph::safety {
namespace {

using ::testing::IsEmpty;

std::shared_ptr<const Rulebook> shipped_book() {
  static const auto book = *load_rulebook({}, 0);
  return book;
}

TEST(Explain, TermsAreShownWhereTheyStandHoweverTheyAreWritten) {
  const std::string text = "Fresh c0caine, ask me";
  const auto spans = terms_in(*shipped_book(), text);
  ASSERT_FALSE(spans.empty());
  EXPECT_EQ(text.substr(spans.front().begin, spans.front().end - spans.front().begin), "c0caine");
  EXPECT_FALSE(spans.front().term.empty());
  EXPECT_THAT(terms_in(*shipped_book(), "Bread and butter"), IsEmpty());
  EXPECT_EQ(canonical_text("C0CAINE"), "cocaine");
}

TEST(Explain, TheWordsThatTheModelGoesByWeighMost) {
  const auto weighed = weigh_words(*shipped_book()->model, "the very best cocaine for sale, write me today",
                                   terms::Category::illegal_goods, 9);
  const auto word = std::ranges::find(weighed, "cocaine", &Weighed::text);
  ASSERT_NE(word, weighed.end());
  EXPECT_GT(word->weight, 0) << "it speaks for it";
  for (std::size_t i = 1; i < weighed.size(); ++i) {
    EXPECT_GE(std::abs(weighed[i - 1].weight), std::abs(weighed[i].weight));
  }
}

TEST(Explain, WhateverTextItIsGivenItEnds) {
  const auto& model = *shipped_book()->model;
  EXPECT_THAT(weigh_words(model, "", terms::Category::fraud, 5), IsEmpty());
  EXPECT_THAT(weigh_words(model, " \n\t ", terms::Category::fraud, 5), IsEmpty());
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "word" + std::to_string(i) + " ";
  EXPECT_LE(weigh_words(model, many, terms::Category::fraud, 100).size(), words_weighed);
  weigh_words(model, "\xff\xfe \xff", terms::Category::fraud, 5);
}

}  // namespace
}  // namespace heliograph::safety
