// The list of dialogs of each account: what is on top, what is unread, what is pinned.
#pragma once

#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"

namespace heliograph::store {

// A channel's messages are in its box, not in its members': of a dialog with one, top_message, top_date and
// unread_count are worked out from that box when the dialog is read, and what is put of them is not kept (of
// top_date: only what is later than the newest message).
struct Dialog {
  UserId owner;
  Peer peer;
  MessageId top_message;     // 0: no messages (the dialog may still exist through a draft or a pin)
  UnixSeconds top_date = 0;  // of the top message or the draft, whichever is later: the order of the list
  MessageId read_inbox_max_id;
  MessageId read_outbox_max_id;
  UnixSeconds read_outbox_at = 0;  // when the other side last read
  std::int32_t unread_count = 0;
  bool unread_mark = false;
  std::int32_t pinned_order = 0;  // 0: not pinned; higher is nearer to the top
  std::int32_t folder_id = 0;     // 0 main list, 1 archive
  std::int32_t ttl_period = 0;    // seconds; new messages vanish after so long
  Bytes draft;                    // encoded by services/chats; empty: none
};

// Where the next page begins (core.telegram.org/api/offsets): strictly after this place in the order
// (top_date descending, top_message descending, peer).
struct DialogOffset {
  UnixSeconds date = 0;  // 0: from the top
  MessageId id;
  Peer peer;
};

class Dialogs {
 public:
  virtual ~Dialogs() = default;
  virtual Result<std::optional<Dialog>> find(UserId owner, Peer peer) = 0;
  virtual Status put(const Dialog& dialog) = 0;  // insert or replace
  virtual Status erase(UserId owner, Peer peer) = 0;
  // One folder's unpinned dialogs (or all with `with_pinned`), newest first.
  virtual Result<std::vector<Dialog>> list(UserId owner, std::int32_t folder_id, bool with_pinned,
                                           const DialogOffset& offset, std::size_t limit) = 0;
  virtual Result<std::vector<Dialog>> pinned(UserId owner, std::int32_t folder_id) = 0;  // top first
  virtual Result<std::size_t> count(UserId owner, std::int32_t folder_id) = 0;
  // Unread messages in all of an account's dialogs together, the archive's included.
  virtual Result<std::int32_t> count_unread(UserId owner) = 0;
  // One folder's dialogs with unread messages or the mark, in no particular order.
  virtual Result<std::vector<Dialog>> unread(UserId owner, std::int32_t folder_id) = 0;
  virtual Result<std::vector<Dialog>> with_drafts(UserId owner) = 0;
  virtual Result<std::vector<Dialog>> marked_unread(UserId owner) = 0;
  // The sending path's own step: one call instead of find + put. Sets top_message/top_date from `message_id`,
  // creates the dialog if needed (a draft younger than the message keeps its date). An incoming message is
  // one more unread; an outgoing one moves read_inbox_max_id up to itself if nothing is unread, and leaves
  // what is unread unread. Returns the dialog as it is then.
  virtual Result<Dialog> bump(UserId owner, Peer peer, MessageId message_id, UnixSeconds date,
                              bool outgoing) = 0;
  // Other accounts that have a dialog with `user` (to whom presence and profile changes matter), at most
  // `limit`.
  virtual Result<std::vector<UserId>> owners_with(UserId user, std::size_t limit) = 0;
};

}  // namespace heliograph::store
