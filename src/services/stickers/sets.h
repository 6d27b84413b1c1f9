// Sets of stickers: made, changed, found, and kept in people's lists.
#pragma once

#include "services/caller.h"
#include "services/files/library.h"
#include "services/limits.h"
#include "store/stickers.h"

namespace heliograph::services {

using store::StickerKind;

// How a request names a set.
struct StickerSetName {
  std::int64_t id = 0;
  std::int64_t access_hash = 0;
  std::string short_name;  // when set: this alone counts
};

struct NewSticker {
  MediaName document;
  std::string emoji;
};

// A set as one viewer sees it.
struct StickerSetView {
  store::StickerSet set;
  std::int64_t access_hash = 0;
  bool creator = false;
  std::optional<store::InstalledSet> installed;
  std::vector<store::Sticker> stickers;
};
struct FullStickerSet {
  StickerSetView view;
  std::vector<Document> documents;  // in the order of the stickers
};

class StickerSets {
 public:
  static constexpr std::size_t stickers_max = 120;  // in one set; 200 emojis
  static constexpr std::size_t emojis_max = 200;
  static constexpr std::size_t installed_max =
      200;  // of one kind, in one list; further ones archive the last

  StickerSets(Environment& environment, store::Blobs& blobs, Library& library, Limits& limits)
      : environment_(environment), blobs_(blobs), library_(library), limits_(limits) {}

  // Every sticker becomes a document of the set's own, whoever sent the one it is made of.
  // invalid PACK_TITLE_INVALID, PACK_SHORT_NAME_INVALID, PACK_SHORT_NAME_OCCUPIED, STICKERS_EMPTY,
  // STICKERPACK_STICKERS_TOO_MUCH, STICKER_EMOJI_INVALID, STICKER_FILE_INVALID, STICKER_PNG_DIMENSIONS,
  // FILE_REFERENCE_*; flood FLOOD_WAIT.
  Task<Result<FullStickerSet>> create(Caller caller, StickerKind kind, std::string title,
                                      std::string short_name, std::vector<NewSticker> stickers);

  // invalid STICKERSET_INVALID.
  Task<Result<FullStickerSet>> find(UserId viewer, StickerSetName name);

  // The owner's. invalid STICKERSET_INVALID (also where the set is somebody else's), STICKER_INVALID (not in
  // a set of the caller's), those of create().
  Task<Result<FullStickerSet>> add(Caller caller, StickerSetName name, NewSticker sticker);
  Task<Result<FullStickerSet>> remove(Caller caller, MediaName sticker);
  Task<Result<FullStickerSet>> move(Caller caller, MediaName sticker, std::int32_t position);
  Task<Result<FullStickerSet>> change_emoji(Caller caller, MediaName sticker, std::string emoji);
  Task<Result<FullStickerSet>> rename(Caller caller, StickerSetName name, std::string title);
  Task<Status> erase(Caller caller, StickerSetName name);

  // invalid SHORT_NAME_INVALID, SHORT_NAME_OCCUPIED.
  Task<Status> check_short_name(std::string short_name);

  // The caller's list. Other devices are told.
  Task<Status> install(Caller caller, StickerSetName name, bool archived);
  Task<Status> uninstall(Caller caller, StickerSetName name);
  Task<Status> reorder(Caller caller, StickerKind kind, std::vector<std::int64_t> order);
  // From the top.
  Task<Result<std::vector<StickerSetView>>> installed(UserId account, StickerKind kind, bool archived);
  struct OwnPage {
    std::vector<StickerSetView> sets;
    std::int64_t total = 0;
  };
  // Those that the account has made, newest first. `below`: when not 0, only those after this one.
  Task<Result<OwnPage>> own(UserId account, std::int64_t below, std::size_t limit);
  Task<Result<std::vector<StickerSetView>>> search(UserId viewer, StickerKind kind, std::string query);
  Task<Result<std::vector<Document>>> with_emoji(UserId account, std::string emoji);

 private:
  struct Ready {
    std::vector<store::Media> rows;
    std::vector<std::vector<store::BlobName>> blobs;
    std::vector<store::Sticker> stickers;
  };
  // What the stickers will be, as documents of the set.
  Task<Result<Ready>> prepare(Caller caller, std::int64_t set, StickerKind kind,
                              std::vector<NewSticker> stickers);
  Task<Status> check_file(const Document& document, StickerKind kind);
  Task<Result<FullStickerSet>> full(UserId viewer, std::int64_t set);
  // The set that the sticker is in, which must be the caller's.
  Task<Result<std::int64_t>> set_of(Caller caller, const MediaName& sticker);

  Environment& environment_;
  store::Blobs& blobs_;
  Library& library_;
  Limits& limits_;
};

}  // namespace heliograph::services
