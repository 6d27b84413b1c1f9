// One entry of the update log -> one tl::Update, as its viewer sees it now.
#pragma once

#include <vector>

#include "services/services.h"
#include "tl/core_u.h"

namespace heliograph::api {

struct RenderedEvent {
  tl::Box<tl::Update> update;      // empty: nothing to say (any more)
  std::vector<Peer> named;         // whom it speaks of
  tl::Box<tl::Update> newer = {};  // the same, for layers that have another name for it
};

// `message`: what a new_message or edit_message entry names; nothing is said of one that is null.
Task<Result<RenderedEvent>> render_event(services::Services& services, UserId viewer,
                                         const store::Update& entry, const store::Message* message);

}  // namespace heliograph::api
