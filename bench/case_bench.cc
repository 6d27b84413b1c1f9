// The queue of cases at a size that nobody wishes for: how long moderators wait.
//
//   case_bench [--dir DIR] [--cases N] [--rounds N]
//
// Fills a store with N open cases (1,000,000 unless said), then prints the median and the 99th percentile of:
// a page of 50 of the queue, of one category and language, what one person holds, a claim of the next one, a
// report that joins a case, the figures of a queue, those of 92 days as the console asks for them, cases that
// read alike; and, as a bound, one fsync of 4 KiB on the same disk, which every write waits for.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/executor.h"
#include "store/console.h"
#include "store/sqlite/open.h"

namespace {

using namespace heliograph;
using namespace heliograph::store;

constexpr UnixSeconds now = 1'800'000'000;
constexpr int cases_in_one_write = 10'000;

struct Arguments {
  std::filesystem::path directory = "/tmp/heliograph-case-bench";
  int cases = 1'000'000;
  int rounds = 200;
};

class Bench {
 public:
  explicit Bench(const Arguments& arguments) : arguments_(arguments) {
    std::filesystem::remove_all(arguments.directory);
    store_ = must(sqlite::open({.directory = arguments.directory}));
  }
  ~Bench() {
    store_.reset();
    std::error_code error;
    std::filesystem::remove_all(arguments_.directory, error);
  }

  template <typename T>
  static T must(Result<T> result) {
    if (result) return std::move(*result);
    std::fprintf(stderr, "%s\n", std::string(result.error().code).c_str());
    std::exit(1);
  }
  template <typename T>
  T run(Task<T> task) {
    std::optional<T> result;
    executor_.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
    executor_.run_until([&] { return result.has_value(); });
    return std::move(*result);
  }
  template <typename F>
  auto write(F body) {
    return must(run(store_->write(std::move(body))));
  }
  template <typename F>
  auto read(F body) {
    return must(run(store_->read(std::move(body))));
  }

