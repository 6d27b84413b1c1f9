#include "store/sqlite/transparency_table.h"

#include "store/sqlite/case_table.h"
#include "store/sqlite/legal_table.h"
#include "store/sqlite/report_table.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_PUBLIC_REPORT_COLUMNS                                                                       \
  "id, from_at, to_at, version, state, document, note, reason, reviewed_by, drafted_at, reviewed_at, " \
  "published_at"

PublicReport read_public_report(Row& row) {
  PublicReport one;
  row.read(one.id, one.from, one.to, one.version, one.state, one.document, one.note, one.reason,
           one.reviewed_by, one.drafted_at, one.reviewed_at, one.published_at);
  return one;
}

ReportFollower read_follower(Row& row) {
  ReportFollower one;
  row.read(one.user, one.country, one.told);
  return one;
}

#define HG_STATEMENT_COLUMNS "puid, case_id, payload, state, tries, next_at, answer"

OutgoingStatement read_outgoing(Row& row) {
  OutgoingStatement one;
  row.read(one.puid, one.case_id, one.payload, one.state, one.tries, one.next_at, one.answer);
  return one;
}

// In their order; what is gone is left out.
template <typename Found, typename Find>
Result<std::vector<Found>> found_by(const std::vector<std::int64_t>& ids, Find find) {
  std::vector<Found> out;
  for (const auto id : ids) {
    HG_ASSIGN(auto one, find(id));
    if (one) out.push_back(std::move(*one));
  }
  return out;
}

}  // namespace

Result<std::int64_t> SqliteTransparency::add(const PublicReport& report) {
  HG_TRY(session_.changing());
  HG_ASSIGN(const auto there,
            db_.number("SELECT 1 FROM public_reports WHERE from_at = ? AND to_at = ? AND version = ?", 0,
                       report.from, report.to, report.version));
  if (there != 0) {
    return fail(Error::invalid("PUBLIC_REPORT_KNOWN", "There is this version of the period's report."));
  }
  HG_TRY(db_.run(
      "INSERT INTO public_reports (from_at, to_at, version, state, document, note, reason, reviewed_by, "
      "drafted_at, reviewed_at, published_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      report.from, report.to, report.version, report.state, report.document, report.note, report.reason,
      report.reviewed_by, report.drafted_at, report.reviewed_at, report.published_at));
  return db_.number("SELECT last_insert_rowid()", 0);
}

Result<std::optional<PublicReport>> SqliteTransparency::find(std::int64_t id) {
  return db_.one("SELECT " HG_PUBLIC_REPORT_COLUMNS " FROM public_reports WHERE id = ?", read_public_report,
                 id);
}

Result<std::optional<PublicReport>> SqliteTransparency::find_period(UnixSeconds from, UnixSeconds to,
                                                                    bool published) {
  return db_.one("SELECT " HG_PUBLIC_REPORT_COLUMNS
                 " FROM public_reports WHERE from_at = ? AND to_at = ? AND state >= ? "
                 "ORDER BY version DESC LIMIT 1",
                 read_public_report, from, to, published ? 3 : 1);
}

Result<std::vector<PublicReport>> SqliteTransparency::list(bool published, std::size_t limit) {
  return db_.all(
      "SELECT id, from_at, to_at, version, state, '', '', reason, reviewed_by, drafted_at, reviewed_at, "
      "published_at FROM public_reports WHERE state >= ? ORDER BY to_at DESC, from_at DESC, version DESC "
      "LIMIT ?",
      read_public_report, published ? 3 : 1, static_cast<std::int64_t>(limit));
}

Status SqliteTransparency::must_be_open(std::int64_t id) {
  HG_ASSIGN(const auto state, db_.number("SELECT state FROM public_reports WHERE id = ?", 0, id));
  if (state == 0)
    return fail(Error::not_found("PUBLIC_REPORT_UNKNOWN", "There is no report of this number."));
  if (state == static_cast<std::int64_t>(PublicReportState::published)) {
    return fail(Error::forbidden("PUBLIC_REPORT_PUBLISHED",
                                 "The report has been published; what is wrong with it is put right in a "
                                 "new version."));
  }
  return {};
}

Status SqliteTransparency::update(const PublicReport& report) {
  HG_TRY(session_.changing());
  HG_TRY(must_be_open(report.id));
  return db_.run(
      "UPDATE public_reports SET from_at = ?, to_at = ?, version = ?, state = ?, document = ?, note = ?, "
      "reason = ?, reviewed_by = ?, drafted_at = ?, reviewed_at = ?, published_at = ? WHERE id = ?",
      report.from, report.to, report.version, report.state, report.document, report.note, report.reason,
      report.reviewed_by, report.drafted_at, report.reviewed_at, report.published_at, report.id);
}

Status SqliteTransparency::erase(std::int64_t id) {
  HG_TRY(session_.changing());
  HG_TRY(must_be_open(id));
  return db_.run("DELETE FROM public_reports WHERE id = ?", id);
}

Status SqliteTransparency::put_follower(const ReportFollower& follower) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO report_followers (user, country, told) VALUES (?, ?, ?)",
                 follower.user, follower.country, follower.told);
}

Result<std::optional<ReportFollower>> SqliteTransparency::find_follower(UserId user) {
  return db_.one("SELECT user, country, told FROM report_followers WHERE user = ?", read_follower, user);
}

Status SqliteTransparency::erase_follower(UserId user) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM report_followers WHERE user = ?", user);
}

Result<std::vector<ReportFollower>> SqliteTransparency::untold(std::int64_t report, std::size_t limit) {
  return db_.all("SELECT user, country, told FROM report_followers WHERE told < ? ORDER BY user LIMIT ?",
                 read_follower, report, static_cast<std::int64_t>(limit));
}

