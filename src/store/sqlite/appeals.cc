// What belongs to cases beside themselves: their history, and appeals.
#include "store/sqlite/case_table.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_APPEAL_COLUMNS \
  "id, case_id, user, state, at, decided_at, first, second, assignee, assigned_until, sealed"

Appeal read_appeal(Row& row) {
  Appeal one;
  row.read(one.id, one.case_id, one.user, one.state, one.at, one.decided_at, one.first, one.second,
           one.assignee, one.assigned_until, one.sealed);
  return one;
}

}  // namespace

Status SqliteCases::note(const CaseEvent& event) {
  HG_TRY(session_.changing());
  return db_.run("INSERT INTO case_events (case_id, at, staff, what, sealed) VALUES (?, ?, ?, ?, ?)",
                 event.case_id, event.at, event.staff, event.what, event.sealed);
}

Result<std::vector<CaseEvent>> SqliteCases::history(std::int64_t case_id, std::size_t limit) {
  return db_.all(
      "SELECT id, case_id, at, staff, what, sealed FROM case_events WHERE case_id = ? ORDER BY id LIMIT ?",
      [](Row& row) {
        CaseEvent event;
        row.read(event.id, event.case_id, event.at, event.staff, event.what, event.sealed);
        return event;
      },
      case_id, static_cast<std::int64_t>(limit));
}

Result<std::int64_t> SqliteCases::add_appeal(const Appeal& appeal) {
  HG_TRY(session_.changing());
  if (appeal.state == AppealState::waiting) {
    HG_ASSIGN(const auto there,
              db_.number("SELECT 1 FROM appeals WHERE case_id = ? AND user = ? AND state = 1", 0,
                         appeal.case_id, appeal.user));
    if (there != 0) {
      return fail(Error::invalid("APPEAL_WAITS", "Your appeal in this case is still waiting for an answer."));
    }
  }
  HG_TRY(db_.run(
      "INSERT INTO appeals (case_id, user, state, at, decided_at, first, second, assignee, assigned_until, "
      "sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      appeal.case_id, appeal.user, appeal.state, appeal.at, appeal.decided_at, appeal.first, appeal.second,
      appeal.assignee, appeal.assigned_until, appeal.sealed));
  return db_.number("SELECT last_insert_rowid()", 0);
}

Result<std::optional<Appeal>> SqliteCases::find_appeal(std::int64_t id) {
  return db_.one("SELECT " HG_APPEAL_COLUMNS " FROM appeals WHERE id = ?", read_appeal, id);
}

Result<std::vector<Appeal>> SqliteCases::appeals_of(std::int64_t case_id) {
  return db_.all("SELECT " HG_APPEAL_COLUMNS " FROM appeals WHERE case_id = ? ORDER BY id DESC LIMIT 1000",
                 read_appeal, case_id);
}

Result<std::vector<Appeal>> SqliteCases::waiting_appeals(std::int64_t after, std::size_t limit) {
  return db_.all("SELECT " HG_APPEAL_COLUMNS " FROM appeals WHERE state = 1 AND id > ? ORDER BY id LIMIT ?",
                 read_appeal, after, static_cast<std::int64_t>(limit));
}

Status SqliteCases::update_appeal(const Appeal& appeal) {
  HG_TRY(session_.changing());
  HG_ASSIGN(const auto there, db_.number("SELECT 1 FROM appeals WHERE id = ?", 0, appeal.id));
  if (there == 0) return fail(Error::not_found("APPEAL_UNKNOWN", "There is no appeal of this number."));
  return db_.run(
      "UPDATE appeals SET case_id = ?, user = ?, state = ?, at = ?, decided_at = ?, first = ?, second = ?, "
      "assignee = ?, assigned_until = ?, sealed = ? WHERE id = ?",
      appeal.case_id, appeal.user, appeal.state, appeal.at, appeal.decided_at, appeal.first, appeal.second,
      appeal.assignee, appeal.assigned_until, appeal.sealed, appeal.id);
}

}  // namespace heliograph::store::sqlite
