// What the search guard adds to a query with 100,000 guarded terms: ordinary queries
// (models/search/benign.txt), and such as are written to get past it. Times are of one thread, of each query
// the best of three, so that what else the machine does is not measured.
//
//   build/bench/guard_bench [TERMS]
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

#include "terms/query_guard.h"
#include "terms/testing/evasions.h"

#include "many_terms.h"

using namespace heliograph;

namespace {

using Stopwatch = std::chrono::steady_clock;

std::string contents(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return std::move(bytes).str();
}

void measure(const char* what, const terms::QueryGuard& guard, const std::vector<std::string>& queries) {
  terms::GuardScratch scratch;
  terms::GuardVerdict verdict;
  std::vector<double> micros;
  for (const auto& query : queries) guard.check(query, scratch, verdict);  // buffers grow
  for (const auto& query : queries) {
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
      const auto begun = Stopwatch::now();
      guard.check(query, scratch, verdict);
      best = std::min(best, std::chrono::duration<double, std::micro>(Stopwatch::now() - begun).count());
    }
    micros.push_back(best);
  }
  std::ranges::sort(micros);
  const auto at = [&](double part) {
    return micros[static_cast<std::size_t>(part * static_cast<double>(micros.size() - 1))];
  };
  std::cout << what << ": " << micros.size() << " queries, p50 " << at(0.5) << ", p99 " << at(0.99)
            << ", worst " << micros.back() << " us\n";
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::stoul(argv[1]) : 100'000;
  std::mt19937 random(1);
  auto lists = terms::load_term_folder(HELIOGRAPH_SOURCE_DIR "/rules/terms");
  if (!lists) return std::cerr << lists.error().message << "\n", 1;
  std::vector<std::string> texts;
  for (const auto& list : *lists) {
    for (const auto& term : list.terms) {
      if (term.effect >= terms::SearchEffect::demote && term.kind != terms::MatchKind::regex)
        texts.push_back(term.text);
    }
  }
  lists->push_back(bench::many_terms(count, random));
  auto begun = Stopwatch::now();
  const auto set = terms::TermSet::build(std::move(*lists), 0);
  if (!set) return std::cerr << set.error().message << "\n", 1;
  const auto guard =
      terms::QueryGuard::build(*set, contents(HELIOGRAPH_SOURCE_DIR "/rules/terms/ordinary.words"), 0);
  std::cout << (*set)->size() << " terms, built in "
            << std::chrono::duration<double>(Stopwatch::now() - begun).count() << " s\n";
  std::vector<std::string> ordinary, evading;
  std::istringstream lines(contents(HELIOGRAPH_SOURCE_DIR "/models/search/benign.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.front() != '#') ordinary.push_back(line);
  }
  for (const auto& text : texts) {
    for (std::size_t how = 0; how < terms::testing::kEvasionNames.size(); ++how) {
      auto evaded = terms::testing::evade(text, static_cast<terms::testing::Evasion>(how), random);
      if (evaded && random() % 4 == 0) evading.push_back(std::move(*evaded));
    }
  }
  measure("ordinary", *guard, ordinary);
  measure("evading", *guard, evading);
}
