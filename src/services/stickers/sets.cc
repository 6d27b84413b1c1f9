#include "services/stickers/sets.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "images/images.h"
#include "services/accounts/names.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::size_t title_max = 64;
constexpr std::size_t short_name_max = 64;
constexpr std::size_t emoji_bytes_max = 256;  // several emojis, each of several code points
constexpr std::size_t found_max = 50;
constexpr std::size_t with_emoji_max = 100;
constexpr Rate changes{60, std::chrono::seconds(2)};

constexpr std::int64_t picture_bytes_max = 512 * 1024;
constexpr std::int64_t animation_bytes_max = 64 * 1024;
constexpr std::int64_t video_bytes_max = 256 * 1024;

std::unexpected<Error> no_set() {
  return fail(Error::invalid("STICKERSET_INVALID"));
}

bool good_short_name(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !name.empty() && name.size() <= short_name_max && letter(name.front()) && name.back() != '_' &&
         name.find("__") == name.npos &&
         std::ranges::all_of(name, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

Result<std::string> clean_title(std::string title) {
  auto clean = clean_name(title);
  if (!clean || clean->empty() || clean->size() > title_max * 4) {
    return fail(Error::invalid("PACK_TITLE_INVALID"));
  }
  return std::move(*clean);
}

// Emojis and what joins them; variation selectors go, so that two ways of writing one are the same.
Result<std::string> clean_emoji(std::string_view text) {
  if (text.empty() || text.size() > emoji_bytes_max) return fail(Error::invalid("STICKER_EMOJI_INVALID"));
  std::string clean;
  bool pictured = false;
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const auto from = static_cast<std::size_t>(at);
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    const bool joins = c == 0x200d || c == 0x20e3 || (c >= 0xe0020 && c <= 0xe007f);
    if (c == 0xfe0f) continue;
    if (c < 0 || (!joins && !u_hasBinaryProperty(c, UCHAR_EMOJI))) {
      return fail(Error::invalid("STICKER_EMOJI_INVALID"));
    }
    pictured = pictured || !joins;
    clean.append(text.substr(from, static_cast<std::size_t>(at) - from));
  }
  if (!pictured) return fail(Error::invalid("STICKER_EMOJI_INVALID"));
  return clean;
}

Status tell_devices(store::Tx& tx, const Caller& caller, UnixSeconds now, StickerKind kind) {
  HG_TRY(append_event(tx, caller, caller.user, now, events::StickerSets{static_cast<std::int32_t>(kind)}));
  return {};
}

Result<store::StickerSet> owned(store::Tx& tx, const Caller& caller, std::int64_t id) {
  HG_ASSIGN(auto set, tx.stickers().find(id));
  if (!set || set->owner != caller.user) return no_set();
  return std::move(*set);
}

Result<StickerSetView> view_of(store::Tx& tx, const Environment& environment, UserId viewer,
                               store::StickerSet set) {
  StickerSetView view;
  view.access_hash = sticker_set_access_hash(environment, set.id);
  view.creator = set.owner == viewer;
  HG_ASSIGN(view.installed, tx.stickers().find_installed(viewer, set.id));
  HG_ASSIGN(view.stickers, tx.stickers().stickers(set.id));
  view.set = std::move(set);
  return view;
}

Result<std::vector<StickerSetView>> views_of(store::Tx& tx, const Environment& environment, UserId viewer,
                                             std::vector<store::StickerSet> sets) {
  std::vector<StickerSetView> views;
  for (auto& set : sets) {
    HG_ASSIGN(auto view, view_of(tx, environment, viewer, std::move(set)));
    views.push_back(std::move(view));
  }
  return views;
}

// Checks a name against the store.
Result<store::StickerSet> named(store::Tx& tx, const Environment& environment, const StickerSetName& name) {
  std::optional<store::StickerSet> set;
  if (!name.short_name.empty()) {
    HG_ASSIGN(set, tx.stickers().find_by_name(name.short_name));
  } else if (name.id > 0 && name.access_hash == sticker_set_access_hash(environment, name.id)) {
    HG_ASSIGN(set, tx.stickers().find(name.id));
  }
  if (!set) return no_set();
  return std::move(*set);
}

}  // namespace

