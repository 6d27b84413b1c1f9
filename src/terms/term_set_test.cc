#include "terms/term_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "terms/term_holder.h"

namespace heliograph::terms {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::shared_ptr<const TermSet> set_of(std::string_view text, UnixSeconds now = 1'700'000'000) {
  auto list = parse_terms("version: 1\ncategory: illegal_goods\n" + std::string(text), "test.terms");
  EXPECT_TRUE(list) << list.error().message;
  std::vector<TermList> lists;
  lists.push_back(std::move(*list));
  auto set = TermSet::build(std::move(lists), now);
  EXPECT_TRUE(set) << set.error().message;
  return *set;
}

// What was found, as the original has it.
std::vector<std::string> found(const TermSet& set, const std::string& text) {
  Canonical canonical;
  TermScratch scratch;
  std::vector<TermHit> hits;
  canonicalise(text, canonical);
  set.scan(canonical, scratch, hits);
  std::vector<std::string> all;
  for (const auto& hit : hits) all.push_back(text.substr(hit.begin, hit.end - hit.begin));
  return all;
}

TEST(TermSet, FindsWordsHoweverTheyAreWritten) {
  const auto set = set_of("weed\ncocaine\nheroin\nкокаин\nbuy meth\n");
  for (const std::string text :
       {"weed",           "WEED!",          "w33d",      "w e e d s a l e", "w.e.e.d",   "weeeeed",
        "wеed",           "w-e-e-d",        "ｗｅｅｄ",  "wee\u200bd",      "c0ca1n3",   "co-caine",
        "coca.ine",       "coc aine",       "cocaiiine", "cöcàïné",         "cocaine24", "#buycocainenow",
        "BuyCocaineHere", "cok@in cocaine", "кoкaин",    "к о к а и н",     "buy-meth",  "buy   m3th",
        "b.u.y m.e.t.h",  "#buymeth",       "her01n",    "🇨🇴🇨🇦🇮🇳🇪",         "𝔠𝔬𝔠𝔞𝔦𝔫𝔢"}) {
    EXPECT_FALSE(found(*set, text).empty()) << text;
  }
}

TEST(TermSet, LeavesOtherWordsAlone) {
  const auto set = set_of("weed\nass\npot\ncoon\nkill\nheroin\nnigger\nsex\nrape\n");
  for (const std::string text :
       {"seaweed", "wed",  "we would", "tweed", "grass", "as soon as", "class", "spot",
        "con",     "kilt", "heroine",  "Niger", "Essex", "Sussex",     "grape", "the rapist? no: therapist",
        "drape",   "s ex", "potato",   "ki",    "kiln"}) {
    EXPECT_THAT(found(*set, text), IsEmpty()) << text;
  }
}

TEST(TermSet, GivesThePlaceInTheOriginal) {
  const auto set = set_of("weed\n");
  EXPECT_THAT(found(*set, "Got w\u200b33d, and W.E.E.D here"), ElementsAre("w\u200b33d", "W.E.E.D"));
}

TEST(TermSet, ConditionsLookAround) {
  const auto set = set_of(
      "snow :: near=sale window=3\nsnow plough :: effect=allow category=none\n"
      "buy :: group=sale category=none\ncoke :: not_near=drink\ndiet :: group=drink category=none\n");
  EXPECT_THAT(found(*set, "buy some snow"), ElementsAre("snow"));
  EXPECT_THAT(found(*set, "buy a thing that melts in snow"), IsEmpty());
  EXPECT_THAT(found(*set, "so much snow today"), IsEmpty());
  EXPECT_THAT(found(*set, "diet coke please"), IsEmpty());
  EXPECT_THAT(found(*set, "coke please"), ElementsAre("coke"));
  EXPECT_THAT(found(*set, "buy a snow plough"), ElementsAre("snow plough"));
}

TEST(TermSet, KindsAndEndings) {
  const auto set = set_of("наркотик*\nkill :: kind=substring\n/[0-9]{1,3} ?gr?/\n2cb\n");
  EXPECT_THAT(found(*set, "продам наркотики"), ElementsAre("наркотик"));
  EXPECT_THAT(found(*set, "overkilling"), ElementsAre("kill"));
  EXPECT_THAT(found(*set, "only 50 gr left"), ElementsAre("50 gr"));
  EXPECT_THAT(found(*set, "2CB and zcb"), ElementsAre("2CB"));
}

TEST(TermSet, StateAndExpiryDecideWhatIsMatched) {
  const auto set =
      set_of("alpha :: state=proposed\nbravo :: state=retired\ncharlie :: expires=2020-01-01\ndelta\n");
  EXPECT_THAT(found(*set, "alpha bravo charlie delta"), ElementsAre("delta"));
  EXPECT_EQ(set->version(), "test@1");
}

TEST(TermSet, ACueThatNobodyDefinesIsAnError) {
  auto list = parse_terms("version: 1\ncategory: spam\nsnow :: near=sail\n", "a.terms");
  std::vector<TermList> lists;
  lists.push_back(std::move(*list));
  const auto set = TermSet::build(std::move(lists), 0);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().message, "a/snow (line 3): no term has group=sail");
}

TEST(TermSet, ManyTermsAreBuiltSoon) {
  std::string text = "version: 1\ncategory: spam\n";
  std::uint32_t state = 1;
  for (int i = 0; i < 20'000; ++i) {
    for (int k = 0; k < 9; ++k) {
      state = state * 1664525 + 1013904223;
      text += static_cast<char>('a' + (state >> 24) % 26);
    }
    text += '\n';
  }
  std::vector<TermList> lists;
  lists.push_back(*parse_terms(text, "many.terms"));
  const auto before = std::chrono::steady_clock::now();
  const auto set = TermSet::build(std::move(lists), 0);
  ASSERT_TRUE(set);
  EXPECT_EQ((*set)->size(), 20'000u);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(20));  // bench/ has the figure
}

TEST(TermHolder, SwapsWhileOthersScan) {
  TermHolder holder(set_of("alpha\n"));
  std::atomic<bool> stop = false;
  std::atomic<int> missed = 0;
  std::jthread scanning([&] {
    Canonical canonical;
    TermScratch scratch;
    std::vector<TermHit> hits;
    canonicalise("alpha", canonical);
    while (!stop) {
      holder.current()->scan(canonical, scratch, hits);
      missed += hits.size() != 1;
    }
  });
  for (int i = 0; i < 20; ++i) holder.swap(set_of("alpha\nbeta" + std::to_string(i) + "x\n"));
  stop = true;
  scanning.join();
  EXPECT_EQ(missed, 0);
}

}  // namespace
}  // namespace heliograph::terms