Result<bool> SqliteTransparency::add_statement(const OutgoingStatement& statement) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("INSERT OR IGNORE INTO outgoing_statements (puid, case_id, payload, state, tries, next_at, "
              "answer) VALUES (?, ?, ?, ?, ?, ?, ?)",
              statement.puid, statement.case_id, statement.payload, statement.state, statement.tries,
              statement.next_at, statement.answer));
  return db_.changes() == 1;
}

Result<std::vector<OutgoingStatement>> SqliteTransparency::due_statements(UnixSeconds now,
                                                                          std::size_t limit) {
  return db_.all("SELECT " HG_STATEMENT_COLUMNS
                 " FROM outgoing_statements WHERE state = 1 AND next_at <= ? ORDER BY next_at, id LIMIT ?",
                 read_outgoing, now, static_cast<std::int64_t>(limit));
}

Status SqliteTransparency::update_statement(const OutgoingStatement& statement) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("UPDATE outgoing_statements SET case_id = ?, payload = ?, state = ?, tries = ?, next_at = ?, "
              "answer = ? WHERE puid = ?",
              statement.case_id, statement.payload, statement.state, statement.tries, statement.next_at,
              statement.answer, statement.puid));
  if (db_.changes() == 1) return {};
  return fail(Error::not_found("STATEMENT_UNKNOWN", "There is no statement of this number."));
}

Result<std::optional<OutgoingStatement>> SqliteTransparency::find_statement(std::string_view puid) {
  return db_.one("SELECT " HG_STATEMENT_COLUMNS " FROM outgoing_statements WHERE puid = ?", read_outgoing,
                 puid);
}

Result<std::int64_t> SqliteTransparency::count_statements(StatementState state) {
  return db_.number("SELECT count(*) FROM outgoing_statements WHERE state = ?", 0, state);
}

Result<std::vector<std::int64_t>> SqliteTransparency::numbers(const char* query, UnixSeconds from,
                                                              UnixSeconds to, std::int64_t after,
                                                              std::size_t limit) {
  return db_.all(
      query, [](Row& row) { return row.get<std::int64_t>(); }, from, to, after,
      static_cast<std::int64_t>(limit));
}

Result<std::vector<Case>> SqliteTransparency::cases(UnixSeconds from, UnixSeconds to, std::int64_t after,
                                                    std::size_t limit) {
  HG_ASSIGN(const auto ids,
            numbers("SELECT id FROM cases WHERE (opened_at >= ?1 AND opened_at < ?2 OR decided_at >= ?1 AND "
                    "decided_at < ?2 AND state IN (2, 3) OR id IN (SELECT case_id FROM case_members WHERE "
                    "added_at >= ?1 AND added_at < ?2)) AND id > ?3 ORDER BY id LIMIT ?4",
                    from, to, after, limit));
  SqliteCases table(session_);
  return found_by<Case>(ids, [&](std::int64_t id) { return table.find(id); });
}

Result<std::vector<Report>> SqliteTransparency::reports(UnixSeconds from, UnixSeconds to, std::int64_t after,
                                                        std::size_t limit) {
  HG_ASSIGN(const auto ids,
            numbers("SELECT id FROM reports WHERE at >= ?1 AND at < ?2 AND id > ?3 ORDER BY id LIMIT ?4",
                    from, to, after, limit));
  SqliteReports table(session_);
  return found_by<Report>(ids, [&](std::int64_t id) { return table.find(id); });
}

Result<std::vector<Appeal>> SqliteTransparency::appeals(UnixSeconds from, UnixSeconds to, std::int64_t after,
                                                        std::size_t limit) {
  HG_ASSIGN(const auto ids,
            numbers("SELECT id FROM appeals WHERE (at >= ?1 AND at < ?2 OR decided_at >= ?1 AND decided_at < "
                    "?2) AND id > ?3 ORDER BY id LIMIT ?4",
                    from, to, after, limit));
  SqliteCases table(session_);
  return found_by<Appeal>(ids, [&](std::int64_t id) { return table.find_appeal(id); });
}

Result<std::vector<GuardTermEvent>> SqliteTransparency::term_events(UnixSeconds from, UnixSeconds to,
                                                                    std::int64_t after, std::size_t limit) {
  return db_.all(
      "SELECT id, term, at, staff, what, record, sealed FROM guard_term_events WHERE at >= ? AND at < ? AND "
      "id > ? ORDER BY id LIMIT ?",
      [](Row& row) {
        GuardTermEvent event;
        row.read(event.id, event.term, event.at, event.staff, event.what, event.record, event.sealed);
        return event;
      },
      from, to, after, static_cast<std::int64_t>(limit));
}

Result<std::vector<LegalRequest>> SqliteTransparency::legal_requests(UnixSeconds from, UnixSeconds to,
                                                                     std::int64_t after, std::size_t limit) {
  HG_ASSIGN(
      const auto ids,
      numbers(
          "SELECT id FROM legal_requests WHERE received_at >= ?1 AND received_at < ?2 AND id > ?3 ORDER BY "
          "id LIMIT ?4",
          from, to, after, limit));
  SqliteLegal table(session_);
  return found_by<LegalRequest>(ids, [&](std::int64_t id) { return table.find(id); });
}

Result<std::int64_t> SqliteTransparency::paused_reporters(UnixSeconds from, UnixSeconds to) {
  // A pause lasts 30 days (safety/cases/outcome.cc); what is stored is when it ends.
  return db_.number("SELECT count(*) FROM reporters WHERE paused_until >= ? AND paused_until < ?", 0, from,
                    to + 30 * 86'400);
}

}  // namespace heliograph::store::sqlite
