#include <algorithm>

#include "store/sqlite/tables.h"
#include "store/sqlite/usernames.h"
#include "store/text.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_ACCOUNT_COLUMNS                                                                                 \
  "id, state, phone_sealed, phone_index, first_name, last_name, about, username, bot, support, verified, " \
  "created_at, last_online_at, ttl_days, terms_version, password, photo, limited_until, delisted, "        \
  "country, limited_since, limited_as, paced_at"
#define HG_CODE_COLUMNS \
  "code_hash, phone_index, auth_key, code_digest, sent_at, expires_at, attempts, resends, verified"

Account read_account(Row& row) {
  Account account;
  row.read(account.id, account.state, account.phone_sealed, account.phone_index, account.first_name,
           account.last_name, account.about, account.username, account.bot, account.support, account.verified,
           account.created_at, account.last_online_at, account.ttl_days, account.terms_version,
           account.password, account.photo, account.limited_until, account.delisted, account.country,
           account.limited_since, account.limited_as, account.paced_at);
  return account;
}

SignInCode read_code(Row& row) {
  SignInCode code;
  row.read(code.code_hash, code.phone_index, code.key, code.code_digest, code.sent_at, code.expires_at,
           code.attempts, code.resends, code.verified);
  return code;
}

std::string fold_name(const Account& account) {
  return fold(account.last_name.empty() ? account.first_name : account.first_name + " " + account.last_name);
}

}  // namespace

Result<UserId> SqliteAccounts::insert(const Account& account) {
  HG_TRY(session_.changing());
  auto id = account.id;
  while (!id) {
    HG_ASSIGN(const auto next, session_.boxes->next_user());
    HG_ASSIGN(const auto taken, db_.number("SELECT 1 FROM accounts WHERE id = ?", 0, next));
    if (!taken) id = UserId{next};
  }
  if (id.value < 0 || id.value > kOwnerLimit) {
    return fail(Error::internal("STORE_ID_RANGE", "Account ids have 32 bits here."));
  }
  const auto key = fold_username(account.username);
  HG_TRY(take_username(session_, Peer::of(id), key));
  const auto done = db_.run(
      "INSERT INTO accounts (" HG_ACCOUNT_COLUMNS
      ", username_key, name_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?)",
      id, account.state, account.phone_sealed, OrNull::of(account.phone_index), account.first_name,
      account.last_name, account.about, account.username, account.bot, account.support, account.verified,
      account.created_at, account.last_online_at, account.ttl_days, account.terms_version, account.password,
      account.photo, account.limited_until, account.delisted, account.country, account.limited_since,
      account.limited_as, account.paced_at, OrNull::of(std::string_view(key)), fold_name(account));
  if (!done) return fail(occupied(done.error()));
  return id;
}

Error SqliteAccounts::occupied(const Error& error) {
  if (error.code != "STORE_CONFLICT") return error;
  const auto what = db_.conflict();
  if (what.find("phone_index") != what.npos) return Error::invalid("PHONE_NUMBER_OCCUPIED");
  return error;
}

Result<std::optional<Account>> SqliteAccounts::find(UserId id) {
  return db_.one("SELECT " HG_ACCOUNT_COLUMNS " FROM accounts WHERE id = ?", read_account, id);
}

Result<std::vector<Account>> SqliteAccounts::find_many(const std::vector<UserId>& ids) {
  std::vector<Account> accounts;
  accounts.reserve(ids.size());
  for (const auto id : ids) {
    HG_ASSIGN(auto found, find(id));
    if (found) accounts.push_back(std::move(*found));
  }
  return accounts;
}

Result<std::optional<Account>> SqliteAccounts::find_by_phone(ByteView phone_index) {
  return db_.one("SELECT " HG_ACCOUNT_COLUMNS " FROM accounts WHERE phone_index = ?", read_account,
                 OrNull::of(phone_index));
}

Result<std::optional<Account>> SqliteAccounts::find_by_username(std::string_view username) {
  const auto key = fold_username(username);
  return db_.one("SELECT " HG_ACCOUNT_COLUMNS " FROM accounts WHERE username_key = ?", read_account,
                 OrNull::of(std::string_view(key)));
}

Status SqliteAccounts::update(const Account& account) {
  HG_TRY(session_.changing());
  const auto key = fold_username(account.username);
  HG_TRY(take_username(session_, Peer::of(account.id), key));
  const auto done = db_.run(
      "UPDATE accounts SET state = ?, phone_sealed = ?, phone_index = ?, first_name = ?, last_name = ?, "
      "about = ?, "
      "username = ?, bot = ?, support = ?, verified = ?, created_at = ?, last_online_at = ?, ttl_days = ?, "
      "terms_version = ?, password = ?, photo = ?, limited_until = ?, delisted = ?, country = ?, "
      "limited_since = ?, limited_as = ?, paced_at = ?, username_key = ?, name_key = ? WHERE id = ?",
      account.state, account.phone_sealed, OrNull::of(account.phone_index), account.first_name,
      account.last_name, account.about, account.username, account.bot, account.support, account.verified,
      account.created_at, account.last_online_at, account.ttl_days, account.terms_version, account.password,
      account.photo, account.limited_until, account.delisted, account.country, account.limited_since,
      account.limited_as, account.paced_at, OrNull::of(std::string_view(key)), fold_name(account),
      account.id);
  if (!done) return fail(occupied(done.error()));
  if (db_.changes() == 0) return fail(Error::not_found("USER_ID_INVALID"));
  return {};
}

Status SqliteAccounts::set_last_online(UserId id, UnixSeconds at) {
  HG_TRY(session_.changing());
  return db_.run("UPDATE accounts SET last_online_at = ? WHERE id = ?", at, id);
}

Result<std::vector<UserId>> SqliteAccounts::expired(UnixSeconds now, std::size_t limit) {
  // Bots and the service account do not age.
  return db_.all(
      "SELECT id FROM accounts WHERE state = 0 AND bot = 0 AND phone_index IS NOT NULL AND "
      "max(created_at, last_online_at) + ttl_days * 86400 <= ? ORDER BY id LIMIT ?",
      [](Row& row) { return row.get<UserId>(); }, now, limit);
}

Status SqliteAccounts::put_code(const SignInCode& code) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO sign_in_codes (" HG_CODE_COLUMNS
                 ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 code.code_hash, code.phone_index, code.key, code.code_digest, code.sent_at, code.expires_at,
                 code.attempts, code.resends, code.verified);
}

Result<std::optional<SignInCode>> SqliteAccounts::find_code(std::string_view code_hash) {
  return db_.one("SELECT " HG_CODE_COLUMNS " FROM sign_in_codes WHERE code_hash = ?", read_code, code_hash);
}

Result<std::vector<SignInCode>> SqliteAccounts::codes_of(ByteView phone_index) {
  return db_.all("SELECT " HG_CODE_COLUMNS
                 " FROM sign_in_codes WHERE phone_index = ? ORDER BY sent_at DESC LIMIT 100",
                 read_code, phone_index);
}

Status SqliteAccounts::delete_code(std::string_view code_hash) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM sign_in_codes WHERE code_hash = ?", code_hash);
}

Status SqliteAccounts::delete_codes_before(UnixSeconds expired_at) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM sign_in_codes WHERE expires_at < ?", expired_at);
}

}  // namespace heliograph::store::sqlite
