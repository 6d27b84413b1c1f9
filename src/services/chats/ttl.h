// Messages that vanish by themselves (core.telegram.org/api/ttl).
#pragma once

#include "services/caller.h"
#include "services/chats/append.h"
#include "services/environment.h"

namespace heliograph::services {

// For messages sent to this dialog by either side from now on; seconds, 0 switches it off. Both sides see a
// service message about it. TTL_PERIOD_INVALID (not 0 or whole days up to a year), CHAT_NOT_MODIFIED,
// PEER_ID_INVALID, those of may_write.
Task<Result<Appended>> set_history_ttl(const Environment& environment, Caller caller, Peer peer,
                                       std::int32_t period);

// For dialogs that the caller begins; applied when the first message is sent. TTL_PERIOD_INVALID.
Task<Status> set_default_ttl(const Environment& environment, Caller caller, std::int32_t period);
Task<Result<std::int32_t>> default_ttl(const Environment& environment, UserId owner);

// In the transaction that sends the first message of a dialog: gives both sides the sender's default time to
// live, if there is one, and says so.
Result<std::int32_t> begin_with_default_ttl(store::Tx& tx, UnixSeconds now, UserId from, UserId to);

// Deletes what has expired, at most `limit` messages; how many there were. Call it every few seconds.
Task<Result<std::size_t>> sweep_expired(const Environment& environment, std::size_t limit = 500);

}  // namespace heliograph::services
