// Where a message comes from, as a forwarded copy of it says.
#pragma once

#include "services/chats/content.h"
#include "store/tx.h"

namespace heliograph::services {

// The header of a copy made by `forwarder`: the first author and date, also across several forwards. An
// author whose privacy rules forbid the link is named, not linked.
Result<ForwardHeader> origin_of(store::Tx& tx, const store::Message& message, UserId forwarder);

// "First Last", "Deleted Account" for one that is gone.
Result<std::string> display_name(store::Tx& tx, UserId user);

}  // namespace heliograph::services
