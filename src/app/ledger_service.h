// The transparency ledger of this server, put together: its key and files in the data folder, its schedule,
// its monitor, its witnesses, its metrics.
#pragma once

#include <filesystem>
#include <memory>

#include "app/metrics.h"
#include "config/config.h"
#include "ledger/cell_prover.h"
#include "ledger/ledger.h"

namespace heliograph::app {

struct LedgerServiceParts {
  const config::Config* config = nullptr;
  std::filesystem::path data;  // ledger.key and ledger.checkpoint are in it
  crypto::SecretKey secret;
  store::Store* store = nullptr;
  const Clock* clock = nullptr;
  Random* random = nullptr;
  // What single entries are to be proven about, in a read transaction: ledger::CellProver::Order.
  std::function<Result<std::vector<std::string>>(store::Tx&)> cells = nullptr;
};

// A log keeps the name it has been published under, also when the server's host changes.
std::string ledger_origin(const config::Config& config, const std::filesystem::path& data);

class LedgerService {
 public:
  // Errors: KEY_FILE_INVALID and the like (crypto/sealer.h).
  static Result<std::unique_ptr<LedgerService>> make(const LedgerServiceParts& parts);
  ~LedgerService();

  ledger::Ledger& ledger();
  const ledger::PublicCells& cells() const;
  // Once, on a loop, before anything else: publishes what is there, and a batch. What is wrong with the
  // ledger's state halts the ledger, not the server; a disk that is full is tried again. No errors.
  Task<Status> open();
  // Again and again, about once a second, on a loop: takes a batch when one is due, checks it, asks the
  // witnesses; between batches, makes the proofs of single entries.
  Task<Status> tick();
  // No more calls to witnesses; one that runs ends soon.
  void stop();
  void describe(Metrics& metrics);

 private:
  struct Impl;
  explicit LedgerService(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace heliograph::app
