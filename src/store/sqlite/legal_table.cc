#include "store/sqlite/legal_table.h"

#include <limits>

namespace heliograph::store::sqlite {

namespace {

#define HG_LEGAL_REQUEST_COLUMNS                                                                           \
  "id, bundle, type, state, agency, officer, country, jurisdiction, user, likeness, received_at, due_at, " \
  "gates, asked, outcome, record, gag_until, notified_at, closed_at, version, sealed, case_likeness"
#define HG_LEGAL_ACT_COLUMNS \
  "id, request, gate, at, staff, officer, what, record, sealed, agency, about, application"

LegalRequest read_legal_request(Row& row) {
  LegalRequest out;
  row.read(out.id, out.bundle, out.type, out.state, out.agency, out.officer, out.country, out.jurisdiction,
           out.user, out.likeness, out.received_at, out.due_at, out.gates, out.asked, out.outcome, out.record,
           out.gag_until, out.notified_at, out.closed_at, out.version, out.sealed, out.case_likeness);
  return out;
}

LegalAct read_legal_act(Row& row) {
  LegalAct out;
  row.read(out.id, out.request, out.gate, out.at, out.staff, out.officer, out.what, out.record, out.sealed,
           out.agency, out.about, out.application);
  return out;
}

LegalClock read_legal_clock(Row& row) {
  LegalClock out;
  row.read(out.id, out.request, out.kind, out.due_at, out.done_at);
  return out;
}

std::int64_t or_all(std::int64_t before) {
  return before == 0 ? std::numeric_limits<std::int64_t>::max() : before;
}

}  // namespace

Result<std::int64_t> SqliteLegal::add(const LegalRequest& request) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run(
      "INSERT INTO legal_requests (bundle, type, state, agency, officer, country, jurisdiction, user, "
      "likeness, received_at, due_at, gates, asked, outcome, record, gag_until, notified_at, closed_at, "
      "version, sealed, case_likeness) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, "
      "?)",
      request.bundle, request.type, request.state, request.agency, request.officer, request.country,
      request.jurisdiction, request.user, request.likeness, request.received_at, request.due_at,
      request.gates, request.asked, request.outcome, request.record, request.gag_until, request.notified_at,
      request.closed_at, request.sealed, request.case_likeness));
  const std::int64_t id = sqlite3_last_insert_rowid(db_.handle());
  if (request.bundle == 0) HG_TRY(db_.run("UPDATE legal_requests SET bundle = id WHERE id = ?", id));
  return id;
}

Result<std::optional<LegalRequest>> SqliteLegal::find(std::int64_t id) {
  return db_.one("SELECT " HG_LEGAL_REQUEST_COLUMNS " FROM legal_requests WHERE id = ?", read_legal_request,
                 id);
}

Status SqliteLegal::update(const LegalRequest& request) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run(
      "UPDATE legal_requests SET bundle = ?, type = ?, state = ?, agency = ?, officer = ?, country = ?, "
      "jurisdiction = ?, user = ?, likeness = ?, received_at = ?, due_at = ?, gates = ?, asked = ?, outcome "
      "= ?, record = ?, gag_until = ?, notified_at = ?, closed_at = ?, version = version + 1, sealed = ?, "
      "case_likeness = ? WHERE id = ?",
      request.bundle, request.type, request.state, request.agency, request.officer, request.country,
      request.jurisdiction, request.user, request.likeness, request.received_at, request.due_at,
      request.gates, request.asked, request.outcome, request.record, request.gag_until, request.notified_at,
      request.closed_at, request.sealed, request.case_likeness, request.id));
  if (db_.changes() > 0) return {};
  return fail(Error::not_found("LEGAL_REQUEST_UNKNOWN", "There is no request of this number."));
}

Result<std::vector<LegalRequest>> SqliteLegal::queue(const LegalRequestFilter& filter,
                                                     LegalRequestPlace after, std::size_t limit) {
  const auto type = filter.type ? static_cast<std::int64_t>(*filter.type) : std::int64_t{-1};
  const auto state = filter.state ? static_cast<std::int64_t>(*filter.state) : std::int64_t{-1};
  // Two statements, so that each has its index.
  return db_.all(
      filter.open_only
          ? "SELECT " HG_LEGAL_REQUEST_COLUMNS
            " FROM legal_requests WHERE closed_at = 0 AND (due_at, id) > (?1, ?2) AND (?3 < 0 OR type = ?3) "
            "AND (?4 < 0 OR state = ?4) AND (?5 = 0 OR agency = ?5) AND (?6 = '' OR country = ?6) ORDER BY "
            "due_at, id LIMIT ?7"
          : "SELECT " HG_LEGAL_REQUEST_COLUMNS
            " FROM legal_requests WHERE (due_at, id) > (?1, ?2) AND (?3 < 0 OR type = ?3) AND (?4 < 0 OR "
            "state = ?4) AND (?5 = 0 OR agency = ?5) AND (?6 = '' OR country = ?6) ORDER BY due_at, id LIMIT "
            "?7",
      read_legal_request, after.due_at, after.id, type, state, filter.agency, filter.country,
      static_cast<std::int64_t>(limit));
}

