// Agencies, their officers and sessions, and the files that came with requests.
#include "store/sqlite/legal_table.h"
#include "store/sqlite/usernames.h"

namespace heliograph::store::sqlite {

namespace {

Agency read_agency(Row& row) {
  Agency out;
  row.read(out.id, out.name, out.country, out.kind, out.state, out.added_at, out.onboarded_by, out.daily_most,
           out.sealed);
  return out;
}

#define HG_AGENCY_OFFICER_COLUMNS                                                                    \
  "id, agency, state, coalesce(invitation, x''), invited_until, coalesce(passkey, x''), algorithm, " \
  "public_key, counter, added_at, seen_at, sealed"

AgencyOfficer read_agency_officer(Row& row) {
  AgencyOfficer out;
  row.read(out.id, out.agency, out.state, out.invitation, out.invited_until, out.passkey, out.algorithm,
           out.public_key, out.counter, out.added_at, out.seen_at, out.sealed);
  return out;
}

LegalFile read_legal_file(Row& row) {
  LegalFile out;
  row.read(out.id, out.request, out.officer, out.at, out.kind, out.sha256, out.size, out.facts, out.sealed);
  return out;
}

Error agency_known(const Error& error) {
  if (error.code != "STORE_CONFLICT") return error;
  return Error::invalid("AGENCY_KNOWN", "There is an agency of this name.");
}

Error draft_unknown() {
  return Error::not_found("DRAFT_UNKNOWN", "There is no draft of this number.");
}

Error officer_conflict(const Error& error) {
  if (error.code != "STORE_CONFLICT") return error;
  return Error::invalid("PASSKEY_OCCUPIED", "This passkey is known already.");
}

}  // namespace

Result<std::int64_t> SqliteLegal::add_agency(const Agency& agency) {
  HG_TRY(session_.changing());
  const auto added = db_.run(
      "INSERT INTO legal_agencies (name, country, kind, state, added_at, onboarded_by, daily_most, sealed) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      agency.name, agency.country, agency.kind, agency.state, agency.added_at, agency.onboarded_by,
      agency.daily_most, agency.sealed);
  if (!added) return fail(agency_known(added.error()));
  return sqlite3_last_insert_rowid(db_.handle());
}

Result<std::optional<Agency>> SqliteLegal::find_agency(std::int64_t id) {
  return db_.one(
      "SELECT id, name, country, kind, state, added_at, onboarded_by, daily_most, sealed FROM legal_agencies "
      "WHERE id = ?",
      read_agency, id);
}

Status SqliteLegal::update_agency(const Agency& agency) {
  HG_TRY(session_.changing());
  const auto done = db_.run(
      "UPDATE legal_agencies SET name = ?, country = ?, kind = ?, state = ?, onboarded_by = ?, daily_most = "
      "?, "
      "sealed = ? WHERE id = ?",
      agency.name, agency.country, agency.kind, agency.state, agency.onboarded_by, agency.daily_most,
      agency.sealed, agency.id);
  if (!done) return fail(agency_known(done.error()));
  if (db_.changes() > 0) return {};
  return fail(Error::not_found("AGENCY_UNKNOWN", "There is no agency of this number."));
}

Result<std::vector<Agency>> SqliteLegal::agencies() {
  return db_.all(
      "SELECT id, name, country, kind, state, added_at, onboarded_by, daily_most, sealed FROM legal_agencies "
      "ORDER BY name",
      read_agency);
}

Result<std::int64_t> SqliteLegal::add_officer(const AgencyOfficer& officer) {
  HG_TRY(session_.changing());
  const auto added = db_.run(
      "INSERT INTO legal_officers (agency, state, invitation, invited_until, passkey, algorithm, public_key, "
      "counter, added_at, seen_at, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      officer.agency, officer.state, OrNull::of(ByteView(officer.invitation)), officer.invited_until,
      OrNull::of(ByteView(officer.passkey)), officer.algorithm, officer.public_key, officer.counter,
      officer.added_at, officer.seen_at, officer.sealed);
  if (!added) return fail(officer_conflict(added.error()));
  return sqlite3_last_insert_rowid(db_.handle());
}

Result<std::optional<AgencyOfficer>> SqliteLegal::find_officer(std::int64_t id) {
  return db_.one("SELECT " HG_AGENCY_OFFICER_COLUMNS " FROM legal_officers WHERE id = ?", read_agency_officer,
                 id);
}

Result<std::optional<AgencyOfficer>> SqliteLegal::find_invited(ByteView invitation) {
  return db_.one("SELECT " HG_AGENCY_OFFICER_COLUMNS " FROM legal_officers WHERE invitation = ?",
                 read_agency_officer, invitation);
}

Result<std::optional<AgencyOfficer>> SqliteLegal::find_officer_by_passkey(ByteView passkey) {
  return db_.one("SELECT " HG_AGENCY_OFFICER_COLUMNS " FROM legal_officers WHERE passkey = ?",
                 read_agency_officer, passkey);
}

Status SqliteLegal::update_officer(const AgencyOfficer& officer) {
  HG_TRY(session_.changing());
  const auto done = db_.run(
      "UPDATE legal_officers SET agency = ?, state = ?, invitation = ?, invited_until = ?, passkey = ?, "
      "algorithm = ?, public_key = ?, counter = ?, seen_at = ?, sealed = ? WHERE id = ?",
      officer.agency, officer.state, OrNull::of(ByteView(officer.invitation)), officer.invited_until,
      OrNull::of(ByteView(officer.passkey)), officer.algorithm, officer.public_key, officer.counter,
      officer.seen_at, officer.sealed, officer.id);
  if (!done) return fail(officer_conflict(done.error()));
  if (db_.changes() > 0) return {};
  return fail(Error::not_found("AGENCY_OFFICER_UNKNOWN", "There is no officer of this number."));
}

Result<std::vector<AgencyOfficer>> SqliteLegal::officers(std::int64_t agency) {
  return db_.all("SELECT " HG_AGENCY_OFFICER_COLUMNS " FROM legal_officers WHERE agency = ? ORDER BY id",
                 read_agency_officer, agency);
}

Status SqliteLegal::put_session(const AgencySession& session) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT OR REPLACE INTO legal_sessions (digest, officer, created_at, used_at, expires_at, proved_at) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      session.digest, session.officer, session.created_at, session.used_at, session.expires_at,
      session.proved_at);
}

