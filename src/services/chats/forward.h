// Passing messages on, with or without saying whose they were.
#pragma once

#include <vector>

#include "services/caller.h"
#include "services/chats/append.h"
#include "services/chats/reply.h"
#include "services/environment.h"

namespace heliograph::services {

struct ForwardMessages {
  Peer from;
  Peer to;
  std::vector<MessageId> ids;
  std::vector<std::int64_t> random_ids;  // parallel to ids
  std::optional<ReplyTo> reply;
  bool silent = false;
  bool drop_author = false;
  bool drop_captions = false;
  bool no_forwards = false;
  UnixSeconds schedule_date = 0;  // 0: now
  std::int64_t salt = 0;          // forward_messages() sets it
  Peer send_as;                   // empty: not said
};

struct Forwarded {
  std::int64_t random_id = 0;
  Appended appended;  // when scheduled: `message` alone is set
  bool scheduled = false;
};

// One entry for each id that exists, in the order asked for. Errors: MESSAGE_IDS_EMPTY, RANDOM_ID_INVALID
// (not one for each id, or 0), LIMIT_INVALID (more than 100), MESSAGE_ID_INVALID (none exists in that dialog,
// or a service message), CHAT_FORWARDS_RESTRICTED (protected); otherwise as send_message. All or none are
// sent.
Task<Result<std::vector<Forwarded>>> forward_messages(const Environment& environment, Caller caller,
                                                      ForwardMessages request);

}  // namespace heliograph::services