Result<std::vector<LegalRequest>> SqliteLegal::of_agency(std::int64_t agency, std::int64_t officer,
                                                         std::int64_t before, std::size_t limit) {
  if (officer != 0) {
    return db_.all(
        "SELECT " HG_LEGAL_REQUEST_COLUMNS
        " FROM legal_requests WHERE officer = ? AND agency = ? AND id < ? ORDER BY id DESC LIMIT ?",
        read_legal_request, officer, agency, or_all(before), static_cast<std::int64_t>(limit));
  }
  return db_.all("SELECT " HG_LEGAL_REQUEST_COLUMNS
                 " FROM legal_requests WHERE agency = ? AND id < ? ORDER BY id DESC LIMIT ?",
                 read_legal_request, agency, or_all(before), static_cast<std::int64_t>(limit));
}

Result<std::vector<LegalRequest>> SqliteLegal::alike(const LegalRequest& one, std::size_t limit) {
  // Three looks, each with its index.
  return db_.all("SELECT " HG_LEGAL_REQUEST_COLUMNS
                 " FROM legal_requests WHERE id != ? AND id IN ("
                 "SELECT id FROM legal_requests WHERE likeness = ? AND likeness != x'' UNION "
                 "SELECT id FROM legal_requests WHERE user = ? AND user != 0 UNION "
                 "SELECT id FROM legal_requests WHERE case_likeness = ? AND case_likeness != x'') "
                 "ORDER BY id DESC LIMIT ?",
                 read_legal_request, one.id, one.likeness, one.user, one.case_likeness,
                 static_cast<std::int64_t>(limit));
}

Result<std::int64_t> SqliteLegal::count_since(std::int64_t agency, UnixSeconds since) {
  return db_.number("SELECT count(*) FROM legal_requests WHERE agency = ? AND received_at >= ?", 0, agency,
                    since);
}

Result<LegalFigures> SqliteLegal::figures(UnixSeconds now) {
  LegalFigures out;
  HG_ASSIGN(out.open, db_.number("SELECT count(*) FROM legal_requests WHERE closed_at = 0", 0));
  HG_ASSIGN(out.overdue,
            db_.number("SELECT count(*) FROM legal_requests WHERE closed_at = 0 AND due_at < ?", 0, now));
  HG_ASSIGN(out.due_soon,
            db_.number("SELECT count(*) FROM legal_requests WHERE closed_at = 0 AND due_at >= ? "
                       "AND due_at < ?",
                       0, now, now + 86'400));
  HG_ASSIGN(out.oldest, db_.number("SELECT coalesce(min(received_at), 0) FROM legal_requests WHERE closed_at "
                                   "= 0",
                                   0));
  HG_ASSIGN(out.applications, db_.number("SELECT count(*) FROM agency_applications WHERE decided_at = 0", 0));
  return out;
}

Result<std::int64_t> SqliteLegal::note(const LegalAct& act) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("INSERT INTO legal_acts (request, gate, at, staff, officer, what, record, sealed, agency, "
              "about, application) VALUES "
              "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              act.request, act.gate, act.at, act.staff, act.officer, act.what, act.record, act.sealed,
              act.agency, act.about, act.application));
  return sqlite3_last_insert_rowid(db_.handle());
}

Result<std::vector<LegalAct>> SqliteLegal::acts(std::int64_t request) {
  return db_.all("SELECT " HG_LEGAL_ACT_COLUMNS " FROM legal_acts WHERE request = ? ORDER BY id",
                 read_legal_act, request);
}

Result<std::vector<LegalAct>> SqliteLegal::acts_about_agency(std::int64_t agency) {
  return db_.all("SELECT " HG_LEGAL_ACT_COLUMNS
                 " FROM legal_acts WHERE agency = ? AND agency != 0 ORDER BY id",
                 read_legal_act, agency);
}

Result<std::vector<LegalAct>> SqliteLegal::all_acts(std::int64_t before, std::size_t limit) {
  return db_.all("SELECT " HG_LEGAL_ACT_COLUMNS " FROM legal_acts WHERE id < ? ORDER BY id DESC LIMIT ?",
                 read_legal_act, or_all(before), static_cast<std::int64_t>(limit));
}

Status SqliteLegal::add_contribution(const LegalContribution& contribution) {
  HG_TRY(session_.changing());
  const auto added = db_.run(
      "INSERT INTO legal_contributions (request, share, staff, at, bytes) VALUES (?, ?, ?, ?, ?)",
      contribution.request, contribution.share, contribution.staff, contribution.at, contribution.bytes);
  if (!added && added.error().code == "STORE_CONFLICT") {
    return fail(Error::invalid("CONTRIBUTION_TWICE", "This share has been used for this request."));
  }
  return added;
}

