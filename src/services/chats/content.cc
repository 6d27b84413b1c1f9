#include "services/chats/content.h"

#include "services/groups/barred.h"

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

Result<bool> is_barred_for(store::Tx& tx, const store::Message& message, UserId user) {
  if ((message.flags & store::message_barred) == 0) return false;
  HG_ASSIGN(const auto content, decode_content(message));
  if (!content.barred) return false;
  HG_ASSIGN(const auto country, country_of(tx, user));
  return is_barred(content.barred->countries, country);
}

Status drop_barred(store::Tx& tx, std::vector<store::Message>& messages, UserId user) {
  std::vector<store::Message> shown;
  for (auto& message : messages) {
    HG_ASSIGN(const bool barred, is_barred_for(tx, message, user));
    if (!barred) shown.push_back(std::move(message));
  }
  messages = std::move(shown);
  return {};
}

}  // namespace heliograph::services
