#include "store/sqlite/ledger_table.h"

namespace heliograph::store::sqlite {

namespace {

LedgerRecord read_record(Row& row) {
  LedgerRecord out;
  std::int64_t leaf_index = 0;
  row.read(out.id, out.entry, leaf_index, out.recorded_at, out.spent, out.sealed);
  if (leaf_index >= 0) out.leaf_index = static_cast<std::uint64_t>(leaf_index);
  return out;
}

LedgerTree read_tree(Row& row) {
  LedgerTree out;
  row.read(out.size, out.root, out.at);
  return out;
}

}  // namespace

Result<std::int64_t> SqliteLedger::add_record(ByteView entry, UnixSeconds recorded_at, ByteView sealed) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("INSERT INTO ledger_records (entry, recorded_at, spent, sealed) VALUES (?, ?, 0, ?)", entry,
                 recorded_at, sealed));
  return sqlite3_last_insert_rowid(db_.handle());
}

Result<std::optional<LedgerRecord>> SqliteLedger::find_record(std::int64_t id) {
  return db_.one(
      "SELECT id, entry, coalesce(leaf_index, -1), recorded_at, spent, sealed FROM ledger_records WHERE id = "
      "?",
      read_record, id);
}

Result<bool> SqliteLedger::spend(std::int64_t id, ByteView entry) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("UPDATE ledger_records SET spent = 1 WHERE id = ? AND entry = ? AND spent = 0", id, entry));
  return db_.changes() == 1;
}

Result<std::vector<LedgerRecord>> SqliteLedger::waiting(std::size_t limit) {
  return db_.all(
      "SELECT id, entry, -1, recorded_at, spent, x'' FROM ledger_records WHERE leaf_index IS NULL "
      "ORDER BY id LIMIT ?",
      read_record, limit);
}

Result<std::int64_t> SqliteLedger::count_waiting() {
  return db_.number("SELECT count(*) FROM ledger_records WHERE leaf_index IS NULL", 0);
}

Status SqliteLedger::place(std::int64_t id, std::uint64_t leaf_index) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("UPDATE ledger_records SET leaf_index = ? WHERE id = ? AND leaf_index IS NULL", leaf_index,
                 id));
  if (db_.changes() == 1) return {};
  return fail(Error::internal("LEDGER_PLACED", "A record has a place in the log already."));
}

Result<std::vector<LedgerRecord>> SqliteLedger::records_after(std::int64_t after, std::size_t limit) {
  return db_.all(
      "SELECT id, entry, coalesce(leaf_index, -1), recorded_at, spent, x'' FROM ledger_records WHERE id > "
      "? "
      "ORDER BY id LIMIT ?",
      read_record, after, limit);
}

Result<std::vector<LedgerRecord>> SqliteLedger::placed(std::uint64_t first, std::uint64_t end,
                                                       std::size_t limit) {
  return db_.all(
      "SELECT id, entry, leaf_index, recorded_at, spent, sealed FROM ledger_records "
      "WHERE leaf_index >= ? AND leaf_index < ? ORDER BY leaf_index LIMIT ?",
      read_record, first, end, limit);
}

Result<std::optional<Bytes>> SqliteLedger::tile(int level, std::uint64_t index) {
  return db_.one(
      "SELECT bytes FROM ledger_tiles WHERE level = ? AND n = ?", [](Row& row) { return row.get<Bytes>(); },
      level, index);
}

Status SqliteLedger::put_tile(int level, std::uint64_t index, ByteView bytes) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT INTO ledger_tiles (level, n, bytes) VALUES (?, ?, ?) "
      "ON CONFLICT (level, n) DO UPDATE SET bytes = excluded.bytes",
      level, index, bytes);
}

Status SqliteLedger::add_tree(const LedgerTree& tree) {
  HG_TRY(session_.changing());
  const auto added =
      db_.run("INSERT INTO ledger_trees (size, root, at) VALUES (?, ?, ?)", tree.size, tree.root, tree.at);
  if (!added && added.error().code == "STORE_CONFLICT") {
    return fail(Error::internal("LEDGER_TREE_EXISTS", "The log has had this size before."));
  }
  return added;
}

Result<std::optional<LedgerTree>> SqliteLedger::newest_tree() {
  return db_.one("SELECT size, root, at FROM ledger_trees ORDER BY size DESC LIMIT 1", read_tree);
}

Result<std::optional<LedgerTree>> SqliteLedger::find_tree(std::uint64_t size) {
  return db_.one("SELECT size, root, at FROM ledger_trees WHERE size = ?", read_tree, size);
}

Result<std::uint64_t> SqliteLedger::size_before(UnixSeconds at) {
  HG_ASSIGN(const auto size,
            db_.number("SELECT size FROM ledger_trees WHERE at < ? ORDER BY size DESC LIMIT 1", 0, at));
  return static_cast<std::uint64_t>(size);
}

Status SqliteLedger::put_cosignature(const LedgerCosignature& cosignature) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO ledger_cosignatures (size, witness, line) VALUES (?, ?, ?)",
                 cosignature.size, cosignature.witness, cosignature.line);
}

Result<std::vector<LedgerCosignature>> SqliteLedger::cosignatures(std::uint64_t size) {
  return db_.all(
      "SELECT size, witness, line FROM ledger_cosignatures WHERE size = ? ORDER BY witness",
      [](Row& row) {
        LedgerCosignature out;
        row.read(out.size, out.witness, out.line);
        return out;
      },
      size);
}

Result<std::uint64_t> SqliteLedger::cosigned_size(std::string_view witness) {
  HG_ASSIGN(const auto size,
            db_.number("SELECT size FROM ledger_cosignatures WHERE witness = ? ORDER BY size DESC LIMIT 1", 0,
                       witness));
  return static_cast<std::uint64_t>(size);
}

}  // namespace heliograph::store::sqlite
