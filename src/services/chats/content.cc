#include "services/chats/content.h"

namespace heliograph::services {

store::MessageKind kind_of(const std::optional<Media>& media) {
  if (!media) return store::MessageKind::plain;
  switch (media->kind) {
    case MediaKind::contact:
      return store::MessageKind::contact;
    case MediaKind::geo:
    case MediaKind::venue:
      return store::MessageKind::geo;
    case MediaKind::none:
      break;
  }
  return store::MessageKind::plain;
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