Result<std::optional<AgencySession>> SqliteLegal::find_session(ByteView digest) {
  return db_.one(
      "SELECT digest, officer, created_at, used_at, expires_at, proved_at FROM legal_sessions WHERE digest = "
      "?",
      [](Row& row) {
        AgencySession out;
        row.read(out.digest, out.officer, out.created_at, out.used_at, out.expires_at, out.proved_at);
        return out;
      },
      digest);
}

Status SqliteLegal::erase_session(ByteView digest) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM legal_sessions WHERE digest = ?", digest);
}

Status SqliteLegal::erase_sessions(std::int64_t officer) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM legal_sessions WHERE officer = ?", officer);
}

Status SqliteLegal::erase_expired_sessions(UnixSeconds now) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM legal_sessions WHERE expires_at <= ?", now);
}

Result<std::int64_t> SqliteLegal::add_file(const LegalFile& file) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run(
      "INSERT INTO legal_files (request, officer, at, kind, sha256, size, facts, sealed) VALUES (?, ?, ?, ?, "
      "?, ?, ?, ?)",
      file.request, file.officer, file.at, file.kind, file.sha256, file.size, file.facts, file.sealed));
  return sqlite3_last_insert_rowid(db_.handle());
}

Result<std::optional<LegalFile>> SqliteLegal::find_file(std::int64_t id) {
  return db_.one(
      "SELECT id, request, officer, at, kind, sha256, size, facts, sealed FROM legal_files WHERE id = ?",
      read_legal_file, id);
}

Result<std::vector<LegalFile>> SqliteLegal::files(std::int64_t request) {
  return db_.all(
      "SELECT id, request, officer, at, kind, sha256, size, facts, x'' FROM legal_files WHERE request = ? "
      "ORDER BY id",
      read_legal_file, request);
}

Result<std::int64_t> SqliteLegal::add_draft(const LegalDraft& draft) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("INSERT INTO legal_drafts (officer, changed_at, sealed) VALUES (?, ?, ?)", draft.officer,
                 draft.changed_at, draft.sealed));
  return sqlite3_last_insert_rowid(db_.handle());
}

Status SqliteLegal::update_draft(const LegalDraft& draft) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("UPDATE legal_drafts SET changed_at = ?, sealed = ? WHERE id = ? AND officer = ?",
                 draft.changed_at, draft.sealed, draft.id, draft.officer));
  return db_.changes() > 0 ? Status() : fail(draft_unknown());
}

Result<std::vector<LegalDraft>> SqliteLegal::drafts(std::int64_t officer) {
  return db_.all(
      "SELECT id, officer, changed_at, sealed FROM legal_drafts WHERE officer = ? ORDER BY changed_at DESC, "
      "id DESC",
      [](Row& row) {
        LegalDraft out;
        row.read(out.id, out.officer, out.changed_at, out.sealed);
        return out;
      },
      officer);
}

Status SqliteLegal::erase_draft(std::int64_t officer, std::int64_t id) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM legal_drafts WHERE id = ? AND officer = ?", id, officer));
  return db_.changes() > 0 ? Status() : fail(draft_unknown());
}

Status SqliteLegal::erase_drafts(UnixSeconds before) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM legal_drafts WHERE changed_at <= ?", before);
}

Result<std::optional<Peer>> SqliteLegal::holder_of_name(std::string_view name, UnixSeconds at) {
  return db_.one(
      "SELECT peer FROM username_history WHERE key = ?1 AND from_at <= ?2 AND (to_at = 0 OR to_at > ?2) "
      "ORDER BY from_at DESC LIMIT 1",
      [](Row& row) { return row.get<Peer>(); }, fold_username(name), at);
}

}  // namespace heliograph::store::sqlite
