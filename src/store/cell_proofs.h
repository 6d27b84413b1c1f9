// What the ledger's proofs of single entries need: the list of cells that they are about, which only grows,
// and the proofs. Bytes are the ledger's own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace heliograph::store {

struct CellProofRow {
  std::uint64_t leaf = 0;
  std::uint32_t cells = 0;  // how many of the list it is about
  Bytes proof;
};

class CellProofs {
 public:
  virtual ~CellProofs() = default;
  // In the order in which they were added.
  virtual Result<std::vector<std::string>> cells() = 0;
  // At the end. invalid CELL_KNOWN: it is there.
  virtual Status add_cell(std::string_view cell) = 0;
  // Replaces the one of the same leaf.
  virtual Status put_proof(const CellProofRow& row) = 0;
  // Those with first <= leaf < end, by leaf.
  virtual Result<std::vector<CellProofRow>> proofs(std::uint64_t first, std::uint64_t end) = 0;
};

class Tx;

// Every backend's transaction has these tables, too.
class CellProofTables {
 public:
  virtual ~CellProofTables() = default;
  virtual CellProofs& cell_proofs() = 0;
};
// Of this transaction.
CellProofs& cell_proofs_of(Tx& tx);

}  // namespace heliograph::store
