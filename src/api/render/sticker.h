// Sets of stickers on the wire.
#pragma once

#include "services/stickers/sets.h"
#include "tl/core_s.h"
#include "tl/messages.h"

namespace heliograph::api {

// For which emoji which documents are.
std::vector<tl::Box<tl::StickerPack>> render_packs(const std::vector<store::Sticker>& stickers);
tl::Box<tl::StickerSet> render_sticker_set(const services::StickerSetView& view);
tl::Box<tl::messages::StickerSet> render_full_set(const services::Library& library,
                                                  const services::FullStickerSet& full);

}  // namespace heliograph::api
