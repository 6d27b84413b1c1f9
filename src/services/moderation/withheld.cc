#include "services/moderation/withheld.h"

namespace heliograph::services {

namespace {

// What of a message's flags goes with what it says.
constexpr std::uint32_t kOfContent = store::message_has_link | store::message_invert_media |
                                     store::message_no_forwards | store::message_media_unread;

// What everybody sees of it, be it a row or on its way to one.
void show_tombstone_in(auto& shown, MessageContent& content, std::string tombstone) {
  content.entities.clear();
  content.media.reset();
  shown.text = std::move(tombstone);
  shown.kind = store::MessageKind::plain;
  shown.flags = (shown.flags & ~kOfContent) | store::message_withheld | store::message_no_forwards;
}

}  // namespace

void show_tombstone(Outgoing& message, std::string tombstone) {
  show_tombstone_in(message, message.content, std::move(tombstone));
}

Status withhold_in(store::Message& shown, const store::Message& original, std::string tombstone) {
  HG_ASSIGN(auto content, decode_content(shown));
  if (!content.withheld) {
    HG_ASSIGN(auto said, decode_content(original));
    Withheld withheld;
    withheld.text = original.text;
    withheld.entities = std::move(said.entities);
    withheld.media = std::move(said.media);
    withheld.flags = original.flags & kOfContent;
    withheld.kind = original.kind;
    content.withheld = std::move(withheld);
  }
  show_tombstone_in(shown, content, std::move(tombstone));
  shown.content = encode_content(content);
  return {};
}

Status bar_in(store::Message& message, Barred barred) {
  HG_ASSIGN(auto content, decode_content(message));
  if (barred.countries.empty()) {
    content.barred.reset();
    message.flags &= ~std::uint32_t{store::message_barred};
  } else {
    content.barred = std::move(barred);
    message.flags |= store::message_barred;
  }
  message.content = encode_content(content);
  return {};
}

Status give_back_in(store::Message& message) {
  HG_ASSIGN(auto content, decode_content(message));
  if (!content.withheld) {
    return fail(Error::not_found("MESSAGE_ID_INVALID", "The message is not withheld."));
  }
  auto withheld = std::move(*content.withheld);
  content.withheld.reset();
  content.entities = std::move(withheld.entities);
  content.media = std::move(withheld.media);
  message.text = std::move(withheld.text);
  message.kind = withheld.kind;
  message.flags = (message.flags & ~(kOfContent | store::message_withheld)) | withheld.flags;
  message.content = encode_content(content);
  return {};
}

}  // namespace heliograph::services
