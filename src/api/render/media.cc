#include "api/render/media.h"

#include "tl/core_i.h"

namespace heliograph::api {

namespace {

std::vector<tl::Box<tl::PhotoSize>> render_sizes(const std::vector<services::PictureSize>& sizes,
                                                 const Bytes& stripped) {
  std::vector<tl::Box<tl::PhotoSize>> wire;
  if (!stripped.empty()) {
    tl::photoStrippedSize preview;
    preview.type = "i";
    preview.bytes = stripped;
    wire.push_back(std::move(preview));
  }
  for (const auto& size : sizes) {
    tl::photoSize one;
    one.type = size.type;
    one.w = size.width;
    one.h = size.height;
    one.size = static_cast<std::int32_t>(size.size);
    wire.push_back(std::move(one));
  }
  return wire;
}

tl::Box<tl::InputStickerSet> set_of(const services::Library& library,
                                    const services::DocumentAttribute& attribute) {
  if (attribute.sticker_set == 0) return tl::inputStickerSetEmpty{};
  tl::inputStickerSetID set;
  set.id = attribute.sticker_set;
  set.access_hash = library.sticker_set_hash(attribute.sticker_set);
  return set;
}

tl::Box<tl::DocumentAttribute> render_attribute(const services::Library& library,
                                                const services::DocumentAttribute& attribute) {
  using services::AttributeKind;
  switch (attribute.kind) {
    case AttributeKind::file_name:
      return tl::documentAttributeFilename{.file_name = attribute.text};
    case AttributeKind::image_size:
      return tl::documentAttributeImageSize{.w = attribute.width, .h = attribute.height};
    case AttributeKind::animated:
      return tl::documentAttributeAnimated{};
    case AttributeKind::has_stickers:
      return tl::documentAttributeHasStickers{};
    case AttributeKind::video: {
      tl::documentAttributeVideo video;
      video.round_message = attribute.round;
      video.supports_streaming = attribute.streaming;
      video.nosound = attribute.no_sound;
      video.duration = static_cast<double>(attribute.duration_ms) / 1000;
      video.w = attribute.width;
      video.h = attribute.height;
      if (attribute.preload_bytes >= 0) video.preload_prefix_size = attribute.preload_bytes;
      if (attribute.start_ms >= 0) video.video_start_ts = static_cast<double>(attribute.start_ms) / 1000;
      if (!attribute.text.empty()) video.video_codec = attribute.text;
      return video;
    }
    case AttributeKind::audio: {
      tl::documentAttributeAudio audio;
      audio.voice = attribute.voice;
      audio.duration = static_cast<std::int32_t>(attribute.duration_ms / 1000);
      if (!attribute.text.empty()) audio.title = attribute.text;
      if (!attribute.text2.empty()) audio.performer = attribute.text2;
      if (!attribute.waveform.empty()) audio.waveform = attribute.waveform;
      return audio;
    }
    case AttributeKind::sticker: {
      tl::documentAttributeSticker sticker;
      sticker.mask = attribute.mask;
      sticker.alt = attribute.text;
      sticker.stickerset = set_of(library, attribute);
      return sticker;
    }
    case AttributeKind::custom_emoji: {
      tl::documentAttributeCustomEmoji emoji;
      emoji.free = true;
      emoji.alt = attribute.text;
      emoji.stickerset = set_of(library, attribute);
      return emoji;
    }
  }
  return tl::documentAttributeFilename{};
}

}  // namespace

tl::Box<tl::Photo> render_photo(const services::Library& library, const services::Photo& photo) {
  tl::photo wire;
  wire.has_stickers = photo.has_stickers;
  wire.id = photo.id;
  wire.access_hash = library.access_hash(photo.id);
  wire.file_reference = library.reference(photo.id);
  wire.date = static_cast<std::int32_t>(photo.date);
  wire.sizes = render_sizes(photo.sizes, photo.stripped);
  wire.dc_id = library.dc_id();
  return wire;
}

tl::Box<tl::Document> render_document(const services::Library& library, const services::Document& document) {
  tl::document wire;
  wire.id = document.id;
  wire.access_hash = library.access_hash(document.id);
  wire.file_reference = library.reference(document.id);
  wire.date = static_cast<std::int32_t>(document.date);
  wire.mime_type = document.mime_type;
  wire.size = document.size;
  auto thumbs = render_sizes(document.thumbs, document.stripped);
  if (!thumbs.empty()) wire.thumbs = std::move(thumbs);
  wire.dc_id = library.dc_id();
  for (const auto& attribute : document.attributes)
    wire.attributes.push_back(render_attribute(library, attribute));
  return wire;
}

tl::Box<tl::MessageMedia> render_photo_media(tl::Box<tl::Photo> photo, bool spoiler,
                                             std::int32_t ttl_seconds) {
  tl::messageMediaPhoto media;
  if (ttl_seconds != 0) media.ttl_seconds = ttl_seconds;
  media.photo = std::move(photo);
  media.spoiler = spoiler;
  return media;
}

tl::Box<tl::MessageMedia> render_document_media(const services::Document& document,
                                                tl::Box<tl::Document> rendered, bool spoiler,
                                                std::int32_t ttl_seconds) {
  using services::AttributeKind;
  tl::messageMediaDocument media;
  if (ttl_seconds != 0) media.ttl_seconds = ttl_seconds;
  media.document = std::move(rendered);
  media.spoiler = spoiler;
  const auto* video = document.find(AttributeKind::video);
  const auto* audio = document.find(AttributeKind::audio);
  media.video = video != nullptr && document.find(AttributeKind::animated) == nullptr;
  media.round = video != nullptr && video->round;
  media.voice = audio != nullptr && audio->voice;
  return media;
}

}  // namespace heliograph::api
