#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

Status SqliteSettings::put(UserId owner, SettingKind kind, std::int64_t key, ByteView value) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO settings (owner, kind, key, value) VALUES (?, ?, ?, ?)", owner, kind,
                 key, value);
}

Result<std::optional<Bytes>> SqliteSettings::find(UserId owner, SettingKind kind, std::int64_t key) {
  return db_.one(
      "SELECT value FROM settings WHERE owner = ? AND kind = ? AND key = ?",
      [](Row& row) { return row.get<Bytes>(); }, owner, kind, key);
}

Result<std::vector<Setting>> SqliteSettings::all(UserId owner, SettingKind kind) {
  return db_.all(
      "SELECT key, value FROM settings WHERE owner = ? AND kind = ? ORDER BY key",
      [](Row& row) {
        Setting setting;
        row.read(setting.key, setting.value);
        return setting;
      },
      owner, kind);
}

Status SqliteSettings::erase(UserId owner, SettingKind kind, std::int64_t key) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM settings WHERE owner = ? AND kind = ? AND key = ?", owner, kind, key);
}

Status SqliteSettings::erase_all(UserId owner) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM settings WHERE owner = ?", owner);
}

Result<std::optional<Bytes>> SqliteSettings::find_global(std::string_view name) {
  return db_.one("SELECT value FROM globals WHERE name = ?", [](Row& row) { return row.get<Bytes>(); }, name);
}

Status SqliteSettings::put_global(std::string_view name, ByteView value) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO globals (name, value) VALUES (?, ?)", name, value);
}

}  // namespace heliograph::store::sqlite
