#include "store/sqlite/staff_table.h"

#include <algorithm>
#include <limits>

#include "store/sqlite/beside.h"
#include "store/sqlite/word_list.h"
#include "store/text.h"

namespace heliograph::store::sqlite {

namespace {

constexpr std::int64_t kFromTheNewest = std::numeric_limits<std::int64_t>::max();

StaffMember member_of(Row& row) {
  StaffMember member;
  std::string languages;
  row.read(member.id, member.name, member.role, member.state, languages, member.categories, member.opt_outs,
           member.settings, member.totp_sealed, member.totp_step, member.failures, member.locked_until,
           member.created_at);
  member.languages = words_in(languages);
  return member;
}

Passkey passkey_of(Row& row) {
  Passkey passkey;
  row.read(passkey.number, passkey.id, passkey.staff, passkey.algorithm, passkey.public_key, passkey.counter,
           passkey.label, passkey.created_at, passkey.used_at);
  return passkey;
}

StaffToken staff_token_of(Row& row) {
  StaffToken token;
  row.read(token.digest, token.kind, token.staff, token.created_at, token.used_at, token.expires_at,
           token.proved_at);
  return token;
}

StaffRead staff_read_of(Row& row) {
  StaffRead read;
  row.read(read.id, read.at, read.who, read.what, read.account, read.reason, read.staff, read.case_id);
  return read;
}

Error name_occupied(const Error& error) {
  if (error.code != "STORE_CONFLICT") return error;
  return Error::invalid("STAFF_NAME_OCCUPIED",
                        "Somebody on the staff has this name already; choose another.");
}

}  // namespace

Result<StaffId> SqliteStaff::add(const StaffMember& member) {
  HG_TRY(session_.changing());
  const auto added = db_.run(
      "INSERT INTO staff (name, name_key, role, state, languages, categories, opt_outs, settings, "
      "totp_sealed, "
      "totp_step, failures, locked_until, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      member.name, fold(member.name), member.role, member.state, in_one_line(member.languages),
      member.categories, member.opt_outs, member.settings, member.totp_sealed, member.totp_step,
      member.failures, member.locked_until, member.created_at);
  if (!added) return fail(name_occupied(added.error()));
  return StaffId{static_cast<StaffId::rep>(sqlite3_last_insert_rowid(db_.handle()))};
}

Result<std::optional<StaffMember>> SqliteStaff::find(StaffId id) {
  return db_.one(
      "SELECT id, name, role, state, languages, categories, opt_outs, settings, totp_sealed, totp_step, "
      "failures, locked_until, created_at FROM staff WHERE id = ?",
      member_of, id);
}

Result<std::optional<StaffMember>> SqliteStaff::find_by_name(std::string_view name) {
  return db_.one(
      "SELECT id, name, role, state, languages, categories, opt_outs, settings, totp_sealed, totp_step, "
      "failures, locked_until, created_at FROM staff WHERE name_key = ?",
      member_of, fold(name));
}

Result<std::vector<StaffMember>> SqliteStaff::list() {
  return db_.all(
      "SELECT id, name, role, state, languages, categories, opt_outs, settings, totp_sealed, totp_step, "
      "failures, locked_until, created_at FROM staff ORDER BY id",
      member_of);
}

Status SqliteStaff::update(const StaffMember& changed) {
  HG_TRY(session_.changing());
  const auto done = db_.run(
      "UPDATE staff SET name = ?, name_key = ?, role = ?, state = ?, languages = ?, categories = ?, "
      "opt_outs = ?, settings = ?, totp_sealed = ?, totp_step = ?, failures = ?, locked_until = ? WHERE id = "
      "?",
      changed.name, fold(changed.name), changed.role, changed.state, in_one_line(changed.languages),
      changed.categories, changed.opt_outs, changed.settings, changed.totp_sealed, changed.totp_step,
      changed.failures, changed.locked_until, changed.id);
  if (!done) return fail(name_occupied(done.error()));
  if (db_.changes() == 0) return fail(Error::not_found("STAFF_UNKNOWN", "There is nobody of this name."));
  return {};
}

Result<std::int64_t> SqliteStaff::add_passkey(const Passkey& passkey) {
  HG_TRY(session_.changing());
  const auto added = db_.run(
      "INSERT INTO staff_passkeys (id, staff, algorithm, public_key, counter, label, created_at, used_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      passkey.id, passkey.staff, passkey.algorithm, passkey.public_key, passkey.counter, passkey.label,
      passkey.created_at, passkey.used_at);
  if (!added && added.error().code == "STORE_CONFLICT") {
    return fail(Error::invalid("PASSKEY_OCCUPIED", "This passkey is known already."));
  }
  HG_TRY(added);
  return sqlite3_last_insert_rowid(db_.handle());
}

Status SqliteStaff::touch_passkey(std::int64_t number, std::uint32_t counter, UnixSeconds at) {
  HG_TRY(session_.changing());
  return db_.run("UPDATE staff_passkeys SET counter = ?, used_at = ? WHERE number = ?", counter, at, number);
}

Result<std::optional<Passkey>> SqliteStaff::find_passkey(ByteView id) {
  return db_.one(
      "SELECT number, id, staff, algorithm, public_key, counter, label, created_at, used_at FROM "
      "staff_passkeys "
      "WHERE id = ?",
      passkey_of, id);
}

Result<std::vector<Passkey>> SqliteStaff::passkeys(StaffId staff) {
  return db_.all(
      "SELECT number, id, staff, algorithm, public_key, counter, label, created_at, used_at FROM "
      "staff_passkeys "
      "WHERE staff = ? ORDER BY number",
      passkey_of, staff);
}

Status SqliteStaff::erase_passkey(StaffId staff, std::int64_t number) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM staff_passkeys WHERE staff = ? AND number = ?", staff, number);
}

