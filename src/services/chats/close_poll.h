// Ending polls: by whoever may edit the message, or when their time has come.
#pragma once

#include "services/chats/polls.h"

namespace heliograph::services {

struct ClosedPoll {
  ShownPoll shown;
  store::Update update;  // of the caller's log: the message is shown anew
};
// For good, in all messages that show it. MEDIA_NEW_INVALID (no poll), MESSAGE_NOT_MODIFIED (closed already);
// as edit_message(), but at any time.
Task<Result<ClosedPoll>> close_poll(const Environment& environment, Caller caller, Peer peer, MessageId id);

// Closes those whose time has come, at most `limit`; how many there were. Call it every second or so.
Task<Result<std::size_t>> sweep_polls(const Environment& environment, std::size_t limit = 100);

}  // namespace heliograph::services
