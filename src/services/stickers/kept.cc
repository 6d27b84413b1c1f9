#include "services/stickers/kept.h"

#include <algorithm>

#include "services/updates/events.h"

namespace heliograph::services {

namespace {

struct Stored {
  std::vector<KeptSticker> kept;
  void fields(auto& codec) { codec(kept); }
};

store::SettingKind setting_of(KeptKind kind) {
  return kind == KeptKind::recent ? store::SettingKind::recent_stickers : store::SettingKind::faved_stickers;
}

Result<Stored> read(store::Tx& tx, UserId account, KeptKind kind) {
  HG_ASSIGN(const auto stored, tx.settings().find(account, setting_of(kind), 0));
  if (!stored) return Stored{};
  return decode<Stored>(*stored);
}

Status write(store::Tx& tx, const Caller& caller, UnixSeconds now, KeptKind kind, const Stored& stored) {
  HG_TRY(tx.settings().put(caller.user, setting_of(kind), 0, encode(stored)));
  events::StickerSets changed;
  changed.of = kind == KeptKind::recent ? events::StickerSets::recent : events::StickerSets::faved;
  HG_TRY(append_event(tx, caller, caller.user, now, changed));
  return {};
}

}  // namespace

Task<Status> KeptStickers::keep(Caller caller, KeptKind kind, MediaName sticker, bool away) {
  CO_ASSIGN(const auto document, co_await library_.document(std::move(sticker), "STICKER_ID_INVALID"));
  if (document.find(AttributeKind::sticker) == nullptr) co_return fail(Error::invalid("STICKER_ID_INVALID"));
  const auto now = environment_.clock.unix_seconds();
  const auto id = document.id;
  co_return co_await environment_.store.write([caller, kind, away, now, id](store::Tx& tx) -> Status {
    HG_ASSIGN(auto stored, read(tx, caller.user, kind));
    const auto gone = std::erase_if(stored.kept, [id](const auto& one) { return one.document == id; });
    if (away && gone == 0) return {};
    if (!away) stored.kept.insert(stored.kept.begin(), KeptSticker{id, now});
    const auto most = kind == KeptKind::recent ? recent_max : faved_max;
    if (stored.kept.size() > most) stored.kept.resize(most);
    return write(tx, caller, now, kind, stored);
  });
}

Task<Status> KeptStickers::clear(Caller caller, KeptKind kind) {
  const auto now = environment_.clock.unix_seconds();
  co_return co_await environment_.store.write(
      [caller, kind, now](store::Tx& tx) -> Status { return write(tx, caller, now, kind, Stored{}); });
}

Task<Result<KeptStickers::List>> KeptStickers::list(UserId account, KeptKind kind) {
  CO_ASSIGN(auto stored, co_await environment_.store.read(
                             [account, kind](store::Tx& tx) { return read(tx, account, kind); }));
  List list;
  std::vector<std::int64_t> ids;
  for (const auto& one : stored.kept) ids.push_back(one.document);
  CO_ASSIGN(list.documents, co_await library_.documents(std::move(ids)));
  // One that has gone since is not listed.
  std::erase_if(stored.kept, [&](const auto& one) {
    return std::ranges::find(list.documents, one.document, &Document::id) == list.documents.end();
  });
  list.kept = std::move(stored.kept);
  co_return list;
}

}  // namespace heliograph::services
