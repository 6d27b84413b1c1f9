// What the update log holds -> the wire's updates, as one viewer sees them.
#pragma once

#include <vector>

#include "services/services.h"
#include "services/updates/channel_difference.h"
#include "services/updates/difference.h"
#include "tl/api.h"

namespace heliograph::api {

struct RenderedUpdates {
  tl::Box<tl::Updates> updates;    // empty: nothing to say (the thing is gone, or not for this viewer)
  std::vector<UserId> introduced;  // users described in full in it
};

// For a push. `known`: users that the session has been told about, so that the short forms will do.
// Must be awaited on an executor; costs no store call for messages, reads and deletions whose users are
// cached.
Task<RenderedUpdates> render_publication(services::Services& services, UserId viewer,
                                         const store::Publication& publication,
                                         const std::vector<UserId>& known);

// For updates.getDifference.
Task<Result<tl::Box<tl::updates::Difference>>> render_difference(services::Services& services, UserId viewer,
                                                                 services::Difference difference);

// For updates.getChannelDifference.
Task<Result<tl::Box<tl::updates::ChannelDifference>>> render_channel_difference(
    services::Services& services, UserId viewer, Peer channel, services::ChannelDifference difference);

tl::Box<tl::updates::State> render_state(const services::State& state);

}  // namespace heliograph::api
