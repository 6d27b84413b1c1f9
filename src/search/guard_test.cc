// What the guard lets pass, refuses and puts last, through the door that services use.
#include "search/guard.h"

#include <gmock/gmock.h>

#include "search/testing/fixture.h"

namespace heliograph::search {
namespace {

using terms::SearchEffect;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class GuardTest : public testing::Fixture {
 protected:
  void SetUp() override {
    Fixture::SetUp();
    terms(
        "category: illegal_goods\neffect: interstitial\ncocaine\n"
        "effect: block\nfake passport*\n"
        "effect: demote\nmoonshine\n"
        "countries: DE\neffect: block\nfireworks\ncountries:\n"
        "locale: de\nmist\nlocale:\n");
  }
  void terms(const std::string& list) {
    std::vector<terms::TermList> lists;
    lists.push_back(*terms::parse_terms("version: 1\nscore: 0\n" + list, "guard.terms"));
    guard.swap(terms::QueryGuard::build(*terms::TermSet::build(std::move(lists), 0), "", 0));
  }
  Opinion opinion(std::string text, Asker asker = {}) {
    return page({.text = std::move(text)}, {}, std::move(asker)).opinion();
  }
  std::string_view effect(std::string text, Asker asker = {}) {
    return terms::name(opinion(std::move(text), std::move(asker)).effect);
  }
  static std::vector<std::int32_t> numbers(const ResultPage& page) {
    std::vector<std::int32_t> out;
    for (const auto& hit : page.hits()) out.push_back(hit.key.message);
    return out;
  }
};

TEST_F(GuardTest, ARefusedQueryFindsNothingAndSaysWhy) {
  put(1, "cocaine and fake passports");
  for (const std::string text : {"cocaine", "c0caine", "kokain", "c o c a i n e"}) {
    const auto got = page({.text = text});
    EXPECT_THAT(got.hits(), IsEmpty()) << text;
    EXPECT_EQ(got.opinion().effect, SearchEffect::interstitial) << text;
    EXPECT_EQ(got.opinion().category, terms::Category::illegal_goods);
    EXPECT_THAT(got.opinion().terms, ElementsAre("guard/cocaine"));
    EXPECT_EQ(got.opinion().disguised, text != "cocaine") << text;
  }
  EXPECT_EQ(effect("fake passports"), "block");
  EXPECT_THAT(found("and"), ElementsAre(1));
}

TEST_F(GuardTest, OfTermsAndRulesTheStrongerCounts) {
  put(1, "cocaine");
  put(2, "a tool");
  guard.attach([](std::string_view text) {
    return text.contains("tool") ? Ruling{SearchEffect::block, terms::Category::violence} : Ruling{};
  });
  EXPECT_EQ(effect("a tool"), "block");
  EXPECT_EQ(opinion("a tool").category, terms::Category::violence);
  EXPECT_THAT(opinion("a tool").terms, IsEmpty());
  EXPECT_THAT(page({.text = "a tool"}, {}, {.show_anyway = true}).hits(), IsEmpty());
  EXPECT_EQ(effect("cocaine"), "interstitial");
  EXPECT_EQ(effect("cocaine tool"), "block");
  EXPECT_EQ(effect("bread"), "allow");
}

TEST_F(GuardTest, AnInterstitialIsShownToWhoWantsItAndABlockIsNot) {
  put(1, "cocaine");
  put(2, "fake passport");
  const Asker wants{.terms = {}, .show_anyway = true};
  const auto shown = page({.text = "cocaine"}, {}, wants);
  EXPECT_THAT(numbers(shown), ElementsAre(1));
  EXPECT_TRUE(shown.opinion().shown_anyway);
  EXPECT_THAT(page({.text = "fake passport"}, {}, wants).hits(), IsEmpty());
}

TEST_F(GuardTest, TermsOfACountryOrALanguageHoldForThose) {
  EXPECT_EQ(effect("fireworks"), "allow");
  EXPECT_EQ(effect("fireworks", {.terms = {.country = "FR", .language = {}}}), "allow");
  EXPECT_EQ(effect("fireworks", {.terms = {.country = "DE", .language = {}}}), "block");
  EXPECT_EQ(effect("mist", {.terms = {.country = {}, .language = "en"}}), "allow");
  EXPECT_EQ(effect("mist", {.terms = {.country = {}, .language = "de-AT"}}), "block");
  EXPECT_EQ(effect("mist"), "block") << "nothing is known of the client";
}

TEST_F(GuardTest, NewTermsHoldAtOnce) {
  put(1, "snowflakes");
  EXPECT_THAT(found("snowflakes"), ElementsAre(1));
  terms("category: illegal_goods\neffect: block\nsnowflakes\n");
  EXPECT_THAT(found("snowflakes"), IsEmpty());
  EXPECT_EQ(effect("cocaine"), "allow");
}

// Every tenth goes last.
Task<Result<std::vector<Footing>>> tens_last(std::vector<Hit> hits, bool) {
  std::vector<Footing> out;
  for (const auto& hit : hits) out.push_back(hit.key.message % 10 == 0 ? Footing::last : Footing::shown);
  co_return out;
}

TEST_F(GuardTest, WhatGoesLastIsBehindAllPages) {
  for (int id = 1; id <= 30; ++id) put(id, "word", 1'000 + id);
  std::vector<std::int32_t> got;
  Query query{.text = "word ", .order = Order::newest, .after = {}, .limit = 9};
  int pages = 0;
  do {
    const auto one = page(query, tens_last);
    for (const auto number : numbers(one)) got.push_back(number);
    query.after = one.next();
    ++pages;
  } while (query.after);
  EXPECT_EQ(pages, 4);  // three of 9, and one of those that go last
  std::vector<std::int32_t> expected;
  for (int id = 29; id > 0; --id) {
    if (id % 10 != 0) expected.push_back(id);
  }
  expected.insert(expected.end(), {30, 20, 10});
  EXPECT_EQ(got, expected);
}

TEST_F(GuardTest, ADemotedQueryIsAskedWarily) {
  put(1, "moonshine");
  bool told = false;
  const Filter filter = [&told](std::vector<Hit> hits, bool wary) -> Task<Result<std::vector<Footing>>> {
    told = wary;
    co_return std::vector<Footing>(hits.size(), wary ? Footing::last : Footing::shown);
  };
  EXPECT_THAT(numbers(page({.text = "moonshine"}, filter)), ElementsAre(1));
  EXPECT_TRUE(told);
  put(2, "sunshine");
  page({.text = "sunshine"}, filter);
  EXPECT_FALSE(told);
}

}  // namespace
}  // namespace heliograph::search
