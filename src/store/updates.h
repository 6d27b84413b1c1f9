// The update log of each box (core.telegram.org/api/updates): events counted by `pts` (messages and their
// states), and, of accounts alone, the rest counted by `seq`.
// Appending is how the other devices and the other people hear of a change: a committed entry is handed to
// the CommitListener, and stays in the log for getDifference.
#pragma once

#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "store/messages.h"

namespace heliograph::store {

// Part of the stored format: do not renumber. What `body` holds is for services/updates to say.
enum class UpdateKind : std::int32_t {
  // pts
  new_message = 1,  // message_id names it; read from the box when rendered
  edit_message = 2,
  delete_messages = 3,
  read_inbox = 4,
  read_outbox = 5,
  read_contents = 6,
  pinned_messages = 7,
  folder_peers = 8,
  // seq
  user_name = 100,
  user_phone = 101,
  user_changed = 102,
  draft = 103,
  dialog_pinned = 104,
  pinned_dialogs = 105,
  dialog_unread_mark = 106,
  dialog_filter = 107,
  dialog_filter_order = 108,
  notify_settings = 110,
  privacy = 111,
  peer_blocked = 112,
  contacts_reset = 113,
  peer_settings = 114,
  new_authorization = 115,
  new_scheduled = 116,
  delete_scheduled = 117,
  peer_history_ttl = 118,
  config = 119,
  login_token = 120,
  saved_dialog_pinned = 160,
  pinned_saved_dialogs = 161,
  sticker_sets = 140,
  chat = 121,  // a basic group or a channel has changed for this account: fetch again
  chat_participants = 122,
  read_channel_inbox = 123,
  read_channel_outbox = 124,
  read_channel_contents = 125,
  read_discussion_inbox = 126,
  read_discussion_outbox = 127,
  view_forum_as_messages = 170,
};
constexpr bool counts_in_pts(UpdateKind kind) {
  return static_cast<std::int32_t>(kind) < 100;
}

struct Update {
  BoxId box;
  UpdateKind kind{};
  std::int32_t pts = 0;        // after this update; pts box only
  std::int32_t pts_count = 0;  // by how much it moved pts
  std::int32_t seq = 0;        // seq box only
  UnixSeconds date = 0;
  MessageId message_id;  // new_message, edit_message
  Bytes body;
};

struct Publication {
  Update update;
  // new_message, edit_message: the message as committed, so that a push needs no read.
  std::shared_ptr<const Message> message;
  // The session that caused it hears of it in its RPC result instead. Zero: everyone is told.
  AuthKeyId origin_key;
  SessionId origin_session;
};

struct State {
  std::int32_t pts = 1;  // a new account starts at 1
  std::int32_t seq = 1;
  UnixSeconds date = 0;
};

class Updates {
 public:
  virtual ~Updates() = default;
  // Assigns pts (moved by update.pts_count, at least 1) or seq, stores and publishes it. Returns it
  // complete.
  virtual Result<Update> append(Publication publication) = 0;
  // Publishes without storing: presence, typing, and other things that are stale a minute later. No pts, no
  // seq.
  virtual void publish_transient(Publication publication) = 0;
  virtual Result<State> state(BoxId box) = 0;
  // Entries of the pts box after `pts`, in order, at most `limit`.
  virtual Result<std::vector<Update>> after_pts(BoxId box, std::int32_t pts, std::size_t limit) = 0;
  // How many entries of the pts box lie after `pts`, counted no further than `limit`.
  virtual Result<std::size_t> count_after_pts(BoxId box, std::int32_t pts, std::size_t limit) = 0;
  // The lowest pts from which the log is complete (older entries have been dropped).
  virtual Result<std::int32_t> oldest_pts(BoxId box) = 0;
  // Entries of the seq box dated at or after `date`, in order, at most `limit`.
  virtual Result<std::vector<Update>> since(BoxId box, UnixSeconds date, std::size_t limit) = 0;
  // Drops entries older than `date`.
  virtual Result<std::size_t> trim(UnixSeconds date, std::size_t limit) = 0;
  virtual Status erase_all(BoxId box) = 0;
};

}  // namespace heliograph::store
