// Dialog filters, between the wire and the service.
#pragma once

#include "api/method.h"
#include "services/chats/filters.h"
#include "tl/core_d.h"

namespace heliograph::api {

// `owner`'s: the peers come with the owner's access hashes.
tl::Box<tl::DialogFilter> render_filter(const services::Environment& environment, UserId owner,
                                        const services::DialogFilter& filter);
// Whom it names.
void collect_peers(const services::DialogFilter& filter, std::vector<Peer>& named);

// invalid FILTER_ID_INVALID for kinds that cannot be stored (shared lists); wrong peers are left out.
Task<Result<services::DialogFilter>> filter_from(Context& context, std::int32_t id,
                                                 const tl::Box<tl::DialogFilter>& wire);

}  // namespace heliograph::api
