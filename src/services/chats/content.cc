#include "services/chats/content.h"

namespace heliograph::services {

Bytes encode_content(const MessageContent& content) {
  if (content == MessageContent{}) return {};
  return encode(content);
}

Result<MessageContent> decode_content(const store::Message& message) {
  if (message.content.empty()) return MessageContent{};
  return decode<MessageContent>(message.content);
}

}  // namespace heliograph::services
