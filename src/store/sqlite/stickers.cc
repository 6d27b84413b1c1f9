#include "store/sqlite/sticker_tables.h"
#include "store/text.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_STICKER_SET_COLUMNS "id, owner, kind, short_name, title, created_at, version"

StickerSet read_set(Row& row) {
  StickerSet set;
  row.read(set.id, set.owner, set.kind, set.short_name, set.title, set.created_at, set.version);
  return set;
}

InstalledSet read_installed(Row& row) {
  InstalledSet set;
  row.read(set.set, set.number, set.archived, set.installed_at);
  return set;
}

}  // namespace

Status SqliteStickers::put(const StickerSet& set) {
  HG_TRY(session_.changing());
  const auto name_key = fold(set.short_name);
  // Not INSERT OR REPLACE: that would take the place of another set of the same name.
  const auto done = db_.run(
      "INSERT INTO sticker_sets (" HG_STICKER_SET_COLUMNS
      ", name_key, search_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET owner = "
      "excluded.owner, kind = excluded.kind, short_name = excluded.short_name, title = excluded.title, "
      "created_at = excluded.created_at, version = excluded.version, name_key = excluded.name_key, "
      "search_key = excluded.search_key",
      set.id, set.owner, set.kind, set.short_name, set.title, set.created_at, set.version, name_key,
      fold(set.title) + "\n" + name_key);
  if (!done && done.error().code == "STORE_CONFLICT") return fail(Error::invalid("SHORT_NAME_OCCUPIED"));
  return done;
}

Result<std::optional<StickerSet>> SqliteStickers::find(std::int64_t id) {
  return db_.one("SELECT " HG_STICKER_SET_COLUMNS " FROM sticker_sets WHERE id = ?", read_set, id);
}

Result<std::optional<StickerSet>> SqliteStickers::find_by_name(std::string_view short_name) {
  return db_.one("SELECT " HG_STICKER_SET_COLUMNS " FROM sticker_sets WHERE name_key = ?", read_set,
                 fold(short_name));
}

Status SqliteStickers::erase(std::int64_t id) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM stickers WHERE sticker_set = ?", id));
  HG_TRY(db_.run("DELETE FROM installed_sets WHERE sticker_set = ?", id));
  return db_.run("DELETE FROM sticker_sets WHERE id = ?", id);
}

Result<std::vector<StickerSet>> SqliteStickers::search(StickerKind kind, std::string_view query,
                                                       std::size_t limit) {
  return db_.all("SELECT " HG_STICKER_SET_COLUMNS
                 " FROM sticker_sets WHERE kind = ? AND instr(search_key, ?) > 0 ORDER BY id LIMIT ?",
                 read_set, kind, fold(query), limit);
}

Result<std::vector<StickerSet>> SqliteStickers::of_owner(UserId owner, std::int64_t below,
                                                         std::size_t limit) {
  return db_.all("SELECT " HG_STICKER_SET_COLUMNS
                 " FROM sticker_sets WHERE owner = ?1 AND (?2 = 0 OR id < ?2) ORDER BY id DESC LIMIT ?3",
                 read_set, owner, below, limit);
}

Result<std::int64_t> SqliteStickers::count_of_owner(UserId owner) {
  return db_.number("SELECT count(*) FROM sticker_sets WHERE owner = ?", 0, owner);
}

Status SqliteStickers::put_stickers(std::int64_t set, const std::vector<Sticker>& stickers) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM stickers WHERE sticker_set = ?", set));
  std::int64_t position = 0;
  for (const auto& sticker : stickers) {
    HG_TRY(db_.run("INSERT INTO stickers (sticker_set, position, document, emoji) VALUES (?, ?, ?, ?)", set,
                   ++position, sticker.document, sticker.emoji));
  }
  return {};
}

Result<std::vector<Sticker>> SqliteStickers::stickers(std::int64_t set) {
  return db_.all(
      "SELECT document, emoji FROM stickers WHERE sticker_set = ? ORDER BY position",
      [](Row& row) {
        Sticker sticker;
        row.read(sticker.document, sticker.emoji);
        return sticker;
      },
      set);
}

Result<std::vector<std::int64_t>> SqliteStickers::with_emoji(UserId account, std::string_view emoji,
                                                             std::size_t limit) {
  return db_.all(
      "SELECT s.document FROM installed_sets i JOIN stickers s ON s.sticker_set = i.sticker_set WHERE "
      "i.account = ? AND i.archived = 0 AND instr(s.emoji, ?) > 0 ORDER BY i.number DESC, s.position LIMIT ?",
      [](Row& row) { return row.get<std::int64_t>(); }, account, emoji, limit);
}

Status SqliteStickers::install(UserId account, InstalledSet installed) {
  HG_TRY(session_.changing());
  if (installed.number == 0) {
    HG_ASSIGN(const auto highest,
              db_.number("SELECT max(number) FROM installed_sets WHERE account = ?", 0, account));
    installed.number = highest + 1;
  }
  return db_.run(
      "INSERT OR REPLACE INTO installed_sets (account, sticker_set, number, archived, installed_at) VALUES "
      "(?, ?, ?, ?, ?)",
      account, installed.set, installed.number, installed.archived, installed.installed_at);
}

Result<bool> SqliteStickers::uninstall(UserId account, std::int64_t set) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM installed_sets WHERE account = ? AND sticker_set = ?", account, set));
  return db_.changes() > 0;
}

Result<std::optional<InstalledSet>> SqliteStickers::find_installed(UserId account, std::int64_t set) {
  return db_.one(
      "SELECT sticker_set, number, archived, installed_at FROM installed_sets WHERE account = ? AND "
      "sticker_set = ?",
      read_installed, account, set);
}

Result<std::vector<InstalledSet>> SqliteStickers::installed(UserId account) {
  return db_.all(
      "SELECT sticker_set, number, archived, installed_at FROM installed_sets WHERE account = ? ORDER BY "
      "number DESC",
      read_installed, account);
}

}  // namespace heliograph::store::sqlite
