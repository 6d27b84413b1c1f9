// Threads of supergroups: a message and everything that answers it, or an answer to it
// (core.telegram.org/api/threads).
#pragma once

#include "services/chats/history.h"

namespace heliograph::services {

// messages.getReplies: what was written in the thread that `top` begins, without `top` itself; the limit is
// clamped as of history(). PEER_ID_INVALID (no supergroup), MSG_ID_INVALID (no such message there, or not for
// the caller); as open_place.
Task<Result<PlacePage>> thread_history(const Environment& environment, UserId caller, Peer group,
                                       MessageId top, store::HistoryRange range);

}  // namespace heliograph::services
