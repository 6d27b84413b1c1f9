// stickers.*, and the methods of messages.* that are about stickers.
#include "tl/stickers.h"
#include <algorithm>

#include "api/hash.h"
#include "api/media_arguments.h"
#include "api/method.h"
#include "api/render/media.h"
#include "api/render/sticker.h"
#include "tl/core_s.h"
#include "tl/fn_messages.h"
#include "tl/fn_stickers.h"

namespace heliograph::api {

namespace {

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

namespace stickers_fn = tl::fn::messages;
namespace own = tl::fn::stickers;
using services::KeptKind;
using services::StickerKind;

constexpr std::size_t own_page_max = 100;
constexpr std::size_t emoji_documents_max = 200;  // in one call

Result<services::StickerSetName> set_name_from(const tl::Box<tl::InputStickerSet>& input) {
  services::StickerSetName name;
  if (const auto* by_id = input.get_if<tl::inputStickerSetID>()) {
    name.id = by_id->id;
    name.access_hash = by_id->access_hash;
  } else if (const auto* by_name = input.get_if<tl::inputStickerSetShortName>()) {
    name.short_name = by_name->short_name;
  }
  // The sets that clients take for built in (animated emojis, dice) are not there.
  if (name.id == 0 && name.short_name.empty()) return fail(Error::invalid("STICKERSET_INVALID"));
  return name;
}

StickerKind kind_of(bool masks, bool emojis) {
  return emojis ? StickerKind::emojis : masks ? StickerKind::masks : StickerKind::stickers;
}

Result<services::NewSticker> sticker_from(const tl::Box<tl::InputStickerSetItem>& input) {
  const auto* item = input.get_if<tl::inputStickerSetItem>();
  if (item == nullptr) return fail(Error::invalid("STICKER_INVALID"));
  services::NewSticker sticker;
  HG_ASSIGN(sticker.document, document_name_from(item->document));
  sticker.emoji = item->emoji;
  return sticker;
}

// Sets

Answer<stickers_fn::getStickerSet> get_sticker_set(Context& context, stickers_fn::getStickerSet& request) {
  CO_ASSIGN(auto name, set_name_from(request.stickerset));
  CO_ASSIGN(const auto full,
            co_await context.services.sticker_sets.find(context.caller.user, std::move(name)));
  if (request.hash != 0 && request.hash == full.view.set.version) {
    co_return tl::messages::stickerSetNotModified{};
  }
  co_return render_full_set(context.services.files.library, full);
}

Task<Result<tl::Box<tl::messages::AllStickers>>> all_of(Context& context, StickerKind kind,
                                                        std::int64_t known) {
  CO_ASSIGN(const auto sets,
            co_await context.services.sticker_sets.installed(context.caller.user, kind, false));
  ListHash hash;
  tl::messages::allStickers reply;
  for (const auto& set : sets) {
    hash.add(set.set.version);
    hash.add(set.set.id);
    reply.sets.push_back(render_sticker_set(set));
  }
  reply.hash = hash.value();
  if (known != 0 && known == reply.hash) co_return tl::messages::allStickersNotModified{};
  co_return reply;
}
Answer<stickers_fn::getAllStickers> get_all_stickers(Context& context, stickers_fn::getAllStickers& request) {
  co_return co_await all_of(context, StickerKind::stickers, request.hash);
}
Answer<stickers_fn::getMaskStickers> get_mask_stickers(Context& context,
                                                       stickers_fn::getMaskStickers& request) {
  co_return co_await all_of(context, StickerKind::masks, request.hash);
}
Answer<stickers_fn::getEmojiStickers> get_emoji_stickers(Context& context,
                                                         stickers_fn::getEmojiStickers& request) {
  co_return co_await all_of(context, StickerKind::emojis, request.hash);
}

// Each with its first sticker.
Task<Result<std::vector<tl::Box<tl::StickerSetCovered>>>> covered(
    Context& context, std::vector<services::StickerSetView> sets) {
  const auto& library = context.services.files.library;
  std::vector<std::int64_t> ids;
  for (const auto& set : sets) {
    if (!set.stickers.empty()) ids.push_back(set.stickers.front().document);
  }
  CO_ASSIGN(const auto covers, co_await context.services.files.library.documents(std::move(ids)));
  std::vector<tl::Box<tl::StickerSetCovered>> wire;
  for (const auto& set : sets) {
    tl::stickerSetCovered one;
    one.set = render_sticker_set(set);
    one.cover = tl::documentEmpty{};
    for (const auto& cover : covers) {
      if (!set.stickers.empty() && cover.id == set.stickers.front().document) {
        one.cover = render_document(library, cover);
      }
    }
    wire.push_back(std::move(one));
  }
  co_return wire;
}

Answer<stickers_fn::getArchivedStickers> get_archived_stickers(Context& context,
                                                               stickers_fn::getArchivedStickers& request) {
  const auto kind = kind_of(request.masks, request.emojis);
  CO_ASSIGN(auto sets, co_await context.services.sticker_sets.installed(context.caller.user, kind, true));
  tl::messages::archivedStickers reply;
  reply.count = static_cast<std::int32_t>(sets.size());
  if (request.offset_id != 0) {
    const auto at = std::ranges::find(sets, request.offset_id, [](const auto& set) { return set.set.id; });
    if (at != sets.end()) sets.erase(sets.begin(), at + 1);
  }
  sets.resize(std::min(sets.size(), static_cast<std::size_t>(std::clamp(request.limit, 0, 100))));
  CO_ASSIGN(reply.sets, co_await covered(context, std::move(sets)));
  co_return reply;
}

Answer<stickers_fn::getMyStickers> get_my_stickers(Context& context, stickers_fn::getMyStickers& request) {
  const auto limit = static_cast<std::size_t>(std::clamp(request.limit, 1, 100));
  CO_ASSIGN(auto page, co_await context.services.sticker_sets.own(context.caller.user, request.offset_id,
                                                                  std::min(limit, own_page_max)));
  tl::messages::myStickers reply;
  reply.count = static_cast<std::int32_t>(page.total);
  CO_ASSIGN(reply.sets, co_await covered(context, std::move(page.sets)));
  co_return reply;
}

Task<Result<tl::Box<tl::messages::FoundStickerSets>>> found(Context& context, StickerKind kind,
                                                            std::string query) {
  tl::messages::foundStickerSets reply;
  CO_ASSIGN(const bool refused, co_await context.services.discovery.refuses(context.caller, query));
  if (refused) co_return reply;
  CO_ASSIGN(auto sets,
            co_await context.services.sticker_sets.search(context.caller.user, kind, std::move(query)));
  CO_ASSIGN(reply.sets, co_await covered(context, std::move(sets)));
  co_return reply;
}
Answer<stickers_fn::searchStickerSets> search_sticker_sets(Context& context,
                                                           stickers_fn::searchStickerSets& request) {
  co_return co_await found(context, StickerKind::stickers, std::move(request.q));
}
Answer<stickers_fn::searchEmojiStickerSets> search_emoji_sets(Context& context,
                                                              stickers_fn::searchEmojiStickerSets& request) {
  co_return co_await found(context, StickerKind::emojis, std::move(request.q));
}

Answer<stickers_fn::installStickerSet> install_sticker_set(Context& context,
                                                           stickers_fn::installStickerSet& request) {
  CO_ASSIGN(auto name, set_name_from(request.stickerset));
  CO_TRY(co_await context.services.sticker_sets.install(context.caller, std::move(name), request.archived));
  co_return tl::messages::stickerSetInstallResultSuccess{};
}
Answer<stickers_fn::uninstallStickerSet> uninstall_sticker_set(Context& context,
                                                               stickers_fn::uninstallStickerSet& request) {
  CO_ASSIGN(auto name, set_name_from(request.stickerset));
  CO_TRY(co_await context.services.sticker_sets.uninstall(context.caller, std::move(name)));
  co_return true;
}
Answer<stickers_fn::reorderStickerSets> reorder_sticker_sets(Context& context,
                                                             stickers_fn::reorderStickerSets& request) {
  CO_TRY(co_await context.services.sticker_sets.reorder(
      context.caller, kind_of(request.masks, request.emojis), std::move(request.order)));
  co_return true;
}

// Single stickers

Answer<stickers_fn::getStickers> get_stickers(Context& context, stickers_fn::getStickers& request) {
  const auto& library = context.services.files.library;
  CO_ASSIGN(const auto documents, co_await context.services.sticker_sets.with_emoji(
                                      context.caller.user, std::move(request.emoticon)));
  ListHash hash;
  tl::messages::stickers reply;
  for (const auto& document : documents) {
    hash.add(document.id);
    reply.stickers.push_back(render_document(library, document));
  }
  reply.hash = hash.value();
  if (request.hash != 0 && request.hash == reply.hash) co_return tl::messages::stickersNotModified{};
  co_return reply;
}

Answer<stickers_fn::getCustomEmojiDocuments> get_custom_emoji_documents(
    Context& context, stickers_fn::getCustomEmojiDocuments& request) {
  if (request.document_id.size() > emoji_documents_max) co_return fail(Error::invalid("DOCUMENT_INVALID"));
  const auto& library = context.services.files.library;
  CO_ASSIGN(const auto documents,
            co_await context.services.files.library.documents(std::move(request.document_id)));
  std::vector<tl::Box<tl::Document>> reply;
  for (const auto& document : documents) {
    // Emojis are everybody's to see; other documents are not shown to whoever guesses their number.
    if (document.find(services::AttributeKind::custom_emoji) != nullptr) {
      reply.push_back(render_document(library, document));
    }
  }
  co_return reply;
}

struct Kept {
  std::int64_t hash = 0;
  std::vector<tl::Box<tl::StickerPack>> packs;
  std::vector<tl::Box<tl::Document>> documents;
  std::vector<std::int32_t> dates;
};
Task<Result<Kept>> kept(Context& context, KeptKind kind) {
  CO_ASSIGN(const auto list, co_await context.services.kept_stickers.list(context.caller.user, kind));
  Kept reply;
  ListHash hash;
  std::vector<store::Sticker> stickers;
  for (const auto& document : list.documents) {
    hash.add(document.id);
    stickers.push_back({document.id, document.find(services::AttributeKind::sticker)->text});
    reply.documents.push_back(render_document(context.services.files.library, document));
  }
  for (const auto& one : list.kept) reply.dates.push_back(static_cast<std::int32_t>(one.date));
  reply.packs = render_packs(stickers);
  reply.hash = hash.value();
  co_return reply;
}

Answer<stickers_fn::getRecentStickers> get_recent_stickers(Context& context,
                                                           stickers_fn::getRecentStickers& request) {
  CO_ASSIGN(auto list, co_await kept(context, KeptKind::recent));
  if (request.hash != 0 && request.hash == list.hash) co_return tl::messages::recentStickersNotModified{};
  tl::messages::recentStickers reply;
  reply.hash = list.hash;
  reply.packs = std::move(list.packs);
  reply.stickers = std::move(list.documents);
  reply.dates = std::move(list.dates);
  co_return reply;
}
Answer<stickers_fn::saveRecentSticker> save_recent_sticker(Context& context,
                                                           stickers_fn::saveRecentSticker& request) {
  CO_ASSIGN(auto name, document_name_from(request.id));
  CO_TRY(co_await context.services.kept_stickers.keep(context.caller, KeptKind::recent, std::move(name),
                                                      request.unsave));
  co_return true;
}
Answer<stickers_fn::clearRecentStickers> clear_recent_stickers(Context& context,
                                                               stickers_fn::clearRecentStickers&) {
  CO_TRY(co_await context.services.kept_stickers.clear(context.caller, KeptKind::recent));
  co_return true;
}
Answer<stickers_fn::getFavedStickers> get_faved_stickers(Context& context,
                                                         stickers_fn::getFavedStickers& request) {
  CO_ASSIGN(auto list, co_await kept(context, KeptKind::faved));
  if (request.hash != 0 && request.hash == list.hash) co_return tl::messages::favedStickersNotModified{};
  tl::messages::favedStickers reply;
  reply.hash = list.hash;
  reply.packs = std::move(list.packs);
  reply.stickers = std::move(list.documents);
  co_return reply;
}
Answer<stickers_fn::faveSticker> fave_sticker(Context& context, stickers_fn::faveSticker& request) {
  CO_ASSIGN(auto name, document_name_from(request.id));
  CO_TRY(co_await context.services.kept_stickers.keep(context.caller, KeptKind::faved, std::move(name),
                                                      request.unfave));
  co_return true;
}

// Making sets

Answer<own::createStickerSet> create_sticker_set(Context& context, own::createStickerSet& request) {
  std::vector<services::NewSticker> stickers;
  for (const auto& input : request.stickers) {
    CO_ASSIGN(auto sticker, sticker_from(input));
    stickers.push_back(std::move(sticker));
  }
  CO_ASSIGN(const auto full,
            co_await context.services.sticker_sets.create(
                context.caller, kind_of(request.masks, request.emojis), std::move(request.title),
                std::move(request.short_name), std::move(stickers)));
  co_return render_full_set(context.services.files.library, full);
}
Answer<own::addStickerToSet> add_sticker(Context& context, own::addStickerToSet& request) {
  CO_ASSIGN(auto name, set_name_from(request.stickerset));
  CO_ASSIGN(auto sticker, sticker_from(request.sticker));
  CO_ASSIGN(const auto full,
            co_await context.services.sticker_sets.add(context.caller, std::move(name), std::move(sticker)));
  co_return render_full_set(context.services.files.library, full);
}
Answer<own::removeStickerFromSet> remove_sticker(Context& context, own::removeStickerFromSet& request) {
  CO_ASSIGN(auto name, document_name_from(request.sticker));
  CO_ASSIGN(const auto full, co_await context.services.sticker_sets.remove(context.caller, std::move(name)));
  co_return render_full_set(context.services.files.library, full);
}
Answer<own::changeStickerPosition> move_sticker(Context& context, own::changeStickerPosition& request) {
  CO_ASSIGN(auto name, document_name_from(request.sticker));
  CO_ASSIGN(const auto full,
            co_await context.services.sticker_sets.move(context.caller, std::move(name), request.position));
  co_return render_full_set(context.services.files.library, full);
}
Answer<own::changeSticker> change_sticker(Context& context, own::changeSticker& request) {
  CO_ASSIGN(auto name, document_name_from(request.sticker));
  if (!request.emoji) co_return fail(Error::invalid("STICKER_EMOJI_INVALID"));
  CO_ASSIGN(const auto full, co_await context.services.sticker_sets.change_emoji(
                                 context.caller, std::move(name), std::move(*request.emoji)));
  co_return render_full_set(context.services.files.library, full);
}
Answer<own::renameStickerSet> rename_sticker_set(Context& context, own::renameStickerSet& request) {
  CO_ASSIGN(auto name, set_name_from(request.stickerset));
  CO_ASSIGN(const auto full, co_await context.services.sticker_sets.rename(context.caller, std::move(name),
                                                                           std::move(request.title)));
  co_return render_full_set(context.services.files.library, full);
}
Answer<own::deleteStickerSet> delete_sticker_set(Context& context, own::deleteStickerSet& request) {
  CO_ASSIGN(auto name, set_name_from(request.stickerset));
  CO_TRY(co_await context.services.sticker_sets.erase(context.caller, std::move(name)));
  co_return true;
}
Answer<own::checkShortName> check_short_name(Context& context, own::checkShortName& request) {
  CO_TRY(co_await context.services.sticker_sets.check_short_name(std::move(request.short_name)));
  co_return true;
}

}  // namespace

void register_stickers(Methods& methods) {
  methods.on(get_sticker_set);
  methods.on(get_all_stickers);
  methods.on(get_mask_stickers);
  methods.on(get_emoji_stickers);
  methods.on(get_archived_stickers);
  methods.on(get_my_stickers);
  methods.on(search_sticker_sets);
  methods.on(search_emoji_sets);
  methods.on(install_sticker_set);
  methods.on(uninstall_sticker_set);
  methods.on(reorder_sticker_sets);
  methods.on(get_stickers);
  methods.on(get_custom_emoji_documents);
  methods.on(get_recent_stickers);
  methods.on(save_recent_sticker);
  methods.on(clear_recent_stickers);
  methods.on(get_faved_stickers);
  methods.on(fave_sticker);
  methods.on(create_sticker_set);
  methods.on(add_sticker);
  methods.on(remove_sticker);
  methods.on(move_sticker);
  methods.on(change_sticker);
  methods.on(rename_sticker_set);
  methods.on(delete_sticker_set);
  methods.on(check_short_name);
}

}  // namespace heliograph::api
