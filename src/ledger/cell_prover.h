// Makes the proofs of single entries (cell_proof.h), after their batches, and serves them. The tree does not
// hold them, so that entries of before get theirs, too. Threads: prove() by one caller at a time, the rest on
// any executor thread.
#pragma once

#include <functional>

#include "ledger/cell_proof.h"
#include "ledger/ledger.h"

namespace heliograph::ledger {

// The public side, as plain values: what an HTTP door serves beside the log.
class PublicCells {
 public:
  virtual ~PublicCells() = default;
  // The cells that entries of kProvenBook are proven about, one a line.
  virtual Task<Result<std::string>> cells() const = 0;
  // The proofs for an entry bundle, or for as many of its entries as the id is wide: one after another, in
  // the order of the entries. not_found LEDGER_PROOFS_MISSING until they are made, some seconds after the
  // batch.
  virtual Task<Result<Bytes>> cell_proofs(TileId bundle) const = 0;
};

struct CellProverParts {
  store::Store& store;
  const PublicLog& log;  // whose published entries are proven
  Random& random;
  crypto::SecretKey secret;  // the ledger's: LedgerParts
};

class CellProver final : public PublicCells {
 public:
  struct Row {
    std::uint64_t leaf = 0;
    CellProof proof;
  };
  struct Order {
    // Cells that the list is to have, in a read transaction: whole groups at once, so that its growing does
    // not tell of one entry. What an entry counts in is added in any case.
    std::function<Result<std::vector<std::string>>(store::Tx&)> cells;
    std::size_t entries_most = 32;
    // Runs what takes a second of computing elsewhere than on the caller's thread; none: there.
    using Work = std::function<Result<std::vector<Row>>()>;
    std::function<Task<Result<std::vector<Row>>>(Work)> elsewhere = nullptr;
  };

  explicit CellProver(CellProverParts parts);

  // Makes the next proofs, checks and stores them. Gives how many entries of the published log are still to
  // be looked at. Errors: those of the store; internal CELL_LIST_FULL, CELL_PROOF_WRONG, LEDGER_CORRUPT.
  Task<Result<std::uint64_t>> prove(Order order);

  Task<Result<std::string>> cells() const override;
  Task<Result<Bytes>> cell_proofs(TileId bundle) const override;

 private:
  struct Unproven;
  Result<Unproven> unproven(store::Tx& tx, std::uint64_t size, const Order& order) const;

  CellProverParts parts_;
  const crypto::Sealer sealer_;
  const Padding padding_;
};

// From the store, as cells() has it.
Result<CellList> proven_list(store::Tx& tx);

}  // namespace heliograph::ledger
