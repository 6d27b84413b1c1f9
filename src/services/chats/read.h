// Reading: counters down here, ticks over there.
#pragma once

#include <vector>

#include "services/caller.h"
#include "services/environment.h"

namespace heliograph::services {

// Everything up to `max_id` (0: all) has been read. Tells the account's other devices, and the other person
// which of their messages were read. Returns the log's entry; count 0 when nothing was unread.
// PEER_ID_INVALID.
Task<Result<store::Update>> read_history(const Environment& environment, Caller caller, Peer peer,
                                         MessageId max_id);

// The inside of it, for others who read in a transaction of their own. A user, or a basic group.
Result<store::Update> read_in(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer peer,
                              MessageId max_id);

// channels.readHistory. As open_chat.
Task<Status> read_channel(const Environment& environment, Caller caller, Peer channel, MessageId max_id);

// Voice and video messages listened to, mentions seen: clears media_unread of those of `ids` that have it, in
// both copies.
Task<Result<store::Update>> read_contents(const Environment& environment, Caller caller,
                                          std::vector<MessageId> ids);

// When the other side read the caller's message. MESSAGE_ID_INVALID (none of the caller's in this dialog),
// MESSAGE_NOT_READ_YET, MESSAGE_TOO_OLD (sent more than 7 days ago), and by privacy
// YOUR_PRIVACY_RESTRICTED, USER_PRIVACY_RESTRICTED (forbidden).
Task<Result<UnixSeconds>> outbox_read_date(const Environment& environment, UserId owner, Peer peer,
                                           MessageId id);

// PEER_ID_INVALID when there is no such dialog.
Task<Status> mark_unread(const Environment& environment, Caller caller, Peer peer, bool unread);
Task<Result<std::vector<Peer>>> marked_unread(const Environment& environment, UserId owner);

}  // namespace heliograph::services
