// How much of what people write to get past the guard it sees through, and how much it stops without need:
//   build/dev/src/terms/terms_test --gtest_filter='GuardQuality.*'
// prints the figures of docs/search.md. The first are made from every guarded term of the shipped lists
// (terms/testing/evasions.h), the second are models/search/benign.txt.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "terms/query_guard.h"
#include "terms/testing/evasions.h"

namespace heliograph::terms {
namespace {

using testing::Evasion;
using testing::kEvasionNames;

constexpr double recall_least = 0.95, touched_most = 0.005;

class GuardQuality : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto lists = load_term_folder(HELIOGRAPH_SOURCE_DIR "/rules/terms");
    ASSERT_TRUE(lists) << lists.error().message;
    const auto set = TermSet::build(std::move(*lists), 0);
    ASSERT_TRUE(set) << set.error().message;
    std::ifstream in(HELIOGRAPH_SOURCE_DIR "/rules/terms/ordinary.words");
    std::ostringstream ordinary;
    ordinary << in.rdbuf();
    guard = QueryGuard::build(*set, ordinary.str(), 0);
  }
  bool touched(std::string_view query) {
    guard->check(query, scratch, verdict);
    return verdict.effect >= SearchEffect::demote;
  }
  // The term as a query that is guarded, with a word of sale where it takes one; none: it takes more.
  std::optional<std::pair<std::string, std::string>> guarded_query(std::string text) {
    if (text.find('*') != text.npos) text.erase(text.find('*'), 1);
    for (const std::string before : {"", "buy ", "купить ", "kaufen "}) {
      if (touched(before + text)) return std::pair(before, text);
    }
    return std::nullopt;
  }

  static inline std::shared_ptr<const QueryGuard> guard;
  GuardScratch scratch;
  GuardVerdict verdict;
};

TEST_F(GuardQuality, SeesThroughEvasions) {
  const bool verbose = std::getenv("GUARD_MISSES") != nullptr;
  std::mt19937 random(1);
  std::size_t all = 0, all_seen = 0, guarded_terms = 0;
  std::array<std::pair<std::size_t, std::size_t>, kEvasionNames.size()> counts{};
  for (const auto& list : guard->set().lists()) {
    for (const auto& term : list.terms) {
      if (term.state != TermState::active || term.effect < SearchEffect::demote ||
          term.kind == MatchKind::regex) {
        continue;
      }
      const auto query = guarded_query(term.text);
      if (!query) continue;
      ++guarded_terms;
      for (std::size_t how = 0; how < kEvasionNames.size(); ++how) {
        const auto evaded = testing::evade(query->second, static_cast<Evasion>(how), random);
        if (!evaded) continue;
        const bool seen = touched(query->first + *evaded);
        if (!seen && verbose)
          std::cout << kEvasionNames[how] << "\t" << query->first << *evaded << "\t" << term.id << "\n";
        ++counts[how].first;
        counts[how].second += seen ? 1 : 0;
      }
    }
  }
  for (std::size_t how = 0; how < kEvasionNames.size(); ++how) {
    const auto [made, seen] = counts[how];
    all += made, all_seen += seen;
    std::cout << kEvasionNames[how] << ": " << seen << " of " << made << " ("
              << 100.0 * static_cast<double>(seen) / static_cast<double>(std::max<std::size_t>(made, 1))
              << " %)\n";
  }
  const auto recall = static_cast<double>(all_seen) / static_cast<double>(all);
  std::cout << guarded_terms << " terms, " << all << " evasions: " << 100 * recall << " % seen\n";
  EXPECT_GE(recall, recall_least);
}

TEST_F(GuardQuality, LeavesOrdinaryQueriesAlone) {
  const char* const other = std::getenv("GUARD_BENIGN");  // a list of one's own
  std::ifstream in(other != nullptr ? other : HELIOGRAPH_SOURCE_DIR "/models/search/benign.txt");
  ASSERT_TRUE(in);
  std::size_t all = 0, stopped = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    ++all;
    if (!touched(line)) continue;
    ++stopped;
    std::cout << line << "\t" << (verdict.hits.empty() ? "" : verdict.hits.front().term->id) << "\n";
  }
  ASSERT_GE(all, 2'000U);
  std::cout << stopped << " of " << all << " ordinary queries touched ("
            << 100.0 * static_cast<double>(stopped) / static_cast<double>(all) << " %)\n";
  EXPECT_LE(static_cast<double>(stopped), touched_most * static_cast<double>(all));
}

// How rules/terms/ordinary.words is made: of the words of a dictionary those that the guard would take for
// one of its own.
//   ORDINARY_FROM=/usr/share/dict/words terms_test --gtest_also_run_disabled_tests
//   --gtest_filter='*OrdinaryWords'
TEST_F(GuardQuality, DISABLED_OrdinaryWords) {
  const char* const dictionary = std::getenv("ORDINARY_FROM");
  ASSERT_TRUE(dictionary != nullptr) << "ORDINARY_FROM names a file with a word a line";
  std::ifstream in(dictionary);
  for (std::string word; std::getline(in, word);) {
    const auto taken = guard->taken_for(word, scratch);
    if (!taken.empty()) std::cout << word << "\t" << taken << "\n";
  }
}

}  // namespace
}  // namespace heliograph::terms
