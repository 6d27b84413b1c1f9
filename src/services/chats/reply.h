// Answering a message: finding it, checking the quotation, and saying it in the terms of every box that the
// answer goes to.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "services/chats/content.h"
#include "services/groups/place.h"
#include "store/tx.h"

namespace heliograph::services {

// What the client asks for.
struct ReplyTo {
  MessageId id;
  Peer peer;  // where that message is, when not in the dialog written to
  std::string quote_text;
  std::vector<Entity> quote_entities;
  std::int32_t quote_offset = 0;
  MessageId top;  // the topic or thread written to; with `id` 0 no particular message is answered
  void fields(auto& codec) { codec(id, peer, quote_text, quote_entities, quote_offset, top); }
  bool operator==(const ReplyTo&) const = default;
};

struct Reply {
  ReplyHeader header;      // as the writer sees it
  UserId author;           // who wrote the answered message
  MessageId thread;        // channels: the thread that the answer belongs to
  MessageId subthread;     // as of store::Message
  bool elsewhere = false;  // answered in another dialog: the readers have only what the header says
  std::vector<std::pair<BoxId, MessageId>> copies;  // the answered message, in each box that has it

  // As it stands in the box of another reader of the same dialog. None: nothing is left of it there.
  std::optional<ReplyHeader> in(BoxId box) const;
};

// In a forum an answer to nothing in particular goes to the topic `reply.top`, and so does one to a message
// that has just gone. invalid REPLY_MESSAGE_ID_INVALID (not where the writer can see it), QUOTE_TEXT_INVALID
// (not in that message's text), CHAT_FORWARDS_RESTRICTED (from another dialog, and protected), TOPIC_DELETED;
// those of open_place for the other dialog.
Result<Reply> resolve_reply(store::Tx& tx, UserId from, const Place& to, const ReplyTo& reply);

// How a message says that it is in a topic: as an answer to the message that began it. In General it says
// nothing: the header is empty. TOPIC_DELETED.
Result<Reply> reply_to_topic(store::Tx& tx, const Place& forum, MessageId topic);

}  // namespace heliograph::services
