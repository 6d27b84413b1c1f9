#include "api/render/sticker.h"

#include <map>

#include "api/render/media.h"

namespace heliograph::api {

std::vector<tl::Box<tl::StickerPack>> render_packs(const std::vector<store::Sticker>& stickers) {
  std::map<std::string, std::vector<std::int64_t>> by_emoji;
  for (const auto& sticker : stickers) by_emoji[sticker.emoji].push_back(sticker.document);
  std::vector<tl::Box<tl::StickerPack>> packs;
  for (auto& [emoji, documents] : by_emoji) {
    tl::stickerPack pack;
    pack.emoticon = emoji;
    pack.documents = std::move(documents);
    packs.push_back(std::move(pack));
  }
  return packs;
}

tl::Box<tl::StickerSet> render_sticker_set(const services::StickerSetView& view) {
  tl::stickerSet wire;
  wire.id = view.set.id;
  wire.access_hash = view.access_hash;
  wire.title = view.set.title;
  wire.short_name = view.set.short_name;
  wire.count = static_cast<std::int32_t>(view.stickers.size());
  wire.hash = view.set.version;
  wire.masks = view.set.kind == services::StickerKind::masks;
  wire.emojis = view.set.kind == services::StickerKind::emojis;
  wire.creator = view.creator;
  if (view.installed) {
    wire.installed_date = static_cast<std::int32_t>(view.installed->installed_at);
    wire.archived = view.installed->archived;
  }
  return wire;
}

tl::Box<tl::messages::StickerSet> render_full_set(const services::Library& library,
                                                  const services::FullStickerSet& full) {
  tl::messages::stickerSet wire;
  wire.set = render_sticker_set(full.view);
  wire.packs = render_packs(full.view.stickers);
  for (const auto& document : full.documents) wire.documents.push_back(render_document(library, document));
  return wire;
}

}  // namespace heliograph::api
