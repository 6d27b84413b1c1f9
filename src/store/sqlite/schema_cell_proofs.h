// Proofs of single entries of the ledger: see store/cell_proofs.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kCellProofTables = R"sql(
CREATE TABLE ledger_cells (
  n INTEGER PRIMARY KEY AUTOINCREMENT,    -- its place in the list
  cell TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE ledger_cell_proofs (
  leaf INTEGER PRIMARY KEY,
  cells INTEGER NOT NULL,
  proof BLOB NOT NULL
) STRICT;
)sql";

}  // namespace heliograph::store::sqlite
