// Sets of stickers, and who has which of them in their list.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

// Part of the stored format.
enum class StickerKind : std::uint8_t { stickers = 0, masks = 1, emojis = 2 };

struct StickerSet {
  std::int64_t id = 0;
  UserId owner;
  StickerKind kind = StickerKind::stickers;
  std::string short_name;  // as its owner spells it
  std::string title;
  UnixSeconds created_at = 0;
  std::int32_t version = 1;  // moves with every change of the set
};

struct Sticker {
  std::int64_t document = 0;
  std::string emoji;  // one or several, one after the other
};

struct InstalledSet {
  std::int64_t set = 0;
  std::int64_t number = 0;  // the highest is at the top
  bool archived = false;
  UnixSeconds installed_at = 0;
};

class Stickers {
 public:
  virtual ~Stickers() = default;

  // Insert or replace by id. invalid SHORT_NAME_OCCUPIED.
  virtual Status put(const StickerSet& set) = 0;
  virtual Result<std::optional<StickerSet>> find(std::int64_t id) = 0;
  virtual Result<std::optional<StickerSet>> find_by_name(std::string_view short_name) = 0;  // ASCII, folded
  // With its stickers, and from everybody's list.
  virtual Status erase(std::int64_t id) = 0;
  // The title or short name contains `query`, folded; at most `limit`, oldest first.
  virtual Result<std::vector<StickerSet>> search(StickerKind kind, std::string_view query,
                                                 std::size_t limit) = 0;
  // Newest first. `below`: when not 0, only those with a lower id.
  virtual Result<std::vector<StickerSet>> of_owner(UserId owner, std::int64_t below, std::size_t limit) = 0;
  virtual Result<std::int64_t> count_of_owner(UserId owner) = 0;

  // Replaces all of the set's, in this order.
  virtual Status put_stickers(std::int64_t set, const std::vector<Sticker>& stickers) = 0;
  virtual Result<std::vector<Sticker>> stickers(std::int64_t set) = 0;
  // Stickers of this emoji in sets that the account has installed; at most `limit`.
  virtual Result<std::vector<std::int64_t>> with_emoji(UserId account, std::string_view emoji,
                                                       std::size_t limit) = 0;

  // Insert or replace; number 0: at the top.
  virtual Status install(UserId account, InstalledSet installed) = 0;
  virtual Result<bool> uninstall(UserId account, std::int64_t set) = 0;  // whether it was there
  virtual Result<std::optional<InstalledSet>> find_installed(UserId account, std::int64_t set) = 0;
  // From the top.
  virtual Result<std::vector<InstalledSet>> installed(UserId account) = 0;
};

}  // namespace heliograph::store
