#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_AUTH_KEY_COLUMNS                                                                         \
  "id, key_sealed, created_at, expires_at, bound_to, layer, api_id, device_model, system_version, " \
  "app_version, lang_code, user, authorization_hash, signed_in_at, active_at, ip_sealed, password_pending"

AuthKey read_auth_key(Row& row) {
  AuthKey key;
  row.read(key.id, key.key_sealed, key.created_at, key.expires_at, key.bound_to, key.layer, key.api_id,
           key.device_model, key.system_version, key.app_version, key.lang_code, key.user,
           key.authorization_hash, key.signed_in_at, key.active_at, key.ip_sealed, key.password_pending);
  return key;
}

}  // namespace

Status SqliteAuthKeys::put(const AuthKey& key) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO auth_keys (" HG_AUTH_KEY_COLUMNS
                 ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 key.id, key.key_sealed, key.created_at, key.expires_at, key.bound_to, key.layer, key.api_id,
                 key.device_model, key.system_version, key.app_version, key.lang_code, key.user,
                 key.authorization_hash, key.signed_in_at, key.active_at, key.ip_sealed,
                 key.password_pending);
}

Result<std::optional<AuthKey>> SqliteAuthKeys::find(AuthKeyId id) {
  return db_.one("SELECT " HG_AUTH_KEY_COLUMNS " FROM auth_keys WHERE id = ?", read_auth_key, id);
}

Status SqliteAuthKeys::erase(AuthKeyId id) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM auth_keys WHERE bound_to = ? AND bound_to != 0", id));
  return db_.run("DELETE FROM auth_keys WHERE id = ?", id);
}

Result<std::vector<AuthKey>> SqliteAuthKeys::of_user(UserId user) {
  return db_.all("SELECT " HG_AUTH_KEY_COLUMNS
                 " FROM auth_keys WHERE user = ? AND user != 0 AND expires_at = 0 AND password_pending = 0 "
                 "ORDER BY active_at DESC, id",
                 read_auth_key, user);
}

Result<std::vector<AuthKeyId>> SqliteAuthKeys::temporary_of(AuthKeyId permanent) {
  return db_.all(
      "SELECT id FROM auth_keys WHERE bound_to = ? AND bound_to != 0 ORDER BY id",
      [](Row& row) { return row.get<AuthKeyId>(); }, permanent);
}

Status SqliteAuthKeys::touch(AuthKeyId id, UnixSeconds active_at, ByteView ip_sealed) {
  HG_TRY(session_.changing());
  return db_.run("UPDATE auth_keys SET active_at = ?, ip_sealed = ? WHERE id = ?", active_at, ip_sealed, id);
}

Result<std::size_t> SqliteAuthKeys::erase_stale(UnixSeconds now, UnixSeconds idle_since, std::size_t limit) {
  HG_TRY(session_.changing());
  const auto read_id = [](Row& row) { return row.get<AuthKeyId>(); };
  HG_ASSIGN(auto ids, db_.all("SELECT id FROM auth_keys WHERE expires_at != 0 AND expires_at <= ? LIMIT ?",
                              read_id, now, limit));
  if (ids.size() < limit) {
    HG_ASSIGN(const auto unused, db_.all("SELECT id FROM auth_keys WHERE user = 0 AND expires_at = 0 AND "
                                         "max(created_at, active_at) < ? LIMIT ?",
                                         read_id, idle_since, limit - ids.size()));
    ids.insert(ids.end(), unused.begin(), unused.end());
  }
  for (const auto id : ids) HG_TRY(erase(id));
  return ids.size();
}

}  // namespace heliograph::store::sqlite
