#include "store/sqlite/case_table.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_CASE_COLUMNS                                                                                 \
  "id, subject, user, state, category, effect, severity, strike, strike_until, opened_at, decided_at, " \
  "record, sealed, queue, rank, due_at, reports, language, country, assignee, assigned_until, version"

Case read_case(Row& row) {
  Case one;
  row.read(one.id, one.subject, one.user, one.state, one.category, one.effect, one.severity, one.strike,
           one.strike_until, one.opened_at, one.decided_at, one.record, one.sealed, one.queue, one.rank,
           one.due_at, one.reports, one.language, one.country, one.assignee, one.assigned_until, one.version);
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
      "opened_at, decided_at, record, sealed, queue, rank, due_at, reports, language, country, assignee, "
      "assigned_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      opened.subject, opened.user, opened.state, opened.category, opened.effect, opened.severity,
      opened.strike, opened.strike_until, opened.opened_at, opened.decided_at, opened.record, opened.sealed,
      opened.queue, opened.rank, opened.due_at, opened.reports, opened.language, opened.country,
      opened.assignee, opened.assigned_until));
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
      "strike = ?, strike_until = ?, opened_at = ?, decided_at = ?, record = ?, sealed = ?, queue = ?, "
      "rank = ?, due_at = ?, reports = ?, language = ?, country = ?, assignee = ?, assigned_until = ?, "
      "version = version + 1 WHERE id = ?",
      changed.subject, changed.user, changed.state, changed.category, changed.effect, changed.severity,
      changed.strike, changed.strike_until, changed.opened_at, changed.decided_at, changed.record,
      changed.sealed, changed.queue, changed.rank, changed.due_at, changed.reports, changed.language,
      changed.country, changed.assignee, changed.assigned_until, changed.id);
}

// Numbered parameters: 1, 2 the place; 3 bits of categories; 4 language; 5 country; 6 severity; 7 assignee,
// -1: whoever; 8 now; 9 the limit; 10 the queue.
#define HG_WAITING                                                                                           \
  " FROM cases WHERE state = 1 AND (rank < ?1 OR rank = ?1 AND id > ?2) AND (?3 = 0 OR ?3 >> category & 1) " \
  "AND (?4 = '' OR language = ?4) AND (?5 = '' OR country = ?5) AND severity >= ?6 AND (?7 = -1 OR ?7 = "    \
  "CASE WHEN assigned_until > ?8 THEN assignee ELSE 0 END) "

Result<std::vector<Case>> SqliteCases::queue(const CaseFilter& filter, CasePlace after, std::size_t limit) {
  const auto assignee = filter.assignee ? filter.assignee->value : -1;
  const auto most = static_cast<std::int64_t>(limit);
  if (filter.assignee && filter.assignee->value != 0) {
    // What one person holds is little, and has an index of its own.
    return db_.all(
        "SELECT " HG_CASE_COLUMNS HG_WAITING
        "AND assignee = ?7 AND assignee != 0 AND (?10 = -1 OR queue = ?10) ORDER BY +rank DESC, id "
        "LIMIT ?9",
        read_case, after.rank, after.id, filter.categories, filter.language, filter.country,
        filter.severity_from, assignee, filter.now, most,
        filter.queue ? static_cast<std::int64_t>(*filter.queue) : std::int64_t{-1});
  }
  if (filter.queue) {
    return db_.all("SELECT " HG_CASE_COLUMNS HG_WAITING "AND queue = ?10 ORDER BY rank DESC, id LIMIT ?9",
                   read_case, after.rank, after.id, filter.categories, filter.language, filter.country,
                   filter.severity_from, assignee, filter.now, most, *filter.queue);
  }
  return db_.all("SELECT " HG_CASE_COLUMNS HG_WAITING "ORDER BY rank DESC, id LIMIT ?9", read_case,
                 after.rank, after.id, filter.categories, filter.language, filter.country,
                 filter.severity_from, assignee, filter.now, most);
}

Result<std::int64_t> SqliteCases::count_open() {
  return db_.number("SELECT coalesce(sum(open), 0) FROM case_waiting", 0);
}

// What waits is counted by the hour in which it is due: only of the hour that runs is there more to look at.
Result<CaseFigures> SqliteCases::figures(CaseQueue queue, UnixSeconds now) {
  CaseFigures figures;
  const auto hour = now / 3600;
  HG_ASSIGN(figures.open,
            db_.number("SELECT coalesce(sum(open), 0) FROM case_waiting WHERE queue = ?", 0, queue));
  HG_ASSIGN(figures.overdue,
            db_.number("SELECT (SELECT coalesce(sum(open), 0) FROM case_waiting WHERE queue = ?1 AND "
                       "due_hour > 0 AND due_hour < ?2) + (SELECT count(*) FROM cases WHERE state = 1 AND "
                       "queue = ?1 AND due_at >= ?2 * 3600 AND due_at < ?3)",
                       0, queue, hour, now));
  HG_ASSIGN(
      figures.oldest,
      db_.number("SELECT coalesce(min(opened_at), 0) FROM cases WHERE state = 1 AND queue = ?", 0, queue));
  return figures;
}

Result<std::vector<Case>> SqliteCases::untold(std::size_t limit) {
  return db_.all("SELECT " HG_CASE_COLUMNS " FROM cases WHERE state != 1 AND reports > 0 ORDER BY id LIMIT ?",
                 read_case, static_cast<std::int64_t>(limit));
}

Result<std::vector<Case>> SqliteCases::decided_since(UnixSeconds since, std::size_t limit) {
  return db_.all("SELECT " HG_CASE_COLUMNS
                 " FROM cases WHERE state IN (2, 3) AND decided_at >= ? ORDER BY decided_at DESC LIMIT ?",
                 read_case, since, static_cast<std::int64_t>(limit));
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

Result<std::vector<CaseMember>> SqliteCases::members_of(std::int64_t case_id, UserId user,
                                                        std::size_t limit) {
  return db_.all("SELECT " HG_MEMBER_COLUMNS
                 " FROM case_members WHERE user = ? AND case_id = ? ORDER BY subject LIMIT ?",
                 read_member, user, case_id, static_cast<std::int64_t>(limit));
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
