#include "store/sqlite/case_table.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_CASE_COLUMNS                                                                                 \
  "id, subject, user, state, category, effect, severity, strike, strike_until, opened_at, decided_at, " \
  "record, sealed"

Case read_case(Row& row) {
  Case one;
  row.read(one.id, one.subject, one.user, one.state, one.category, one.effect, one.severity, one.strike,
           one.strike_until, one.opened_at, one.decided_at, one.record, one.sealed);
  return one;
}

#define HG_MEMBER_COLUMNS "case_id, subject, user, effect, strike, strike_until, added_at, record, sealed"

CaseMember read_member(Row& row) {
  CaseMember one;
  row.read(one.case_id, one.subject, one.user, one.effect, one.strike, one.strike_until, one.added_at,
           one.record, one.sealed);
  return one;
}

}  // namespace

Result<std::int64_t> SqliteCases::add(const Case& opened) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run(
      "INSERT INTO cases (subject, user, state, category, effect, severity, strike, strike_until, "
      "opened_at, decided_at, record, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      opened.subject, opened.user, opened.state, opened.category, opened.effect, opened.severity,
      opened.strike, opened.strike_until, opened.opened_at, opened.decided_at, opened.record, opened.sealed));
  return db_.number("SELECT last_insert_rowid()", 0);
}

Result<std::optional<Case>> SqliteCases::find(std::int64_t id) {
  return db_.one("SELECT " HG_CASE_COLUMNS " FROM cases WHERE id = ?", read_case, id);
}

Result<std::optional<Case>> SqliteCases::find_open(std::string_view subject) {
  return db_.one("SELECT " HG_CASE_COLUMNS " FROM cases WHERE subject = ? AND state = 1", read_case, subject);
}

Result<std::vector<Case>> SqliteCases::of_subject(std::string_view subject, std::size_t limit) {
  return db_.all("SELECT " HG_CASE_COLUMNS
                 " FROM cases WHERE id IN (SELECT id FROM cases WHERE subject = ?1 UNION "
                 "SELECT case_id FROM case_members WHERE subject = ?1) ORDER BY id DESC LIMIT ?2",
                 read_case, subject, static_cast<std::int64_t>(limit));
}

Result<std::vector<Case>> SqliteCases::of_user(UserId user, std::size_t limit) {
  return db_.all("SELECT " HG_CASE_COLUMNS
                 " FROM cases WHERE id IN (SELECT id FROM cases WHERE user = ?1 UNION "
                 "SELECT case_id FROM case_members WHERE user = ?1) ORDER BY id DESC LIMIT ?2",
                 read_case, user, static_cast<std::int64_t>(limit));
}

Status SqliteCases::update(const Case& changed) {
  HG_TRY(session_.changing());
  HG_ASSIGN(const auto there, db_.number("SELECT 1 FROM cases WHERE id = ?", 0, changed.id));
  if (there == 0) return fail(Error::not_found("CASE_UNKNOWN"));
  return db_.run(
      "UPDATE cases SET subject = ?, user = ?, state = ?, category = ?, effect = ?, severity = ?, "
      "strike = ?, strike_until = ?, opened_at = ?, decided_at = ?, record = ?, sealed = ? "
      "WHERE id = ?",
      changed.subject, changed.user, changed.state, changed.category, changed.effect, changed.severity,
      changed.strike, changed.strike_until, changed.opened_at, changed.decided_at, changed.record,
      changed.sealed, changed.id);
}

Result<std::vector<Case>> SqliteCases::queue(CasePlace after, std::size_t limit) {
  return db_.all("SELECT " HG_CASE_COLUMNS
                 " FROM cases WHERE state = 1 AND (severity < ?1 OR severity = ?1 AND id > ?2) "
                 "ORDER BY severity DESC, id LIMIT ?3",
                 read_case, after.severity, after.id, static_cast<std::int64_t>(limit));
}

Result<std::int64_t> SqliteCases::count_open() {
  return db_.number("SELECT count(*) FROM cases WHERE state = 1", 0);
}

Result<std::int64_t> SqliteCases::strikes(UserId user, UnixSeconds now) {
  return db_.number(
      "SELECT (SELECT coalesce(sum(strike), 0) FROM cases WHERE user = ?1 AND strike != 0 AND strike_until > "
      "?2) + (SELECT coalesce(sum(strike), 0) FROM case_members WHERE user = ?1 AND strike != 0 AND "
      "strike_until > ?2)",
      0, user, now);
}

Status SqliteCases::put_member(const CaseMember& member) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO case_members (" HG_MEMBER_COLUMNS
                 ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 member.case_id, member.subject, member.user, member.effect, member.strike,
                 member.strike_until, member.added_at, member.record, member.sealed);
}

Result<std::optional<CaseMember>> SqliteCases::find_member(std::int64_t case_id, std::string_view subject) {
  return db_.one("SELECT " HG_MEMBER_COLUMNS " FROM case_members WHERE case_id = ? AND subject = ?",
                 read_member, case_id, subject);
}

Result<std::vector<CaseMember>> SqliteCases::members(std::int64_t case_id, std::string_view after,
                                                     std::size_t limit) {
  return db_.all("SELECT " HG_MEMBER_COLUMNS
                 " FROM case_members WHERE case_id = ? AND subject > ? ORDER BY subject LIMIT ?",
                 read_member, case_id, after, static_cast<std::int64_t>(limit));
}

Status SqliteJudgeQueue::add(const Unjudged& entry) {
  HG_TRY(session_.changing());
  return db_.run("INSERT INTO judge_queue (kind, peer, message) VALUES (?, ?, ?)", entry.kind, entry.peer,
                 entry.message);
}

Result<std::vector<Unjudged>> SqliteJudgeQueue::first(Unjudged::Kind kind, std::size_t limit) {
  return db_.all(
      "SELECT number, kind, peer, message FROM judge_queue WHERE kind = ? ORDER BY number LIMIT ?",
      [](Row& row) {
        Unjudged entry;
        row.read(entry.number, entry.kind, entry.peer, entry.message);
        return entry;
      },
      kind, static_cast<std::int64_t>(limit));
}

Status SqliteJudgeQueue::erase(std::int64_t number) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM judge_queue WHERE number = ?", number);
}

Result<std::int64_t> SqliteJudgeQueue::count() {
  return db_.number("SELECT count(*) FROM judge_queue", 0);
}

}  // namespace heliograph::store::sqlite
