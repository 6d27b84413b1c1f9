#include "store/sqlite/journal_table.h"

namespace heliograph::store::sqlite {

namespace {

JournalRow read_journal_row(Row& row) {
  JournalRow out;
  row.read(out.id, out.user, out.tag, out.key, out.from, out.to, out.sealed);
  return out;
}

JournalKey read_journal_key(Row& row) {
  JournalKey out;
  row.read(out.number, out.text, out.installed_at, out.retired_at);
  return out;
}

}  // namespace

Result<std::int64_t> SqliteJournal::add(const JournalRow& row) {
  HG_TRY(session_.changing());
  const auto added =
      db_.run("INSERT INTO journal (user, tag, key, from_at, to_at, sealed) VALUES (?, ?, ?, ?, ?, ?)",
              row.user, row.tag, row.key, row.from, row.to, row.sealed);
  if (!added && added.error().code == "STORE_CONFLICT") {
    return fail(Error::internal("JOURNAL_TAG_TWICE", "Two rows of the journal have the same tag."));
  }
  HG_TRY(added);
  return sqlite3_last_insert_rowid(db_.handle());
}

Result<bool> SqliteJournal::update(const JournalRow& row) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("UPDATE journal SET key = ?, from_at = ?, to_at = ?, sealed = ? WHERE tag = ?", row.key,
                 row.from, row.to, row.sealed, row.tag));
  return db_.changes() > 0;
}

Result<std::vector<JournalRow>> SqliteJournal::rows(UserId user, UnixSeconds from, UnixSeconds to,
                                                    std::int64_t after, std::size_t limit) {
  return db_.all(
      "SELECT id, user, tag, key, from_at, to_at, sealed FROM journal WHERE user = ? AND to_at > ? AND "
      "from_at < ? AND id > ? ORDER BY id LIMIT ?",
      read_journal_row, user, from, to, after, static_cast<std::int64_t>(limit));
}

Result<std::size_t> SqliteJournal::sweep(UnixSeconds before, UnixSeconds now, std::size_t limit) {
  HG_TRY(session_.changing());
  HG_ASSIGN(
      const auto over,
      db_.all(
          "SELECT id FROM journal j WHERE to_at <= ? AND NOT EXISTS (SELECT 1 FROM journal_holds h "
          "WHERE h.user = j.user AND h.until > ? AND h.from_at < j.to_at AND h.to_at > j.from_at) "
          "ORDER BY to_at LIMIT ?",
          [](Row& row) { return row.get<std::int64_t>(); }, before, now, static_cast<std::int64_t>(limit)));
  for (const auto id : over) {
    // What is only deleted stays in the file until something else needs the room.
    HG_TRY(db_.run("UPDATE journal SET sealed = zeroblob(length(sealed)) WHERE id = ?", id));
    HG_TRY(db_.run("DELETE FROM journal WHERE id = ?", id));
  }
  // Who had a name when nothing is kept of that time any more says nothing useful.
  HG_TRY(db_.run("DELETE FROM username_history WHERE to_at != 0 AND to_at <= ?", before));
  return over.size();
}

Result<std::int64_t> SqliteJournal::add_key(const JournalKey& key) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("UPDATE journal_keys SET retired_at = ? WHERE retired_at = 0", key.installed_at));
  HG_TRY(db_.run("INSERT INTO journal_keys (text, installed_at, retired_at) VALUES (?, ?, 0)", key.text,
                 key.installed_at));
  return sqlite3_last_insert_rowid(db_.handle());
}

Status SqliteJournal::update_key(const JournalKey& key) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("UPDATE journal_keys SET text = ?, installed_at = ?, retired_at = ? WHERE number = ?",
                 key.text, key.installed_at, key.retired_at, key.number));
  if (db_.changes() > 0) return {};
  return fail(Error::not_found("JOURNAL_KEY_UNKNOWN", "The journal has no such key."));
}

Result<std::vector<JournalKey>> SqliteJournal::keys() {
  return db_.all("SELECT number, text, installed_at, retired_at FROM journal_keys ORDER BY number DESC",
                 read_journal_key);
}

Result<std::optional<JournalKey>> SqliteJournal::find_key(std::int64_t number) {
  return db_.one("SELECT number, text, installed_at, retired_at FROM journal_keys WHERE number = ?",
                 read_journal_key, number);
}

Result<std::int64_t> SqliteJournal::add_hold(const JournalHold& hold) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("INSERT INTO journal_holds (request, user, from_at, to_at, until) VALUES (?, ?, ?, ?, ?)",
                 hold.request, hold.user, hold.from, hold.to, hold.until));
  return sqlite3_last_insert_rowid(db_.handle());
}

Result<std::vector<JournalHold>> SqliteJournal::holds_of(std::int64_t request) {
  return db_.all(
      "SELECT id, request, user, from_at, to_at, until FROM journal_holds WHERE request = ? ORDER BY id",
      [](Row& row) {
        JournalHold out;
        row.read(out.id, out.request, out.user, out.from, out.to, out.until);
        return out;
      },
      request);
}

Status SqliteJournal::end_holds(std::int64_t request, UnixSeconds until) {
  HG_TRY(session_.changing());
  return db_.run("UPDATE journal_holds SET until = min(until, ?) WHERE request = ?", until, request);
}

Status SqliteJournal::extend_holds(std::int64_t request, UnixSeconds until) {
  HG_TRY(session_.changing());
  return db_.run("UPDATE journal_holds SET until = ? WHERE request = ?", until, request);
}

Result<JournalFigures> SqliteJournal::figures(UnixSeconds now) {
  JournalFigures out;
  HG_ASSIGN(out.rows, db_.number("SELECT count(*) FROM journal", 0));
  HG_ASSIGN(out.oldest, db_.number("SELECT coalesce(min(from_at), 0) FROM journal", 0));
  HG_ASSIGN(out.held, db_.number("SELECT count(*) FROM journal_holds WHERE until > ?", 0, now));
  return out;
}

}  // namespace heliograph::store::sqlite
