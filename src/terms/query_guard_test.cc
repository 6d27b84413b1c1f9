#include "terms/query_guard.h"

#include <gtest/gtest.h>

namespace heliograph::terms {
namespace {

class QueryGuardTest : public testing::Test {
 protected:
  void SetUp() override {
    std::vector<TermList> lists;
    lists.push_back(
        *parse_terms("version: 1\ncategory: illegal_goods\nscore: 0\neffect: interstitial\nnot_near: help\n"
                     "cocaine\nheroin\nmephedrone\nкокаин\nfentanyl\nweed\n"
                     "effect: block\nnear: sale\ncocaine :: id=offer\nheroin :: id=offer2\nnear:\n"
                     "fake passport*\neffect: demote\nsnow :: near=sale\n"
                     "category: none\neffect: none\nnot_near:\nnear:\n"
                     "buy :: group=sale\naddiction :: group=help\nhelp :: group=help\n"
                     "cocaine bear :: effect=allow\n",
                     "guard.terms"));
    auto set = TermSet::build(std::move(lists), 0);
    ASSERT_TRUE(set) << set.error().message;
    guard_ = QueryGuard::build(*set, "# words\nheroine\nheroines\nhero in\n", 0);
  }
  std::string_view effect(std::string_view query) {
    guard_->check(query, scratch_, verdict_);
    return name(verdict_.effect);
  }
  std::shared_ptr<const QueryGuard> guard_;
  GuardScratch scratch_;
  GuardVerdict verdict_;
};

TEST_F(QueryGuardTest, TheStrongestTermDecides) {
  EXPECT_EQ(effect("cocaine"), "interstitial");
  EXPECT_EQ(effect("buy cocaine"), "block");
  EXPECT_EQ(effect("buy snow"), "demote");
  EXPECT_EQ(effect("snow tomorrow"), "allow");
  EXPECT_EQ(effect("fake passports"), "block");
  EXPECT_EQ(effect("passport"), "allow");
}

TEST_F(QueryGuardTest, DisguisesAndSlipsAreSeenThrough) {
  for (const std::string_view query :
       {"c0ca1ne", "c o c a i n e", "co.caine",       "соcaine",  "cocaiiine", "cocane",
        "cociane", "coccaine",      "kokain",         "kokaine",  "cocain",    "coc aine",
        "h3roin",  "herion",        "heroyn",         "fentanil", "mefedron",  "мефедрон",
        "кокаін",  "коkаин",        "ｃｏｃａｉｎｅ", "#cocaine", "cocaine24"}) {
    EXPECT_EQ(effect(query), "interstitial") << query;
  }
  EXPECT_EQ(effect("buy cocane"), "block");
  EXPECT_EQ(effect("fake pasport"), "block");
  EXPECT_EQ(effect("fakepassport"), "block");
  EXPECT_EQ(effect("buycocaine"), "block");
  EXPECT_EQ(effect("b u y c o c a i n e"), "block");
}

TEST_F(QueryGuardTest, OtherWordsAreLeftAlone) {
  for (const std::string_view query :
       {"heroine", "hero in a half shell", "heroin addiction help", "cocaine bear", "wed", "weekend", "cocoa",
        "caffeine", "seaweed recipe", "passport office", "buy shoes", "", "🎉", "fontaine", "medellin",
        "snow"}) {
    EXPECT_EQ(effect(query), "allow") << query;
  }
}

}  // namespace
}  // namespace heliograph::terms
