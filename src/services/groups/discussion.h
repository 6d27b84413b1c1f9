// A channel and the group in which its posts are discussed.
#pragma once

#include <vector>

#include "services/caller.h"
#include "services/environment.h"

namespace heliograph::services {

// channels.setDiscussionGroup. Links the two; `group` empty: the channel has none any more, `channel` empty:
// the group discusses none any more. A group discusses one channel, and a channel is discussed in one group,
// so there are no chains. BROADCAST_ID_INVALID, MEGAGROUP_ID_INVALID, MEGAGROUP_PREHISTORY_HIDDEN,
// LINK_NOT_MODIFIED, CHAT_ADMIN_REQUIRED.
Task<Status> set_discussion_group(const Environment& environment, Caller caller, Peer channel, Peer group);

// channels.getGroupsForDiscussion: supergroups that the caller may link.
Task<Result<std::vector<Peer>>> groups_for_discussion(const Environment& environment, Caller caller);

}  // namespace heliograph::services
