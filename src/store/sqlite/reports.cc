#include <limits>

#include "store/sqlite/report_table.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_REPORT_COLUMNS                                                                             \
  "id, case_id, source, reporter, flagger, receipt, category, option, country, language, state, at, " \
  "settled_at, sealed"

store::Report read_report(Row& row) {
  store::Report one;
  row.read(one.id, one.case_id, one.source, one.reporter, one.flagger, one.receipt, one.category, one.option,
           one.country, one.language, one.state, one.at, one.settled_at, one.sealed);
  return one;
}

Flagger read_flagger(Row& row) {
  Flagger one;
  row.read(one.name, one.authority, one.token, one.added_at, one.disabled_at);
  return one;
}

}  // namespace

Result<std::int64_t> SqliteReports::add(const store::Report& report) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("INSERT INTO reports (case_id, source, reporter, flagger, receipt, category, option, country, "
              "language, "
              "state, at, settled_at, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              report.case_id, report.source, report.reporter, report.flagger,
              OrNull::of(ByteView(report.receipt)), report.category, report.option, report.country,
              report.language, report.state, report.at, report.settled_at, report.sealed));
  return db_.number("SELECT last_insert_rowid()", 0);
}

Result<std::optional<store::Report>> SqliteReports::find(std::int64_t id) {
  return db_.one("SELECT " HG_REPORT_COLUMNS " FROM reports WHERE id = ?", read_report, id);
}

Result<std::optional<store::Report>> SqliteReports::find_receipt(ByteView receipt) {
  return db_.one("SELECT " HG_REPORT_COLUMNS " FROM reports WHERE receipt = ?", read_report, receipt);
}

Result<std::optional<store::Report>> SqliteReports::find_waiting(std::int64_t case_id, UserId reporter) {
  return db_.one("SELECT " HG_REPORT_COLUMNS
                 " FROM reports WHERE case_id = ? AND reporter = ? AND reporter != 0 AND state = 1 LIMIT 1",
                 read_report, case_id, reporter);
}

Result<std::optional<store::Report>> SqliteReports::newest(std::int64_t case_id, UserId reporter) {
  return db_.one(
      "SELECT " HG_REPORT_COLUMNS
      " FROM reports WHERE case_id = ? AND reporter = ? AND reporter != 0 ORDER BY id DESC LIMIT 1",
      read_report, case_id, reporter);
}

Result<std::vector<store::Report>> SqliteReports::of_case(std::int64_t case_id, std::int64_t after,
                                                          std::size_t limit) {
  return db_.all("SELECT " HG_REPORT_COLUMNS " FROM reports WHERE case_id = ? AND id > ? ORDER BY id LIMIT ?",
                 read_report, case_id, after, static_cast<std::int64_t>(limit));
}

Result<std::vector<store::Report>> SqliteReports::of_reporter(UserId reporter, std::int64_t before,
                                                              std::size_t limit) {
  return db_.all("SELECT " HG_REPORT_COLUMNS
                 " FROM reports WHERE reporter = ? AND reporter != 0 AND id < ? ORDER BY id DESC LIMIT ?",
                 read_report, reporter, before == 0 ? std::numeric_limits<std::int64_t>::max() : before,
                 static_cast<std::int64_t>(limit));
}

Result<std::int64_t> SqliteReports::count_since(UserId reporter, UnixSeconds since) {
  // Their numbers ascend with their times, so that only the newest are looked at.
  return db_.number(
      "SELECT count(*) FROM reports WHERE reporter = ?1 AND reporter != 0 AND id > coalesce((SELECT id FROM "
      "reports WHERE reporter = ?1 AND reporter != 0 AND at < ?2 ORDER BY id DESC LIMIT 1), 0)",
      0, reporter, since);
}

Status SqliteReports::update(const store::Report& report) {
  HG_TRY(session_.changing());
  HG_ASSIGN(const auto there, db_.number("SELECT 1 FROM reports WHERE id = ?", 0, report.id));
  if (there == 0) return fail(Error::not_found("REPORT_UNKNOWN", "There is no report of this number."));
  return db_.run(
      "UPDATE reports SET case_id = ?, source = ?, reporter = ?, flagger = ?, receipt = ?, category = ?, "
      "option = ?, country = ?, language = ?, state = ?, at = ?, settled_at = ?, sealed = ? WHERE id = ?",
      report.case_id, report.source, report.reporter, report.flagger, OrNull::of(ByteView(report.receipt)),
      report.category, report.option, report.country, report.language, report.state, report.at,
      report.settled_at, report.sealed, report.id);
}

Result<ReportRecord> SqliteReports::record_of(UserId reporter) {
  ReportRecord record;
  HG_TRY(db_.each(
      "SELECT state FROM reports WHERE reporter = ? AND reporter != 0 AND state != 1 ORDER BY settled_at "
      "DESC "
      "LIMIT 100",
      [&record](Row& row) {
        ++(row.get<ReportState>() == ReportState::upheld ? record.upheld : record.rejected);
        return true;
      },
      reporter));
  return record;
}

Status SqliteReports::keep_media(std::int64_t case_id, const std::vector<std::int64_t>& media) {
  HG_TRY(session_.changing());
  for (const auto id : media) {
    HG_TRY(db_.run("INSERT OR IGNORE INTO evidence_media (media, case_id) VALUES (?, ?)", id, case_id));
  }
  return {};
}

Status SqliteReports::put_flagger(const Flagger& flagger) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT OR REPLACE INTO flaggers (name, authority, token, added_at, disabled_at) VALUES (?, ?, ?, ?, "
      "?)",
      flagger.name, flagger.authority, flagger.token, flagger.added_at, flagger.disabled_at);
}

Result<std::optional<Flagger>> SqliteReports::find_flagger(ByteView token) {
  return db_.one("SELECT name, authority, token, added_at, disabled_at FROM flaggers WHERE token = ?",
                 read_flagger, token);
}

Result<std::vector<Flagger>> SqliteReports::flaggers() {
  return db_.all("SELECT name, authority, token, added_at, disabled_at FROM flaggers ORDER BY name",
                 read_flagger);
}

Result<ReporterStanding> SqliteReports::standing(UserId reporter) {
  HG_ASSIGN(const auto found, db_.one(
                                  "SELECT warned_at, paused_until FROM reporters WHERE user = ?",
                                  [](Row& row) {
                                    ReporterStanding standing;
                                    row.read(standing.warned_at, standing.paused_until);
                                    return standing;
                                  },
                                  reporter));
  return found.value_or(ReporterStanding{});
}

Status SqliteReports::set_standing(UserId reporter, const ReporterStanding& standing) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO reporters (user, warned_at, paused_until) VALUES (?, ?, ?)",
                 reporter, standing.warned_at, standing.paused_until);
}

}  // namespace heliograph::store::sqlite