Status SqliteStaff::erase_passkeys(StaffId staff) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM staff_passkeys WHERE staff = ?", staff);
}

Status SqliteStaff::put_token(const StaffToken& token) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT OR REPLACE INTO staff_tokens (digest, kind, staff, created_at, used_at, expires_at, proved_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
      token.digest, token.kind, token.staff, token.created_at, token.used_at, token.expires_at,
      token.proved_at);
}

Result<std::vector<StaffToken>> SqliteStaff::tokens(StaffId staff) {
  return db_.all(
      "SELECT digest, kind, staff, created_at, used_at, expires_at, proved_at FROM staff_tokens WHERE staff "
      "= ?",
      staff_token_of, staff);
}

Result<std::optional<StaffToken>> SqliteStaff::find_token(ByteView digest) {
  return db_.one(
      "SELECT digest, kind, staff, created_at, used_at, expires_at, proved_at FROM staff_tokens "
      "WHERE digest = ?",
      staff_token_of, digest);
}

Status SqliteStaff::erase_token(ByteView digest) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM staff_tokens WHERE digest = ?", digest);
}

Status SqliteStaff::erase_tokens(StaffId staff, StaffToken::Kind kind) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM staff_tokens WHERE staff = ? AND kind = ?", staff, kind);
}

Status SqliteStaff::erase_expired_tokens(UnixSeconds now) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM staff_tokens WHERE expires_at <= ?", now);
}

Status SqliteStaff::record_read(const StaffRead& read) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT INTO staff_reads (at, who, what, account, reason, staff, case_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
      read.at, read.who, read.what, read.account, read.reason, read.staff, read.case_id);
}

Result<std::vector<StaffRead>> SqliteStaff::reads(const StaffReadFilter& filter, std::int64_t before,
                                                  std::size_t limit) {
  const auto from = before == 0 ? kFromTheNewest : before;
  const auto most = static_cast<std::int64_t>(limit);
  if (filter.account) {
    return db_.all(
        "SELECT id, at, who, what, account, reason, staff, case_id FROM staff_reads "
        "WHERE account = ? AND id < ? AND (? = 0 OR staff = ?) ORDER BY id DESC LIMIT ?",
        staff_read_of, filter.account, from, filter.staff, filter.staff, most);
  }
  if (filter.staff) {
    return db_.all(
        "SELECT id, at, who, what, account, reason, staff, case_id FROM staff_reads "
        "WHERE staff = ? AND id < ? ORDER BY id DESC LIMIT ?",
        staff_read_of, filter.staff, from, most);
  }
  return db_.all(
      "SELECT id, at, who, what, account, reason, staff, case_id FROM staff_reads WHERE id < ? "
      "ORDER BY id DESC LIMIT ?",
      staff_read_of, from, most);
}

Status SqliteStaff::record_event(const StaffEvent& event) {
  HG_TRY(session_.changing());
  return db_.run("INSERT INTO staff_events (at, who, what, about) VALUES (?, ?, ?, ?)", event.at, event.who,
                 event.what, event.about);
}

Result<std::vector<StaffEvent>> SqliteStaff::events(std::int64_t before, std::size_t limit) {
  return db_.all(
      "SELECT id, at, who, what, about FROM staff_events WHERE id < ? ORDER BY id DESC LIMIT ?",
      [](Row& row) {
        StaffEvent event;
        row.read(event.id, event.at, event.who, event.what, event.about);
        return event;
      },
      before == 0 ? kFromTheNewest : before, static_cast<std::int64_t>(limit));
}

Status change_staff(const std::filesystem::path& place, const std::function<Status(Staff&)>& body) {
  return change_beside(place, [&](Session& session) {
    SqliteStaff staff(session);
    return body(staff);
  });
}

}  // namespace heliograph::store::sqlite
