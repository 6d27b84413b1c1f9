// A transparency report over a long log: how long it takes to make and to check, and how large it is.
//   build/bench/transparency_bench [ENTRIES [PROVEN [FOLDER]]]
// 1,000,000 entries unless given, a tenth of them acts, the rest padding. PROVEN: of so many leaves the
// entries of the legal book are proven one by one, over a list of 156 cells (0 unless given). FOLDER: what a
// verifier fetches is left there, as files: tools/verify-report takes it for a log. bench/README.md has the
// numbers.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/executor.h"
#include "crypto/random.h"
#include "ledger/ledger.h"
#include "ledger/tile.h"
#include "store/sqlite/open.h"
#include "transparency/desk.h"
#include "transparency/reporter.h"

namespace {

using namespace heliograph;

constexpr std::uint64_t kActsAtOnce = 10'000;

class Nowhere final : public ledger::PublicationRecord {
 public:
  Task<Result<std::string>> last() override { co_return note_; }
  Task<Status> keep(std::string note) override {
    note_ = std::move(note);
    co_return Status{};
  }

 private:
  std::string note_;
};

template <typename T>
T finished(Task<T> task) {
  std::optional<T> result;
  ManualExecutor executor;
  executor.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
  while (!executor.run_until([&] { return result.has_value(); })) {
  }
  return std::move(*result);
}

template <typename Work>
auto timed(const char* what, Work work) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto before = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                      static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  const auto began = std::chrono::steady_clock::now();
  auto out = work();
  if (!out) {
    std::fprintf(stderr, "%s: %s %s\n", what, std::string(out.error().code).c_str(),
                 out.error().message.c_str());
    std::exit(1);
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  getrusage(RUSAGE_SELF, &usage);
  const auto computed = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                        static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6 - before;
  std::printf("%-28s %8.2f s, %8.2f s of a core   largest so far %ld MiB\n", what, took.count(), computed,
              usage.ru_maxrss / 1024);
  return out;
}

// The cells of one country.
std::vector<std::string> country_cells() {
  std::vector<std::string> out;
  for (int type = 0; type < 6; ++type) {
    for (int outcome = 0; outcome < 26; ++outcome) {
      out.push_back("legal/type" + std::to_string(type) + "/DE/outcome" + std::to_string(outcome));
    }
  }
  return out;
}

Status write_out(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return file ? Status{} : Status(fail(Error::unavailable("FILE_UNWRITABLE", path.string())));
}

// The log as files; proofs up to the leaf `proven`.
Status leave(const ledger::Ledger& ledger, const ledger::CellProver& prover,
             const std::filesystem::path& folder, std::uint64_t proven) {
  const std::uint64_t size = ledger.stats().size;
  HG_TRY(write_out(folder / "checkpoint", ledger.checkpoint()));
  HG_TRY(write_out(folder / "key", ledger.key().text()));
  HG_ASSIGN(const auto cells, finished(prover.cells()));
  HG_TRY(write_out(folder / "cells" / "index", cells));
  for (int level = -1; level < 4; ++level) {
    const auto shift = 8 * std::max(level, 0);
    const auto count = ((size >> shift) + ledger::kTileWidth - 1) / ledger::kTileWidth;
    for (std::uint64_t n = 0; n < count; ++n) {
      const ledger::TileId id{level, n, ledger::tile_width(size, level, n)};
      HG_ASSIGN(const auto bytes, finished(ledger.tile(id)));
      HG_TRY(write_out(folder / "tile" / ledger::tile_path(id), as_text(bytes)));
    }
  }
  for (std::uint64_t n = 0; n * ledger::kTileWidth < proven; ++n) {
    const auto width = std::min<std::uint64_t>(ledger::kTileWidth, proven - n * ledger::kTileWidth);
    const ledger::TileId id{ledger::kEntriesLevel, n, static_cast<unsigned>(width)};
    HG_ASSIGN(const auto bytes, finished(prover.cell_proofs(id)));
    HG_TRY(write_out(folder / "cells" / "proofs" / ledger::tile_path(id).substr(8), as_text(bytes)));
  }
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  const std::uint64_t entries = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1'000'000;
  const std::uint64_t proven = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 0;
  char folder[] = "/tmp/transparency_bench.XXXXXX";
  if (mkdtemp(folder) == nullptr) return 1;
  auto store = store::sqlite::open({.directory = folder}).value();
  ManualClock clock(1'780'000'000);
  crypto::SystemRandom random;
  const auto secret = crypto::SecretKey::generate(random);
  const crypto::Sealer sealer(secret.derive("seal"));
  Nowhere published;
  // Nine entries of padding for each act: all three books grow alike.
  ledger::Ledger ledger({*store, clock, random, secret,
                         ledger::NoteSigner("bench/ledger", crypto::Ed25519Key(secret)), published},
                        kActsAtOnce * 10 / 3);
  ledger::CellProver prover({*store, ledger, random, secret});
  if (!finished(ledger.open())) return 1;
  timed("entries", [&]() -> Result<int> {
    const char* cells[] = {"content/spam/remove/automated", "content/fraud/ban/person",
                           "content/hate/remove/person"};
    while (ledger.stats().size < entries) {
      auto body = [&](store::Tx& tx) -> Status {
        for (std::uint64_t i = 0; i < kActsAtOnce; ++i) {
          HG_TRY(ledger.record(tx, {ledger::Book::content,
                                    "message.withhold",
                                    {"message/channel/9/31"},
                                    cells[i % 1000 == 0 ? 2 : i % 2],
                                    {{"why", "rules"}}}));
        }
        return {};
      };
      HG_TRY(finished(store->write(std::move(body), std::chrono::minutes(10))));
      HG_TRY(finished(ledger.batch()));
    }
    return 0;
  });
  std::printf("%llu entries\n", static_cast<unsigned long long>(ledger.stats().size.load()));
  if (proven > 0) {
    std::uint64_t made = 0;
    timed("proofs of single entries", [&]() -> Result<int> {
      for (std::uint64_t left = ledger.stats().size; left > 0 && ledger.stats().size - left < proven;) {
        ledger::CellProver::Order order;
        order.entries_most = 1000;
        const auto cells = [](store::Tx&) -> Result<std::vector<std::string>> { return country_cells(); };
        order.cells = cells;
        HG_ASSIGN(left, finished(prover.prove(order)));
        made = ledger.stats().size - left;
      }
      return 0;
    });
    std::printf("  leaves before %llu, a third of them of the legal book\n",
                static_cast<unsigned long long>(made));
  }
  const transparency::Period period{1'780'000'000 / 86'400 * 86'400, (1'780'000'000 / 86'400 + 1) * 86'400};
  clock.set_wall(std::chrono::seconds(period.to + 1));
  const transparency::Reporter reporter({*store, ledger, sealer, clock, random});
  const transparency::ReportOrder order{period, 5, {}};
  const auto report = timed("report", [&] { return finished(reporter.make(order)); });
  const auto document = transparency::to_json(*report);
  std::printf("document %zu KiB\n", document.size() / 1024);
  for (const auto& tally : report->tallies) {
    std::printf("  %s: %zu shown, %zu hidden cells\n",
                std::string(transparency::name(tally.claim.book)).c_str(), tally.claim.shown.size(),
                tally.claim.hidden.size());
  }
  timed("checked from the entries", [&]() -> Result<int> {
    HG_TRY(finished(transparency::check_counts(ledger, *report)));
    return 0;
  });
  if (proven >= ledger.stats().size) {
    timed("legal entries, one by one", [&]() -> Result<int> {
      HG_TRY(finished(transparency::check_cells(ledger, prover, *report, random)));
      return 0;
    });
  }
  if (count > 3) {
    const std::filesystem::path out = arguments[3];
    const auto note =
        ledger.sign(transparency::signed_text(ledger.key().name, report->name(), document)).value();
    if (!write_out(out / "report.json", document) || !write_out(out / "report.note", note) ||
        !leave(ledger, prover, out / "log", std::min<std::uint64_t>(proven, ledger.stats().size))) {
      return 1;
    }
    std::printf("what a verifier fetches is in %s\n", arguments[3]);
  }
  std::printf("left in %s\n", folder);
  return 0;
}