Task<Status> StickerSets::check_file(const Document& document, StickerKind kind) {
  const auto wrong = [] { return fail(Error::invalid("STICKER_FILE_INVALID")); };
  CO_ASSIGN(const auto head, co_await blobs_.read(document.file, 0, 16));
  const auto text = as_text(head);
  if (document.mime_type == "application/x-tgsticker") {
    if (!text.starts_with("\x1f\x8b") || document.size > animation_bytes_max) co_return wrong();
    co_return Status();
  }
  if (document.mime_type == "video/webm") {
    if (!text.starts_with("\x1a\x45\xdf\xa3") || document.size > video_bytes_max) co_return wrong();
    co_return Status();
  }
  const auto format = images::sniff(head);
  if (format != images::Format::webp && format != images::Format::png) co_return wrong();
  const auto* size = document.find(AttributeKind::image_size);  // told by the worker that read it
  if (document.size > picture_bytes_max || size == nullptr || document.thumbs.empty()) co_return wrong();
  const std::int32_t side = kind == StickerKind::emojis ? 100 : 512;
  const auto longer = std::max(size->width, size->height);
  if (longer != side || (kind == StickerKind::emojis && size->width != size->height)) {
    co_return fail(
        Error::invalid("STICKER_PNG_DIMENSIONS",
                       "One side has to be 512 pixels and the other no more; emojis are 100 x 100."));
  }
  co_return Status();
}

Task<Result<StickerSets::Ready>> StickerSets::prepare(Caller caller, std::int64_t set, StickerKind kind,
                                                      std::vector<NewSticker> stickers) {
  Ready ready;
  for (auto& sticker : stickers) {
    CO_ASSIGN(auto emoji, clean_emoji(sticker.emoji));
    CO_ASSIGN(auto document, co_await library_.document(std::move(sticker.document), "STICKER_INVALID"));
    CO_TRY(co_await check_file(document, kind));
    std::erase_if(document.attributes, [](const auto& a) {
      return a.kind == AttributeKind::sticker || a.kind == AttributeKind::custom_emoji;
    });
    DocumentAttribute attribute;
    attribute.kind = kind == StickerKind::emojis ? AttributeKind::custom_emoji : AttributeKind::sticker;
    attribute.text = emoji;
    attribute.mask = kind == StickerKind::masks;
    attribute.sticker_set = set;
    document.attributes.push_back(std::move(attribute));
    document.id = static_cast<std::int64_t>(environment_.random.below(std::uint64_t{1} << 62)) + 1;
    document.owner = caller.user;
    document.date = environment_.clock.unix_seconds();
    ready.rows.push_back(row_of(document));
    ready.blobs.push_back(blobs_of(document));
    ready.stickers.push_back({document.id, std::move(emoji)});
  }
  co_return ready;
}

Task<Result<FullStickerSet>> StickerSets::create(Caller caller, StickerKind kind, std::string title,
                                                 std::string short_name, std::vector<NewSticker> stickers) {
  CO_ASSIGN(title, clean_title(std::move(title)));
  if (!good_short_name(short_name)) co_return fail(Error::invalid("PACK_SHORT_NAME_INVALID"));
  if (stickers.empty()) co_return fail(Error::invalid("STICKERS_EMPTY"));
  if (stickers.size() > (kind == StickerKind::emojis ? emojis_max : stickers_max)) {
    co_return fail(Error::invalid("STICKERPACK_STICKERS_TOO_MUCH"));
  }
  CO_TRY(limits_.take("stickers", std::to_string(caller.user.value), changes));
  store::StickerSet set;
  set.id = static_cast<std::int64_t>(environment_.random.below(std::uint64_t{1} << 62)) + 1;
  set.owner = caller.user;
  set.kind = kind;
  set.short_name = std::move(short_name);
  set.title = std::move(title);
  set.created_at = environment_.clock.unix_seconds();
  CO_ASSIGN(auto ready, co_await prepare(caller, set.id, kind, std::move(stickers)));
  const auto id = set.id;
  auto write = [caller, set, ready = std::move(ready)](store::Tx& tx) -> Status {
    if (auto done = tx.stickers().put(set); !done) {
      if (done.error().code == "SHORT_NAME_OCCUPIED") return fail(Error::invalid("PACK_SHORT_NAME_OCCUPIED"));
      return done;
    }
    for (std::size_t i = 0; i < ready.rows.size(); ++i) {
      HG_TRY(tx.media().insert(ready.rows[i], ready.blobs[i]));
    }
    HG_TRY(tx.stickers().put_stickers(set.id, ready.stickers));
    HG_TRY(tx.stickers().install(caller.user, {set.id, 0, false, set.created_at}));
    return tell_devices(tx, caller, set.created_at, set.kind);
  };
  CO_TRY(co_await environment_.store.write(std::move(write)));
  co_return co_await full(caller.user, id);
}

