// Sending a message: the hot path. One store transaction a message.
#pragma once

#include <optional>
#include <string>

#include "services/chats/append.h"
#include "services/chats/reply.h"
#include "services/chats/text.h"
#include "services/environment.h"

namespace heliograph::services {

// `schedule_date` for "when the other is online next".
inline constexpr UnixSeconds schedule_when_online = 0x7ffffffe;

struct SendMessage {
  Peer to;
  std::string text;
  std::vector<Entity> entities;
  std::optional<Media> media;
  std::optional<ReplyTo> reply;
  std::int64_t random_id = 0;
  bool silent = false;
  bool no_forwards = false;
  bool invert_media = false;
  bool clear_draft = false;
  UnixSeconds schedule_date = 0;  // 0: now
  std::int64_t album = 0;         // send_album() sets it
  Peer send_as;                   // empty: not said
  UserId via_bot;                 // whose words they are that the caller sends (services/bots); 0: their own
};

struct Sent {
  store::Message message;  // the sender's copy, or the scheduled message
  store::Update update;    // of the sender's log
  bool duplicate = false;  // this random_id was sent before: `message` is what it became then
  bool scheduled = false;
};

// Repeating a call with the same random_id sends nothing and gives the first result.
// Errors: those of format_text, resolve_reply, may_write, may_send, may_write_in and author_of;
// SLOWMODE_WAIT_X, RANDOM_ID_EMPTY, PEER_ID_INVALID, INPUT_USER_DEACTIVATED, CHAT_WRITE_FORBIDDEN (the
// service account does not listen); for scheduled ones see scheduled.h.
Task<Result<Sent>> send_message(const Environment& environment, Caller caller, SendMessage request);

// Messages to one place that are shown together (messages.sendMultiMedia): all of them, or none. Each has
// media, and all take the same kinds: photos and videos, or documents, or music. The answer, draft and date
// of the first hold for all. MULTI_MEDIA_TOO_LONG, MEDIA_GROUPED_INVALID, those of send_message().
inline constexpr std::size_t album_max = 10;
Task<Result<std::vector<Sent>>> send_album(const Environment& environment, Caller caller,
                                           std::vector<SendMessage> requests);

// The inside of it, for others who send in a transaction of their own (forwarding, scheduled messages).
// Checks who may write where, applies what the place adds (time to live, the channel's name in place of the
// author's, slow mode), judges what is public (moderation/judge.h), appends. All of `message` is set but what
// the place decides; `reply` is resolved here.
Result<Appended> send_in(const Environment& environment, store::Tx& tx, const Caller& origin,
                         Outgoing message, const std::optional<ReplyTo>& reply);

// Whether `from` may send this there; completes it with what the place decides and with the reply.
Result<Place> prepare(store::Tx& tx, Outgoing& message, const std::optional<ReplyTo>& reply);

// Whether `to` exists and takes messages from `from` at all.
Status check_recipient(store::Tx& tx, UserId from, UserId to);

}  // namespace heliograph::services
