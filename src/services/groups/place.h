// Where a caller reads and writes: a private chat, a basic group, a supergroup, a channel; with what the
// caller is there. Every service that touches messages begins by opening one, inside its transaction.
#pragma once

#include <optional>

#include "services/groups/rights.h"
#include "store/tx.h"

namespace heliograph::services {

struct Place {
  Peer peer;
  BoxId box;                            // whose numbers the messages have here, for this caller
  std::optional<store::Chat> chat;      // groups and channels
  std::optional<store::Member> member;  // the caller, if ever in it
  UnixSeconds now = 0;

  // Groups and channels only.
  Standing standing() const { return {*chat, member, now}; }
  bool is_forum() const { return chat && (chat->flags & store::chat_forum) != 0; }
  bool is_group() const { return chat && chat->kind != store::ChatKind::broadcast; }
  // Messages up to this one are not for the caller. 0: all are.
  MessageId hidden_up_to() const { return member && peer.is_channel() ? member->history_from : MessageId{}; }
};

// Finds it; for reading. PEER_ID_INVALID (nobody), CHAT_ID_INVALID (no such basic group, or never in it),
// CHANNEL_INVALID (no such channel), CHANNEL_PRIVATE (not theirs to read, or closed, or not to be
// read in their country: barred.h). A user is not looked up: an old
// dialog stays readable whatever became of them. Of a basic group the own copies stay readable, too.
Result<Place> open_place(store::Tx& tx, UserId caller, Peer peer, UnixSeconds now);

// The same for a group or channel that the caller wants to do something with, not only read:
// PEER_ID_INVALID for a user.
Result<Place> open_chat(store::Tx& tx, UserId caller, Peer peer, UnixSeconds now);

// The same to change something about it. CHAT_ID_INVALID: a basic group that is deleted, or has become a
// supergroup; its members read on.
Result<Place> open_managed(store::Tx& tx, UserId caller, Peer peer, UnixSeconds now);

// The same for one who wants to leave: a member may do that wherever something keeps them from reading.
Result<Place> open_to_leave(store::Tx& tx, UserId caller, Peer chat, UnixSeconds now);

}  // namespace heliograph::services