Task<Result<FullStickerSet>> StickerSets::full(UserId viewer, std::int64_t id) {
  CO_ASSIGN(auto view,
            co_await environment_.store.read([this, viewer, id](store::Tx& tx) -> Result<StickerSetView> {
              HG_ASSIGN(auto set, tx.stickers().find(id));
              if (!set) return no_set();
              return view_of(tx, environment_, viewer, std::move(*set));
            }));
  FullStickerSet found;
  std::vector<std::int64_t> ids;
  for (const auto& sticker : view.stickers) ids.push_back(sticker.document);
  CO_ASSIGN(found.documents, co_await library_.documents(std::move(ids)));
  found.view = std::move(view);
  co_return found;
}

Task<Result<FullStickerSet>> StickerSets::find(UserId viewer, StickerSetName name) {
  auto read = [this, name = std::move(name)](store::Tx& tx) -> Result<std::int64_t> {
    HG_ASSIGN(const auto set, named(tx, environment_, name));
    return set.id;
  };
  CO_ASSIGN(const auto id, co_await environment_.store.read(std::move(read)));
  co_return co_await full(viewer, id);
}

Task<Result<FullStickerSet>> StickerSets::add(Caller caller, StickerSetName name, NewSticker sticker) {
  CO_TRY(limits_.take("stickers", std::to_string(caller.user.value), changes));
  auto look = [this, caller, name = std::move(name)](store::Tx& tx) -> Result<store::StickerSet> {
    HG_ASSIGN(auto set, named(tx, environment_, name));
    if (set.owner != caller.user) return no_set();
    return set;
  };
  CO_ASSIGN(const auto set, co_await environment_.store.read(std::move(look)));
  std::vector<NewSticker> one;
  one.push_back(std::move(sticker));
  CO_ASSIGN(auto ready, co_await prepare(caller, set.id, set.kind, std::move(one)));
  const auto id = set.id;
  const auto now = environment_.clock.unix_seconds();
  auto write = [caller, id, now, ready = std::move(ready)](store::Tx& tx) -> Status {
    HG_ASSIGN(auto found, owned(tx, caller, id));
    HG_ASSIGN(auto all, tx.stickers().stickers(id));
    if (all.size() >= (found.kind == StickerKind::emojis ? emojis_max : stickers_max)) {
      return fail(Error::invalid("STICKERPACK_STICKERS_TOO_MUCH"));
    }
    HG_TRY(tx.media().insert(ready.rows.front(), ready.blobs.front()));
    all.push_back(ready.stickers.front());
    ++found.version;
    HG_TRY(tx.stickers().put(found));
    HG_TRY(tx.stickers().put_stickers(id, all));
    return tell_devices(tx, caller, now, found.kind);
  };
  CO_TRY(co_await environment_.store.write(std::move(write)));
  co_return co_await full(caller.user, id);
}

Task<Result<std::int64_t>> StickerSets::set_of(Caller caller, const MediaName& sticker) {
  MediaName name = sticker;
  CO_ASSIGN(const auto document, co_await library_.document(std::move(name), "STICKER_INVALID"));
  const auto* attribute = document.find(AttributeKind::sticker);
  if (attribute == nullptr) attribute = document.find(AttributeKind::custom_emoji);
  if (attribute == nullptr || attribute->sticker_set == 0 || document.owner != caller.user) {
    co_return fail(Error::invalid("STICKER_INVALID"));
  }
  co_return attribute->sticker_set;
}

// Changes the order or the number of a set's stickers: `change` gets all of them and where the one named
// stands.
namespace {

template <typename Change>
auto changed(Caller caller, std::int64_t id, std::int64_t document, UnixSeconds now, Change change) {
  return [=](store::Tx& tx) -> Status {
    HG_ASSIGN(auto set, owned(tx, caller, id));
    HG_ASSIGN(auto all, tx.stickers().stickers(id));
    const auto at = std::ranges::find(all, document, &store::Sticker::document);
    if (at == all.end()) return fail(Error::invalid("STICKER_INVALID"));
    change(all, at);
    ++set.version;
    HG_TRY(tx.stickers().put(set));
    HG_TRY(tx.stickers().put_stickers(id, all));
    return tell_devices(tx, caller, now, set.kind);
  };
}

}  // namespace

