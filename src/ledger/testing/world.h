// A ledger over a real store, on a clock of the test's choosing.
#pragma once

#include <gtest/gtest.h>

#include "base/executor.h"
#include "crypto/random.h"
#include "ledger/ledger.h"
#include "store/sqlite/open.h"
#include "store/suite/temp_directory.h"

namespace heliograph::ledger::testing {

class MemoryRecord final : public PublicationRecord {
 public:
  Task<Result<std::string>> last() override { co_return kept; }
  Task<Status> keep(std::string note) override {
    if (broken) co_return fail(Error::unavailable("FILE_UNWRITABLE"));
    kept = std::move(note);
    all.push_back(kept);
    co_return Status{};
  }
  std::string kept;
  std::vector<std::string> all;
  bool broken = false;
};

inline NoteSigner signer(const std::string& origin = "example.org/ledger", std::uint8_t byte = 7) {
  std::array<std::uint8_t, 32> seed;
  seed.fill(byte);
  return NoteSigner(origin, crypto::Ed25519Key(crypto::SecretKey(seed)));
}

inline Record ban(std::int64_t user, std::string cell = "content/fraud/ban") {
  return {Book::content,
          "account.ban",
          Subject::of(UserId{user}),
          std::move(cell),
          {{"rule", "3.2"}, {"why", "sold forged documents"}, {"actor", "staff/ann", true}}};
}

struct World {
  explicit World(const char* vfs = nullptr) : vfs_name(vfs) { open(); }

  void open(const std::string& origin = "example.org/ledger") {
    ledger.reset();
    store.reset();
    auto opened = store::sqlite::open(
        {.directory = directory / "data", .readers = 1, .checkpoint_pages = 40, .vfs = vfs_name});
    ASSERT_TRUE(opened) << opened.error().message;
    store = std::move(*opened);
    ledger =
        std::make_unique<Ledger>(LedgerParts{*store, clock, random, secret, signer(origin), published}, 4);
  }

  template <typename T>
  T wait(Task<T> task) {
    std::optional<T> result;
    executor.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
    EXPECT_TRUE(executor.run_until([&] { return result.has_value(); }));
    if (!result) std::abort();
    return std::move(*result);
  }
  template <typename F>
  auto write(F body) {
    return wait(store->write(std::move(body)));
  }
  template <typename F>
  auto read(F body) {
    return wait(store->read(std::move(body)));
  }
  Result<Receipt> record(const Record& what) {
    return write([this, what](store::Tx& tx) { return ledger->record(tx, what); });
  }
  Checkpoint checkpoint() {
    const auto note = Note::parse(ledger->checkpoint());
    EXPECT_TRUE(note);
    return open_checkpoint(note.value(), ledger->key()).value();
  }
  std::vector<Bytes> entries() {
    std::vector<Bytes> out;
    const auto size = checkpoint().size;
    for (std::uint64_t n = 0; n * kTileWidth < size; ++n) {
      const TileId id{kEntriesLevel, n, tile_width(size, kEntriesLevel, n)};
      const auto bundle = wait(ledger->tile(id)).value();
      const auto views = split_bundle(bundle).value();
      for (const auto view : views) out.push_back(to_bytes(view));
    }
    return out;
  }

  const char* vfs_name;
  store::suite::TempDirectory directory;
  ManualExecutor executor;
  ManualClock clock;
  crypto::SystemRandom random;
  crypto::SecretKey secret = crypto::SecretKey::generate(random);
  MemoryRecord published;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<Ledger> ledger;
};

}  // namespace heliograph::ledger::testing
