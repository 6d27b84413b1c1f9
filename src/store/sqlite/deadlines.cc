#include "store/sqlite/deadlines.h"

namespace heliograph::store::sqlite {

Status SqliteDeadlines::put(const Deadline& deadline) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO deadlines (case_id, subject, kind, at) VALUES (?, ?, ?, ?)",
                 deadline.case_id, deadline.subject, deadline.kind, deadline.at);
}

Result<std::vector<Deadline>> SqliteDeadlines::due(UnixSeconds now, std::size_t limit) {
  return db_.all(
      "SELECT kind, case_id, subject, at FROM deadlines WHERE at <= ? ORDER BY at, case_id LIMIT ?",
      [](Row& row) {
        Deadline one;
        row.read(one.kind, one.case_id, one.subject, one.at);
        return one;
      },
      now, static_cast<std::int64_t>(limit));
}

Status SqliteDeadlines::erase(const Deadline& deadline) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM deadlines WHERE case_id = ? AND subject = ? AND kind = ?", deadline.case_id,
                 deadline.subject, deadline.kind);
}

Status SqliteDeadlines::erase_of(std::int64_t case_id, std::string_view subject) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM deadlines WHERE case_id = ?1 AND (?2 = '' OR subject = ?2)", case_id, subject);
}

}  // namespace heliograph::store::sqlite
