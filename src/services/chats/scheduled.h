// Messages to be sent later (core.telegram.org/api/scheduled-messages): kept apart from the history, numbered
// on their own. Those of a broadcast channel are one queue, seen, changed, sent and deleted by all who may
// post there (CHAT_ADMIN_REQUIRED to others); elsewhere everybody has a queue of their own, and sees nobody
// else's.
#pragma once

#include <vector>

#include "services/chats/append.h"
#include "services/chats/reply.h"
#include "services/chats/text.h"
#include "services/environment.h"

namespace heliograph::services {

struct SendMessage;
struct Sent;

inline constexpr std::size_t scheduled_max = 100;  // for one dialog

// False: so near that the message is to be sent at once. SCHEDULE_DATE_TOO_LATE beyond a year; the date may
// also be schedule_when_online (services/chats/send.h).
Result<bool> check_schedule_date(UnixSeconds now, UnixSeconds date);

// SCHEDULE_TOO_MUCH: more than 100 for this peer; else as send_message. With schedule_when_online:
// SCHEDULE_STATUS_PRIVATE where the sender may not see when the other was last seen, for the moment of
// sending would tell; SCHEDULE_DATE_INVALID towards oneself.
Task<Result<Sent>> schedule_message(const Environment& environment, Caller caller, SendMessage request,
                                    FormattedText formatted);

// The inside of it. `message.random_id` repeats as with sending: the first one's result.
Result<store::Message> schedule_in(store::Tx& tx, const Caller& origin, UnixSeconds now, Outgoing message,
                                   const std::optional<ReplyTo>& reply, UnixSeconds date);

// Whose queue the caller's messages to `peer` wait in: the channel's, or their own. CHAT_ADMIN_REQUIRED.
Result<BoxId> scheduled_queue(store::Tx& tx, UserId caller, Peer peer, UnixSeconds now);

Task<Result<std::vector<store::Message>>> scheduled_history(const Environment& environment, UserId owner,
                                                            Peer peer);
// Those of `ids` that exist.
Task<Result<std::vector<store::Message>>> scheduled_messages(const Environment& environment, UserId owner,
                                                             Peer peer, std::vector<MessageId> ids);

// One of the account's own queue, or of that of `channel`. None: gone, or not (any more) for this account.
Task<Result<std::optional<store::Message>>> scheduled_message(const Environment& environment, UserId viewer,
                                                              Peer channel, MessageId id);

struct SentScheduled {
  std::vector<MessageId> scheduled;  // what they were
  std::vector<Appended> sent;        // parallel: what they became
};
// Now, whatever their date. A post goes out as its author's; if that one may not post any more, as the
// caller's. MESSAGE_ID_INVALID when one does not exist.
Task<Result<SentScheduled>> send_scheduled(const Environment& environment, Caller caller, Peer peer,
                                           std::vector<MessageId> ids);
// Those that exist; gives them back.
Task<Result<std::vector<MessageId>>> delete_scheduled(const Environment& environment, Caller caller,
                                                      Peer peer, std::vector<MessageId> ids);

struct EditScheduled {
  Peer peer;
  MessageId id;
  std::optional<std::string> text;
  std::vector<Entity> entities;
  UnixSeconds schedule_date = 0;  // 0: as it was
  bool invert_media = false;
};
// MESSAGE_ID_INVALID, MESSAGE_NOT_MODIFIED, SCHEDULE_DATE_INVALID (past), SCHEDULE_DATE_TOO_LATE, those of
// format_text.
Task<Result<store::Message>> edit_scheduled(const Environment& environment, Caller caller,
                                            EditScheduled edit);

// Sends what is due, at most `limit` messages; how many there were. Call it every second or so. A message
// that may no longer be sent (blocked meanwhile, account gone) is dropped from the schedule and the devices
// of those who see it are told.
Task<Result<std::size_t>> sweep_scheduled(const Environment& environment, std::size_t limit = 200);

// Sends what waits (schedule_when_online) for `recipient`, who is online now, to come online. What is then
// dropped: as sweep_scheduled.
Task<Status> send_awaited(const Environment& environment, UserId recipient);

}  // namespace heliograph::services
