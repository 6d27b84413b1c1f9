#include "store/sqlite/search_log.h"

namespace heliograph::store::sqlite {

Status SqliteSearchLog::append(const SearchChange& change) {
  HG_TRY(session_.changing());
  return db_.run("INSERT INTO search_changes (kind, peer, message) VALUES (?, ?, ?)",
                 static_cast<std::int64_t>(change.kind), change.peer, change.message);
}

Result<std::vector<SearchChange>> SqliteSearchLog::after(std::int64_t number, std::size_t limit) {
  return db_.all(
      "SELECT number, kind, peer, message FROM search_changes WHERE number > ? ORDER BY number LIMIT ?",
      [](Row& row) {
        SearchChange change;
        row.read(change.number, change.kind, change.peer, change.message);
        return change;
      },
      number, static_cast<std::int64_t>(limit));
}

Result<std::int64_t> SqliteSearchLog::last() {
  HG_ASSIGN(const auto found, db_.one("SELECT seq FROM sqlite_sequence WHERE name = 'search_changes'",
                                      [](Row& row) { return row.get<std::int64_t>(); }));
  return found.value_or(0);
}

Result<std::int64_t> SqliteSearchLog::dropped() {
  HG_ASSIGN(const auto found, db_.one("SELECT number FROM search_changes ORDER BY number LIMIT 1",
                                      [](Row& row) { return row.get<std::int64_t>(); }));
  if (found) return *found - 1;
  return last();
}

Status SqliteSearchLog::drop_up_to(std::int64_t number) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM search_changes WHERE number <= ?", number);
}

}  // namespace heliograph::store::sqlite