  void fill() {
    static const char* const languages[] = {"en", "ru", "uk", "es", "de", "fr", "ar", "tr"};
    for (int from = 0; from < arguments_.cases; from += cases_in_one_write) {
      const int to = std::min(from + cases_in_one_write, arguments_.cases);
      write([&, from, to](Tx& tx) -> Result<int> {
        for (int i = from; i < to; ++i) {
          Case one;
          one.subject = "message/channel/" + std::to_string(i % 5000) + "/" + std::to_string(i);
          one.user = UserId{i % 100'000 + 1};
          one.category = static_cast<std::uint8_t>(i % 11);
          one.language = languages[i % 8];
          one.severity = static_cast<std::uint8_t>(random_() % 100);
          one.rank = static_cast<std::int64_t>(random_() % 1'000'000'000);
          one.opened_at = now - static_cast<UnixSeconds>(random_() % 1'000'000);
          one.due_at = one.opened_at + 86'400;
          one.sealed = Bytes(400, 1);
          one.opened_at -= static_cast<UnixSeconds>(random_() % 92) * 86'400;
          HG_ASSIGN(const auto id, tx.cases().add(one));
          auto& console = console_of(tx);
          HG_TRY(console.case_days().decided({.at = one.opened_at,
                                              .category = one.category,
                                              .by_machine = i % 3 == 0,
                                              .opened_at = one.opened_at - 60 * (i % 1000),
                                              .bases = {{Basis::rule, "rule-" + std::to_string(i % 40)}}}));
          const auto print = random_();
          std::vector<std::int64_t> bands;
          for (std::int64_t band = 0; band < 5; ++band) {
            bands.push_back(band << 13 | static_cast<std::int64_t>(print >> (13 * band) & 8191));
          }
          HG_TRY(console.case_prints().put({id, PrintKind::text, Bytes(8, 1)}, bands));
        }
        return 0;
      });
    }
  }

  void measure(const char* name, const std::function<void()>& call) {
    std::vector<double> times;
    for (int i = 0; i < arguments_.rounds; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      call();
      times.push_back(
          std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
    }
    std::ranges::sort(times);
    std::printf("%-34s p50 %9.0f us   p99 %9.0f us\n", name, times[times.size() / 2],
                times[times.size() * 99 / 100]);
    std::fflush(stdout);
  }

  void all() {
    CaseFilter narrow;
    narrow.categories = 1u << 4;
    narrow.language = "en";
    measure("a page of the queue", [&] { read([](Tx& tx) { return tx.cases().queue({}, {}, 50); }); });
    measure("a page, one category and language",
            [&] { read([&](Tx& tx) { return tx.cases().queue(narrow, {}, 50); }); });
    CaseFilter held;
    held.assignee = StaffId{3};
    held.now = now;
    measure("what one person holds", [&] { read([&](Tx& tx) { return tx.cases().queue(held, {}, 50); }); });
    measure("claiming the next", [&] {
      write([](Tx& tx) -> Result<int> {
        CaseFilter free;
        free.assignee = StaffId{};
        free.now = now;
        HG_ASSIGN(auto page, tx.cases().queue(free, {}, 1));
        page.front().assignee = StaffId{1};
        page.front().assigned_until = now + 1200;
        HG_TRY(tx.cases().update(page.front()));
        return 0;
      });
    });
    std::int64_t next = 1;
    measure("a report that joins a case", [&] {
      const auto id = next++;
      write([id](Tx& tx) -> Result<int> {
        HG_ASSIGN(auto one, tx.cases().find(id));
        ++one->reports;
        one->rank += 1000;
        HG_TRY(tx.cases().update(*one));
        Report report;
        report.case_id = id;
        report.reporter = UserId{7};
        report.at = now;
        report.sealed = Bytes(200, 1);
        HG_TRY(tx.reports().add(report));
        return 0;
      });
    });
    measure("figures of a queue",
            [&] { read([](Tx& tx) { return tx.cases().figures(CaseQueue::general, now); }); });
    measure("figures of 92 days", [&] {
      read([](Tx& tx) -> Result<int> {
        auto& days = console_of(tx).case_days();
        const auto today = day_of(now);
        HG_TRY(days.days(today - 91, today));
        HG_TRY(days.waits(today - 91, today));
        HG_TRY(days.bases(today - 91, today, 50));
        HG_TRY(days.waiting(now));
        HG_TRY(days.median_opened());
        return 0;
      });
    });
    measure("cases that read alike", [&] {
      std::vector<std::int64_t> bands;
      for (std::int64_t band = 0; band < 5; ++band) {
        const auto value = static_cast<std::int64_t>(random_() & 8191);
        bands.push_back(band << 13 | value);
        for (int bit = 0; bit < 13; ++bit) bands.push_back(band << 13 | (value ^ std::int64_t{1} << bit));
      }
      read([&](Tx& tx) { return console_of(tx).case_prints().near(PrintKind::text, bands, 100); });
    });
    const auto file = (arguments_.directory / "fsync").string();
    const int descriptor = ::open(file.c_str(), O_CREAT | O_WRONLY, 0600);
    const std::vector<char> page(4096, 'x');
    measure("bound: fsync of 4 KiB", [&] {
      if (::write(descriptor, page.data(), page.size()) < 0 || ::fdatasync(descriptor) != 0) std::abort();
    });
    ::close(descriptor);
  }

 private:
  Arguments arguments_;
  ManualExecutor executor_;
  std::unique_ptr<Store> store_;
  std::mt19937_64 random_{1};
};

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--dir") == 0) arguments.directory = argv[i + 1];
    if (std::strcmp(argv[i], "--cases") == 0) arguments.cases = std::max(1, std::atoi(argv[i + 1]));
    if (std::strcmp(argv[i], "--rounds") == 0) arguments.rounds = std::max(1, std::atoi(argv[i + 1]));
  }
  Bench bench(arguments);
  bench.fill();
  std::printf("%d open cases\n", arguments.cases);
  bench.all();
  return 0;
}
