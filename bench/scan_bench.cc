// What the scan of public content costs: messages a second on one core through canonical form, 10,000 more
// terms, links, model and policy, whole and in parts; how long automatons take to build; what the search
// guard adds to a query.
//
//   build/bench/scan_bench [FILE.jsonl]     texts from FILE ("text"), else made from its own words
#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>

#include "safety/scan/built_in.h"
#include "safety/scan/features.h"
#include "safety/scan/scanner.h"
#include "safety/signals/signals.h"
#include "safety/signals/simhash.h"
#include "terms/query_guard.h"

#include "many_terms.h"

using namespace heliograph;

namespace {

using Stopwatch = std::chrono::steady_clock;

double seconds_since(Stopwatch::time_point start) {
  return std::chrono::duration<double>(Stopwatch::now() - start).count();
}

std::vector<std::string> texts_of(const char* file, std::mt19937& random) {
  std::vector<std::string> texts;
  if (file != nullptr) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line) && texts.size() < 20'000;) {
      const auto row = nlohmann::json::parse(line, nullptr, false);
      if (row.is_object() && row.contains("text")) texts.push_back(row["text"].get<std::string>());
    }
    return texts;
  }
  constexpr std::string_view kWords[] = {
      "the",     "party",  "tonight", "bring", "some",  "drinks", "and",      "we",    "can",   "watch",
      "a",       "game",   "at",      "my",    "place", "see",    "you",      "later", "maybe", "tomorrow",
      "morning", "coffee", "train",   "is",    "late",  "again",  "question", "about", "work"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (int k = 0; k < 20; ++k)
      text += std::string(kWords[random() % std::size(kWords)]) + (k % 7 == 6 ? ", " : " ");
    texts.push_back(std::move(text));
  }
  return texts;
}

// Of this thread: what others do on the machine does not count.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
double process_cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Calls `each` for all texts, three rounds; the best counts. Prints texts a second and microseconds each, of
// processor time.
template <typename Each>
void measure(const char* name, const std::vector<std::string>& texts, const Each& each) {
  double best = 1e9;
  for (int round = 0; round < 3; ++round) {
    const auto start = cpu_seconds();
    for (const auto& text : texts) each(text);
    best = std::min(best, cpu_seconds() - start);
  }
  std::cout << name << ": " << static_cast<long>(static_cast<double>(texts.size()) / best) << "/s, "
            << best / static_cast<double>(texts.size()) * 1e6 << " us each\n";
}

}  // namespace

int main(int argc, char** argv) {
  std::mt19937 random(1);
  const auto texts = texts_of(argc > 1 ? argv[1] : nullptr, random);
  std::size_t bytes = 0;
  for (const auto& text : texts) bytes += text.size();
  std::cout << texts.size() << " texts, " << bytes / std::max<std::size_t>(1, texts.size())
            << " bytes on average\n";

  auto start = Stopwatch::now();
  terms::character('a');
  std::cout << "character table: " << seconds_since(start) * 1e3 << " ms\n";
  for (const std::size_t count : {10'000, 100'000}) {
    std::vector<terms::TermList> lists;
    lists.push_back(bench::many_terms(count, random));
    start = Stopwatch::now();
    const auto cpu = process_cpu_seconds();
    const auto set = terms::TermSet::build(std::move(lists), 0);
    std::cout << "build " << count << " terms: " << seconds_since(start) << " s, "
              << process_cpu_seconds() - cpu << " s of processor time on two threads\n";
    if (count == 100'000 && set) {
      start = Stopwatch::now();
      const auto guard = terms::QueryGuard::build(*set, safety::built_in_ordinary_words(), 0);
      std::cout << "build the search guard over them: " << seconds_since(start) << " s\n";
      terms::GuardScratch scratch;
      terms::GuardVerdict verdict;
      std::vector<double> times;
      for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto query = texts[i].substr(0, 25);
        const auto before = Stopwatch::now();
        guard->check(query, scratch, verdict);
        times.push_back(seconds_since(before) * 1e6);
      }
      std::ranges::sort(times);
      std::cout << "search guard, 100,000 terms: p50 " << times[times.size() / 2] << " us, p99 "
                << times[times.size() * 99 / 100] << " us\n";
    }
  }

  start = Stopwatch::now();
  auto book = safety::load_rulebook({}, 1'800'000'000);
  if (!book) {
    std::cerr << book.error().message << '\n';
    return 1;
  }
  std::cout << "load what the program carries: " << seconds_since(start) * 1e3 << " ms, "
            << (*book)->terms->size() << " terms\n";
  auto larger = std::make_shared<safety::Rulebook>(**book);
  std::vector<terms::TermList> lists((*book)->terms->lists().begin(), (*book)->terms->lists().end());
  lists.push_back(bench::many_terms(10'000, random));
  larger->terms = *terms::TermSet::build(std::move(lists), 1'800'000'000);

  terms::Canonical canonical;
  terms::TermScratch scratch;
  std::vector<terms::TermHit> hits;
  std::vector<safety::Link> links;
  std::vector<std::uint32_t> features;
  measure("canonical form", texts, [&](const std::string& text) { terms::canonicalise(text, canonical); });
  measure("canonical form, terms", texts, [&](const std::string& text) {
    terms::canonicalise(text, canonical);
    larger->terms->scan(canonical, scratch, hits);
  });
  measure("links", texts, [&](const std::string& text) { safety::extract_links(text, links); });
  measure("canonical form, features", texts, [&](const std::string& text) {
    terms::canonicalise(text, canonical);
    safety::extract_features(canonical, features);
  });
  measure("canonical form, features, model", texts, [&](const std::string& text) {
    terms::canonicalise(text, canonical);
    safety::extract_features(canonical, features);
    larger->model->score(features);
  });
  safety::Scanner scanner;
  safety::Verdict verdict;
  measure("all", texts, [&](const std::string& text) { scanner.scan(*larger, text, {}, verdict); });

  // Signals beside it: the fingerprint, and looking and remembering with all memory full.
  measure("canonical form, features, fingerprint", texts, [&](const std::string& text) {
    terms::canonicalise(text, canonical);
    safety::extract_features(canonical, features);
    volatile auto print = safety::simhash(features);
    static_cast<void>(print);
  });
  safety::Signals signals;
  const safety::SignalRules rules;
  safety::Writing writing;
  writing.now = 1'800'000'000;
  std::mt19937_64 prints(2);
  const auto write = [&](std::uint64_t print) {
    writing.author = UserId{static_cast<std::int64_t>(prints() % 100'000 + 1)};
    writing.place = {PeerKind::channel, static_cast<std::int64_t>(prints() % 5'000 + 1)};
    writing.message = MessageId{writing.message.value + 1};
    signals.look(rules, writing, print, 0);
    signals.remember(rules, writing, print);
  };
  for (int i = 0; i < 200'000; ++i) write(prints() | 1);
  measure("signals, different texts", texts, [&](const std::string&) { write(prints() | 1); });
  const auto same = prints() | 1;
  measure("signals, one text again and again", texts, [&](const std::string&) { write(same); });

  std::vector<double> times;
  for (const auto& text : texts) {
    const auto before = Stopwatch::now();
    scanner.scan(*larger, text, {}, verdict);
    times.push_back(seconds_since(before) * 1e6);
  }
  std::ranges::sort(times);
  std::cout << "all, one text: p50 " << times[times.size() / 2] << " us, p99 "
            << times[times.size() * 99 / 100] << " us, worst " << times.back() << " us\n";
  return 0;
}
