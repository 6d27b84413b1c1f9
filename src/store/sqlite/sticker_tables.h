// Stickers on one SQLite connection; see tables.h.
#pragma once

#include "store/sqlite/session.h"
#include "store/stickers.h"

namespace heliograph::store::sqlite {

class SqliteStickers final : public Stickers {
 public:
  explicit SqliteStickers(Session& session) : session_(session), db_(session.db) {}
  Status put(const StickerSet& set) override;
  Result<std::optional<StickerSet>> find(std::int64_t id) override;
  Result<std::optional<StickerSet>> find_by_name(std::string_view short_name) override;
  Status erase(std::int64_t id) override;
  Result<std::vector<StickerSet>> search(StickerKind kind, std::string_view query,
                                         std::size_t limit) override;
  Result<std::vector<StickerSet>> of_owner(UserId owner, std::int64_t below, std::size_t limit) override;
  Result<std::int64_t> count_of_owner(UserId owner) override;
  Status put_stickers(std::int64_t set, const std::vector<Sticker>& stickers) override;
  Result<std::vector<Sticker>> stickers(std::int64_t set) override;
  Result<std::vector<std::int64_t>> with_emoji(UserId account, std::string_view emoji,
                                               std::size_t limit) override;
  Status install(UserId account, InstalledSet installed) override;
  Result<bool> uninstall(UserId account, std::int64_t set) override;
  Result<std::optional<InstalledSet>> find_installed(UserId account, std::int64_t set) override;
  Result<std::vector<InstalledSet>> installed(UserId account) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
