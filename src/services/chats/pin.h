// Pinned messages of a private dialog (core.telegram.org/api/pin).
#pragma once

#include <optional>

#include "services/caller.h"
#include "services/chats/append.h"
#include "services/environment.h"

namespace heliograph::services {

struct PinMessage {
  Peer peer;
  MessageId id;
  bool pinned = true;
  bool silent = false;
  bool one_side = false;  // for the caller alone; nobody is told
};

struct Pinned {
  store::Update update;            // of the caller's log
  std::optional<Appended> notice;  // the service message that says so, where both sides are to know
};

// MESSAGE_ID_INVALID, CHAT_NOT_MODIFIED; pinning for both: those of may_write.
Task<Result<Pinned>> pin_message(const Environment& environment, Caller caller, PinMessage request);

struct Unpinned {
  store::Update update;  // count 0: none was pinned
  bool more = false;     // a step takes at most 100
};
// For both sides; `thread`: of a supergroup, when not 0 only what was written in it.
Task<Result<Unpinned>> unpin_all(const Environment& environment, Caller caller, Peer peer,
                                 MessageId thread = {});

}  // namespace heliograph::services
