#include "services/chats/content.h"

namespace heliograph::services {

namespace {

store::MessageKind kind_of(const Document& document) {
  using store::MessageKind;
  if (document.find(AttributeKind::sticker) != nullptr) return MessageKind::sticker;
  if (document.find(AttributeKind::animated) != nullptr) return MessageKind::animation;
  if (const auto* video = document.find(AttributeKind::video)) {
    return video->round ? MessageKind::round_video : MessageKind::video;
  }
  if (const auto* audio = document.find(AttributeKind::audio)) {
    return audio->voice ? MessageKind::voice : MessageKind::music;
  }
  return MessageKind::document;
}

}  // namespace

Peer saved_peer_of(const MessageContent& content, Peer own) {
  return content.forward && content.forward->saved_from_peer ? content.forward->saved_from_peer : own;
}

store::MessageKind kind_of(const std::optional<Media>& media) {
  if (!media) return store::MessageKind::plain;
  switch (media->kind) {
    case MediaKind::contact:
      return store::MessageKind::contact;
    case MediaKind::geo:
    case MediaKind::venue:
      return store::MessageKind::geo;
    case MediaKind::photo:
      return store::MessageKind::photo;
    case MediaKind::document:
      return media->document ? kind_of(*media->document) : store::MessageKind::document;
    case MediaKind::poll:
      return store::MessageKind::poll;
    case MediaKind::none:
      break;
  }
  return store::MessageKind::plain;
}

Status touch_media(store::Tx& tx, const std::optional<Media>& media, UnixSeconds now) {
  if (!media) return {};
  if (media->photo) HG_TRY(tx.media().touch(media->photo->id, now));
  if (media->document) HG_TRY(tx.media().touch(media->document->id, now));
  return {};
}

Bytes encode_content(const MessageContent& content) {
  if (content == MessageContent{}) return {};
  return encode(content);
}

Result<MessageContent> decode_content(const store::Message& message) {
  if (message.content.empty()) return MessageContent{};
  return decode<MessageContent>(message.content);
}

}  // namespace heliograph::services
