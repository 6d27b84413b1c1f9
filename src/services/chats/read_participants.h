// Who has read a message of a small group.
#pragma once

#include <vector>

#include "services/environment.h"
#include "services/groups/place.h"

namespace heliograph::services {

struct ReadBy {
  UserId user;
  UnixSeconds at = 0;
};

// messages.getMessageReadParticipants: the members who have read the caller's own message, the first to read
// it first. CHAT_TOO_BIG (more than group_reads_members_max), MSG_ID_INVALID (no such message, or somebody
// else's), MSG_TOO_OLD (sent more than read_dates_kept ago), PEER_ID_INVALID (no group); as open_chat.
Task<Result<std::vector<ReadBy>>> read_participants(const Environment& environment, UserId caller, Peer group,
                                                    MessageId id);

}  // namespace heliograph::services
