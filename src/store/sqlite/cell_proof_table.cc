#include "store/sqlite/cell_proof_table.h"

namespace heliograph::store::sqlite {

Result<std::vector<std::string>> SqliteCellProofs::cells() {
  return db_.all("SELECT cell FROM ledger_cells ORDER BY n", [](Row& row) { return row.get<std::string>(); });
}

Status SqliteCellProofs::add_cell(std::string_view cell) {
  HG_TRY(session_.changing());
  const auto added = db_.run("INSERT INTO ledger_cells (cell) VALUES (?)", cell);
  if (!added && added.error().code == "STORE_CONFLICT") {
    return fail(Error::invalid("CELL_KNOWN", "The list has this cell already."));
  }
  return added;
}

Status SqliteCellProofs::put_proof(const CellProofRow& row) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT INTO ledger_cell_proofs (leaf, cells, proof) VALUES (?, ?, ?) "
      "ON CONFLICT (leaf) DO UPDATE SET cells = excluded.cells, proof = excluded.proof",
      row.leaf, row.cells, row.proof);
}

Result<std::vector<CellProofRow>> SqliteCellProofs::proofs(std::uint64_t first, std::uint64_t end) {
  return db_.all(
      "SELECT leaf, cells, proof FROM ledger_cell_proofs WHERE leaf >= ? AND leaf < ? ORDER BY leaf",
      [](Row& row) {
        CellProofRow out;
        row.read(out.leaf, out.cells, out.proof);
        return out;
      },
      first, end);
}

}  // namespace heliograph::store::sqlite