Result<std::vector<LegalContribution>> SqliteLegal::contributions(std::int64_t request) {
  return db_.all(
      "SELECT request, share, staff, at, bytes FROM legal_contributions WHERE request = ? ORDER BY share",
      [](Row& row) {
        LegalContribution out;
        row.read(out.request, out.share, out.staff, out.at, out.bytes);
        return out;
      },
      request);
}

Status SqliteLegal::erase_contributions(std::int64_t request) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("UPDATE legal_contributions SET bytes = zeroblob(length(bytes)) WHERE request = ?", request));
  return db_.run("DELETE FROM legal_contributions WHERE request = ?", request);
}

Status SqliteLegal::add_package(const LegalPackage& package) {
  HG_TRY(session_.changing());
  const auto added = db_.run(
      "INSERT INTO legal_packages (request, officer, made_at, expires_at, collected_at, sha256, bytes) "
      "VALUES "
      "(?, ?, ?, ?, ?, ?, ?)",
      package.request, package.officer, package.made_at, package.expires_at, package.collected_at,
      package.sha256, package.bytes);
  if (!added && added.error().code == "STORE_CONFLICT") {
    return fail(Error::forbidden("LEGAL_PACKAGE_TWICE", "This request has been answered."));
  }
  return added;
}

Result<std::optional<LegalPackage>> SqliteLegal::find_package(std::int64_t request) {
  return db_.one(
      "SELECT request, officer, made_at, expires_at, collected_at, sha256, bytes FROM legal_packages WHERE "
      "request = ?",
      [](Row& row) {
        LegalPackage out;
        row.read(out.request, out.officer, out.made_at, out.expires_at, out.collected_at, out.sha256,
                 out.bytes);
        return out;
      },
      request);
}

Status SqliteLegal::mark_collected(std::int64_t request, UnixSeconds at) {
  HG_TRY(session_.changing());
  return db_.run("UPDATE legal_packages SET collected_at = ? WHERE request = ? AND collected_at = 0", at,
                 request);
}

Result<bool> SqliteLegal::empty_package(std::int64_t request) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("UPDATE legal_packages SET bytes = zeroblob(length(bytes)) WHERE request = ? AND bytes != x''",
              request));
  const bool there = db_.changes() > 0;
  if (there) HG_TRY(db_.run("UPDATE legal_packages SET bytes = x'' WHERE request = ?", request));
  return there;
}

Status SqliteLegal::set_clock(std::int64_t request, LegalClockKind kind, UnixSeconds due_at) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT INTO legal_clocks (request, kind, due_at, done_at) VALUES (?, ?, ?, 0) ON CONFLICT (request, "
      "kind) DO UPDATE SET due_at = excluded.due_at, done_at = 0",
      request, kind, due_at);
}

Status SqliteLegal::stop_clock(std::int64_t request, LegalClockKind kind, UnixSeconds now) {
  HG_TRY(session_.changing());
  return db_.run("UPDATE legal_clocks SET done_at = ? WHERE request = ? AND kind = ? AND done_at = 0", now,
                 request, kind);
}

Status SqliteLegal::stop_clocks(std::int64_t request, UnixSeconds now) {
  HG_TRY(session_.changing());
  return db_.run(
      "UPDATE legal_clocks SET done_at = ? WHERE request = ? AND kind NOT IN (?, ?) AND done_at = 0", now,
      request, LegalClockKind::tell, LegalClockKind::confirm);
}

Result<std::vector<LegalClock>> SqliteLegal::clocks(std::int64_t request) {
  return db_.all(
      "SELECT id, request, kind, due_at, done_at FROM legal_clocks WHERE request = ? ORDER BY kind",
      read_legal_clock, request);
}

Result<std::vector<LegalClock>> SqliteLegal::due(UnixSeconds now, std::size_t limit) {
  return db_.all(
      "SELECT id, request, kind, due_at, done_at FROM legal_clocks WHERE done_at = 0 AND due_at <= ? ORDER "
      "BY "
      "due_at, id LIMIT ?",
      read_legal_clock, now, static_cast<std::int64_t>(limit));
}

Result<std::vector<LegalClock>> SqliteLegal::calendar(UnixSeconds from, std::size_t limit) {
  return db_.all(
      "SELECT id, request, kind, due_at, done_at FROM legal_clocks WHERE done_at = 0 AND due_at >= ? AND "
      "kind != ? ORDER BY due_at, id LIMIT ?",
      read_legal_clock, from, LegalClockKind::decision, static_cast<std::int64_t>(limit));
}

}  // namespace heliograph::store::sqlite
