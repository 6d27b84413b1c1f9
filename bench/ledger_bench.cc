// What the ledger costs.
//
//   ledger_bench [--records N] [--folder DIR]
//
// Each printed as one line:
//   record     recording an act, in transactions of 100 (salt, commitment to the cell, sealing, a row)
//   sequence   taking N records into the log in batches of 10,000, with the tree's hashes, until on disk
//   proof      a receipt for an entry: inclusion proof and checkpoint, from the store
//   tally      counts and blinding factor of the whole log, from the private records
//   sum        the public side of it: adding up the commitments
//   verify     recomputing the whole log from its entries, as a verifier does
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>

#include "base/executor.h"
#include "crypto/random.h"
#include "ledger/ledger.h"
#include "ledger/verify.h"
#include "store/sqlite/open.h"

#include "ledger_beside.h"

namespace {

using namespace heliograph;
using bench::Memory;
using bench::wait;
using namespace heliograph::ledger;

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void line(const char* what, double seconds, double count) {
  std::printf("%-10s %9.0f in %7.3f s  %10.0f /s  %8.2f us each\n", what, count, seconds, count / seconds,
              seconds / count * 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t records = 100'000;
  std::filesystem::path folder = "build/ledger-bench-data";
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::string(argv[i]) == "--records") records = std::stoull(argv[i + 1]);
    if (std::string(argv[i]) == "--folder") folder = argv[i + 1];
  }
  std::filesystem::remove_all(folder);
  ManualExecutor executor;
  SystemClock clock;
  crypto::SystemRandom random;
  Memory published;
  auto store = store::sqlite::open({.directory = folder});
  if (!store) return 1;
  const auto key = crypto::SecretKey::generate(random);
  Ledger ledger(
      {**store, clock, random, key, NoteSigner("bench.example/ledger", crypto::Ed25519Key(key)), published},
      4);
  wait(executor, ledger.open());

  const Record act{
      Book::content,
      "message.remove",
      Subject::of(Peer{PeerKind::channel, 77}, MessageId{5}),
      "content/fraud/remove",
      {{"rule", "3.2"}, {"why", "Sold forged documents."}, {"actor", "machine"}, {"versions", "t3 m2 p7"}}};
  auto began = now();
  for (std::uint64_t done = 0; done < records; done += 100) {
    auto body = [&](store::Tx& tx) -> Status {
      for (int i = 0; i < 100; ++i) HG_TRY(ledger.record(tx, act));
      return {};
    };
    wait(executor, (*store)->write(std::move(body)));
  }
  line("record", now() - began, static_cast<double>(records));

  began = now();
  wait(executor, ledger.batch());
  const auto size = ledger.stats().size.load();
  line("sequence", now() - began, static_cast<double>(size));

  constexpr std::uint64_t kProofs = 2'000;
  began = now();
  for (std::uint64_t i = 0; i < kProofs; ++i) wait(executor, ledger.proof(random.below(size)));
  line("proof", now() - began, kProofs);

  began = now();
  const auto tally = wait(executor, ledger.tally(0, size, {})).value();
  line("tally", now() - began, static_cast<double>(size));

  const Fetch fetch = [&](const std::string& path) -> Result<Bytes> {
    if (path == "checkpoint") return to_bytes(as_bytes(ledger.checkpoint()));
    return wait(executor, ledger.tile(parse_tile_path(std::string_view(path).substr(5)).value()));
  };
  CommitmentSum sum;
  began = now();
  for (std::uint64_t n = 0; n * kTileWidth < size; ++n) {
    const auto bundle =
        wait(executor, ledger.tile({kEntriesLevel, n, tile_width(size, kEntriesLevel, n)})).value();
    const auto entries = split_bundle(bundle).value();
    for (const auto bytes : entries) sum.add(Entry::parse(bytes).value());
  }
  line("sum", now() - began, static_cast<double>(size));
  if (!holds(sum.value(), tally)) {
    std::fprintf(stderr, "the tally does not hold\n");
    return 1;
  }
  began = now();
  const auto verified = verify_log(fetch, ledger.key(), {}, random);
  if (!verified) return 1;
  line("verify", now() - began, static_cast<double>(size));
  std::printf("database   %.0f bytes a record\n",
              static_cast<double>(std::filesystem::file_size(store::sqlite::database_in(folder))) /
                  static_cast<double>(records));
  store->reset();
  std::filesystem::remove_all(folder);
  return 0;
}
