// Agencies that apply to be let in.
#include "store/sqlite/legal_table.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_APPLICATION_COLUMNS \
  "id, reference, likeness, state, received_at, decided_at, decided_by, agency, sealed"

AgencyApplication read_application(Row& row) {
  AgencyApplication out;
  row.read(out.id, out.reference, out.likeness, out.state, out.received_at, out.decided_at, out.decided_by,
           out.agency, out.sealed);
  return out;
}

}  // namespace

Result<std::int64_t> SqliteLegal::add_application(const AgencyApplication& application) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run(
      "INSERT INTO agency_applications (reference, likeness, state, received_at, decided_at, decided_by, "
      "agency, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      application.reference, application.likeness, application.state, application.received_at,
      application.decided_at, application.decided_by, application.agency, application.sealed));
  return sqlite3_last_insert_rowid(db_.handle());
}

Result<std::optional<AgencyApplication>> SqliteLegal::find_application(std::int64_t id) {
  return db_.one("SELECT " HG_APPLICATION_COLUMNS " FROM agency_applications WHERE id = ?", read_application,
                 id);
}

Result<std::optional<AgencyApplication>> SqliteLegal::find_application_of(ByteView reference) {
  return db_.one("SELECT " HG_APPLICATION_COLUMNS " FROM agency_applications WHERE reference = ?",
                 read_application, reference);
}

Status SqliteLegal::update_application(const AgencyApplication& application) {
  HG_TRY(session_.changing());
  // Of what a row held before nothing stays in the file: what is taken out of it is personal data.
  HG_TRY(db_.run("UPDATE agency_applications SET sealed = zeroblob(length(sealed)) WHERE id = ?",
                 application.id));
  HG_TRY(db_.run(
      "UPDATE agency_applications SET reference = ?, likeness = ?, state = ?, received_at = ?, decided_at = "
      "?, decided_by = ?, agency = ?, sealed = ? WHERE id = ?",
      application.reference, application.likeness, application.state, application.received_at,
      application.decided_at, application.decided_by, application.agency, application.sealed,
      application.id));
  if (db_.changes() > 0) return {};
  return fail(Error::not_found("APPLICATION_UNKNOWN", "There is no application of this number."));
}

Result<std::vector<AgencyApplication>> SqliteLegal::applications(std::size_t limit) {
  return db_.all("SELECT " HG_APPLICATION_COLUMNS
                 " FROM agency_applications WHERE state != ? ORDER BY decided_at != 0, id LIMIT ?",
                 read_application, AgencyApplicationState::declined, static_cast<std::int64_t>(limit));
}

Result<AgencyApplicationCounts> SqliteLegal::count_applications(UnixSeconds since) {
  AgencyApplicationCounts out;
  HG_ASSIGN(out.open, db_.number("SELECT count(*) FROM agency_applications WHERE decided_at = 0", 0));
  HG_ASSIGN(out.received,
            db_.number("SELECT count(*) FROM agency_applications WHERE received_at >= ?", 0, since));
  return out;
}

Status SqliteLegal::erase_applications(UnixSeconds received_before, UnixSeconds decided_before) {
  HG_TRY(session_.changing());
  // Two looks, each with its index.
  HG_TRY(db_.run(
      "UPDATE agency_applications SET sealed = zeroblob(length(sealed)) WHERE decided_at = 0 AND received_at "
      "<= ?",
      received_before));
  HG_TRY(db_.run(
      "UPDATE agency_applications SET sealed = zeroblob(length(sealed)) WHERE decided_at != 0 AND decided_at "
      "<= ?",
      decided_before));
  HG_TRY(
      db_.run("DELETE FROM agency_applications WHERE decided_at = 0 AND received_at <= ?", received_before));
  return db_.run("DELETE FROM agency_applications WHERE decided_at != 0 AND decided_at <= ?", decided_before);
}

}  // namespace heliograph::store::sqlite
