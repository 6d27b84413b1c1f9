#include <set>

#include "store/sqlite/console_tables.h"

namespace heliograph::store::sqlite {

namespace {

CasePrint read_print(Row& row) {
  CasePrint print;
  row.read(print.case_id, print.kind, print.print);
  return print;
}

}  // namespace

Status SqliteCasePrints::put(const CasePrint& print, const std::vector<std::int64_t>& bands) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("INSERT OR IGNORE INTO case_prints (case_id, kind, print) VALUES (?, ?, ?)", print.case_id,
                 print.kind, print.print));
  if (db_.changes() == 0) return {};  // it is there, with its bands
  HG_ASSIGN(const auto id, db_.number("SELECT last_insert_rowid()", 0));
  for (const auto band : bands) {
    HG_TRY(db_.run("INSERT OR IGNORE INTO case_print_bands (kind, band, print) VALUES (?, ?, ?)", print.kind,
                   band, id));
  }
  return {};
}

Result<std::vector<CasePrint>> SqliteCasePrints::of_case(std::int64_t case_id) {
  return db_.all("SELECT case_id, kind, print FROM case_prints WHERE case_id = ? ORDER BY id", read_print,
                 case_id);
}

Result<std::vector<CasePrint>> SqliteCasePrints::near(PrintKind kind, const std::vector<std::int64_t>& bands,
                                                      std::size_t of_band) {
  std::set<std::int64_t> ids;
  for (const auto band : bands) {
    HG_TRY(db_.each(
        "SELECT print FROM case_print_bands WHERE kind = ? AND band = ? ORDER BY print DESC LIMIT ?",
        [&](Row& row) {
          ids.insert(row.get<std::int64_t>());
          return true;
        },
        kind, band, static_cast<std::int64_t>(of_band)));
  }
  std::vector<CasePrint> found;
  for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
    HG_ASSIGN(auto print,
              db_.one("SELECT case_id, kind, print FROM case_prints WHERE id = ?", read_print, *id));
    if (print) found.push_back(std::move(*print));
  }
  return found;
}

Result<std::vector<std::int64_t>> SqliteCasePrints::cases_after(std::int64_t case_id, std::size_t limit) {
  return db_.all(
      "SELECT id FROM cases WHERE id > ? ORDER BY id LIMIT ?",
      [](Row& row) { return row.get<std::int64_t>(); }, case_id, static_cast<std::int64_t>(limit));
}

Result<std::vector<std::int64_t>> SqliteCasePrints::evidence_media(std::int64_t case_id) {
  return db_.all(
      "SELECT media FROM evidence_media WHERE case_id = ? ORDER BY media",
      [](Row& row) { return row.get<std::int64_t>(); }, case_id);
}

}  // namespace heliograph::store::sqlite
