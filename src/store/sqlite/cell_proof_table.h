// The list of cells and the proofs of entries on one SQLite connection.
#pragma once

#include "store/cell_proofs.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteCellProofs final : public CellProofs {
 public:
  explicit SqliteCellProofs(Session& session) : session_(session), db_(session.db) {}
  Result<std::vector<std::string>> cells() override;
  Status add_cell(std::string_view cell) override;
  Status put_proof(const CellProofRow& row) override;
  Result<std::vector<CellProofRow>> proofs(std::uint64_t first, std::uint64_t end) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