Task<Result<FullStickerSet>> StickerSets::remove(Caller caller, MediaName sticker) {
  CO_ASSIGN(const auto id, co_await set_of(caller, sticker));
  // The document stays for the messages it was sent in.
  auto write = changed(caller, id, sticker.id, environment_.clock.unix_seconds(),
                       [](auto& all, auto at) { all.erase(at); });
  CO_TRY(co_await environment_.store.write(std::move(write)));
  co_return co_await full(caller.user, id);
}

Task<Result<FullStickerSet>> StickerSets::move(Caller caller, MediaName sticker, std::int32_t position) {
  CO_ASSIGN(const auto id, co_await set_of(caller, sticker));
  auto write =
      changed(caller, id, sticker.id, environment_.clock.unix_seconds(), [position](auto& all, auto at) {
        const auto moved = *at;
        all.erase(at);
        const auto last = static_cast<std::int32_t>(all.size());
        all.insert(all.begin() + std::clamp(position, 0, last), moved);
      });
  CO_TRY(co_await environment_.store.write(std::move(write)));
  co_return co_await full(caller.user, id);
}

Task<Result<FullStickerSet>> StickerSets::change_emoji(Caller caller, MediaName sticker, std::string emoji) {
  CO_ASSIGN(emoji, clean_emoji(emoji));
  CO_ASSIGN(const auto id, co_await set_of(caller, sticker));
  auto write = changed(caller, id, sticker.id, environment_.clock.unix_seconds(),
                       [emoji](auto&, auto at) { at->emoji = emoji; });
  CO_TRY(co_await environment_.store.write(std::move(write)));
  co_return co_await full(caller.user, id);
}

Task<Result<FullStickerSet>> StickerSets::rename(Caller caller, StickerSetName name, std::string title) {
  CO_ASSIGN(title, clean_title(std::move(title)));
  CO_TRY(limits_.take("stickers", std::to_string(caller.user.value), changes));
  const auto now = environment_.clock.unix_seconds();
  auto write = [this, caller, name = std::move(name), title, now](store::Tx& tx) -> Result<std::int64_t> {
    HG_ASSIGN(auto set, named(tx, environment_, name));
    if (set.owner != caller.user) return no_set();
    set.title = title;
    ++set.version;
    HG_TRY(tx.stickers().put(set));
    HG_TRY(tell_devices(tx, caller, now, set.kind));
    return set.id;
  };
  CO_ASSIGN(const auto id, co_await environment_.store.write(std::move(write)));
  co_return co_await full(caller.user, id);
}

Task<Status> StickerSets::erase(Caller caller, StickerSetName name) {
  const auto now = environment_.clock.unix_seconds();
  auto write = [this, caller, name = std::move(name), now](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto set, named(tx, environment_, name));
    if (set.owner != caller.user) return no_set();
    HG_TRY(tx.stickers().erase(set.id));
    return tell_devices(tx, caller, now, set.kind);
  };
  co_return co_await environment_.store.write(std::move(write));
}

Task<Status> StickerSets::check_short_name(std::string short_name) {
  if (!good_short_name(short_name)) co_return fail(Error::invalid("SHORT_NAME_INVALID"));
  auto read = [short_name = std::move(short_name)](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto set, tx.stickers().find_by_name(short_name));
    if (set) return fail(Error::invalid("SHORT_NAME_OCCUPIED"));
    return {};
  };
  co_return co_await environment_.store.read(std::move(read));
}

Task<Status> StickerSets::install(Caller caller, StickerSetName name, bool archived) {
  const auto now = environment_.clock.unix_seconds();
  auto write = [this, caller, name = std::move(name), archived, now](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto set, named(tx, environment_, name));
    HG_ASSIGN(const auto before, tx.stickers().find_installed(caller.user, set.id));
    if (before && before->archived == archived) return {};
    HG_TRY(tx.stickers().install(caller.user, {set.id, 0, archived, now}));
    if (!archived) {
      // The list has its limit: what stands last of this kind goes to the archive.
      HG_ASSIGN(const auto all, tx.stickers().installed(caller.user));
      std::size_t count = 0;
      for (const auto& one : all) {
        if (one.archived) continue;
        HG_ASSIGN(const auto other, tx.stickers().find(one.set));
        if (!other || other->kind != set.kind || ++count <= installed_max) continue;
        auto moved = one;
        moved.archived = true;
        HG_TRY(tx.stickers().install(caller.user, moved));
      }
    }
    return tell_devices(tx, caller, now, set.kind);
  };
  co_return co_await environment_.store.write(std::move(write));
}

