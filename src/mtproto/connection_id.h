#pragma once

#include "base/ids.h"

namespace heliograph::mtproto {

// One transport connection, numbered by the caller; 0 is none. Never reused while an endpoint may know it.
using ConnectionId = Id<struct ConnectionTag, std::uint64_t>;

}  // namespace heliograph::mtproto
