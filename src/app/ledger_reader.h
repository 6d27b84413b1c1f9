// The ledger of a data folder, for another program than the server: it reads and signs, and publishes
// nothing.
#pragma once

#include <filesystem>
#include <memory>

#include "config/config.h"
#include "crypto/random.h"
#include "ledger/ledger.h"
#include "store/sqlite/snapshot.h"

namespace heliograph::app {

class LedgerReader {
 public:
  // As of this moment. Errors: those of Snapshot::open() and Ledger::open() (LEDGER_ROLLED_BACK: the store is
  // not the one that was last published); DATA_MISSING; unavailable LEDGER_EMPTY: no server has published
  // here.
  static Result<std::unique_ptr<LedgerReader>> open(const config::Config& config);

  store::sqlite::Snapshot& store() { return *snapshot_; }
  const ledger::Ledger& ledger() const { return *ledger_; }
  const crypto::SecretKey& secret() const { return secret_; }
  const Clock& clock() const { return clock_; }
  Random& random() { return random_; }

 private:
  class Record;
  LedgerReader(std::unique_ptr<store::sqlite::Snapshot> snapshot, crypto::SecretKey secret);

  std::unique_ptr<store::sqlite::Snapshot> snapshot_;
  crypto::SecretKey secret_;
  SystemClock clock_;
  crypto::SystemRandom random_;
  std::shared_ptr<ledger::PublicationRecord> record_;
  std::unique_ptr<ledger::Ledger> ledger_;
};

}  // namespace heliograph::app