Task<Status> StickerSets::uninstall(Caller caller, StickerSetName name) {
  const auto now = environment_.clock.unix_seconds();
  auto write = [this, caller, name = std::move(name), now](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto set, named(tx, environment_, name));
    HG_ASSIGN(const bool was_there, tx.stickers().uninstall(caller.user, set.id));
    if (!was_there) return {};
    return tell_devices(tx, caller, now, set.kind);
  };
  co_return co_await environment_.store.write(std::move(write));
}

Task<Status> StickerSets::reorder(Caller caller, StickerKind kind, std::vector<std::int64_t> order) {
  const auto now = environment_.clock.unix_seconds();
  auto write = [caller, kind, order = std::move(order), now](store::Tx& tx) -> Status {
    HG_ASSIGN(auto all, tx.stickers().installed(caller.user));
    // Those named first, as named; the others keep their order behind them.
    const auto rank = [&](const store::InstalledSet& one) {
      return std::pair(std::ranges::find(order, one.set) - order.begin(), -one.number);
    };
    std::ranges::sort(all, {}, rank);
    auto number = static_cast<std::int64_t>(all.size());
    for (auto& one : all) {
      one.number = number--;
      HG_TRY(tx.stickers().install(caller.user, one));
    }
    return tell_devices(tx, caller, now, kind);
  };
  co_return co_await environment_.store.write(std::move(write));
}

Task<Result<std::vector<StickerSetView>>> StickerSets::installed(UserId account, StickerKind kind,
                                                                 bool archived) {
  co_return co_await environment_.store.read(
      [this, account, kind, archived](store::Tx& tx) -> Result<std::vector<StickerSetView>> {
        HG_ASSIGN(const auto all, tx.stickers().installed(account));
        std::vector<store::StickerSet> sets;
        for (const auto& one : all) {
          if (one.archived != archived) continue;
          HG_ASSIGN(auto set, tx.stickers().find(one.set));
          if (set && set->kind == kind) sets.push_back(std::move(*set));
        }
        return views_of(tx, environment_, account, std::move(sets));
      });
}

Task<Result<StickerSets::OwnPage>> StickerSets::own(UserId account, std::int64_t below, std::size_t limit) {
  co_return co_await environment_.store.read([this, account, below, limit](store::Tx& tx) -> Result<OwnPage> {
    OwnPage page;
    HG_ASSIGN(page.total, tx.stickers().count_of_owner(account));
    HG_ASSIGN(auto sets, tx.stickers().of_owner(account, below, limit));
    HG_ASSIGN(page.sets, views_of(tx, environment_, account, std::move(sets)));
    return page;
  });
}

Task<Result<std::vector<StickerSetView>>> StickerSets::search(UserId viewer, StickerKind kind,
                                                              std::string query) {
  if (query.empty() || query.size() > 256) co_return std::vector<StickerSetView>{};
  CO_TRY(limits_.take("sticker search", std::to_string(viewer.value), changes));
  auto read = [this, viewer, kind,
               query = std::move(query)](store::Tx& tx) -> Result<std::vector<StickerSetView>> {
    HG_ASSIGN(auto sets, tx.stickers().search(kind, query, found_max));
    return views_of(tx, environment_, viewer, std::move(sets));
  };
  co_return co_await environment_.store.read(std::move(read));
}

Task<Result<std::vector<Document>>> StickerSets::with_emoji(UserId account, std::string emoji) {
  CO_ASSIGN(emoji, clean_emoji(emoji));
  auto read = [account, emoji = std::move(emoji)](store::Tx& tx) {
    return tx.stickers().with_emoji(account, emoji, with_emoji_max);
  };
  CO_ASSIGN(auto ids, co_await environment_.store.read(std::move(read)));
  co_return co_await library_.documents(std::move(ids));
}

}  // namespace heliograph::services
