// Answering a message: finding it, checking the quotation, and saying it in the terms of both boxes.
#pragma once

#include <optional>

#include "services/chats/content.h"
#include "store/tx.h"

namespace heliograph::services {

// What the client asks for.
struct ReplyTo {
  MessageId id;
  Peer peer;  // where that message is, when not in the dialog written to
  std::string quote_text;
  std::vector<Entity> quote_entities;
  std::int32_t quote_offset = 0;
  void fields(auto& codec) { codec(id, peer, quote_text, quote_entities, quote_offset); }
  bool operator==(const ReplyTo&) const = default;
};

struct Reply {
  std::optional<ReplyHeader> own;    // in the writer's box
  std::optional<ReplyHeader> other;  // in the box of the person written to
};

// invalid REPLY_MESSAGE_ID_INVALID (not in the writer's box), QUOTE_TEXT_INVALID (not in that message's
// text), CHAT_FORWARDS_RESTRICTED (from another dialog, and protected).
Result<Reply> resolve_reply(store::Tx& tx, UserId from, Peer to, const ReplyTo& reply);

}  // namespace heliograph::services
