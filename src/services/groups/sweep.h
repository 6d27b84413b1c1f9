// Restrictions and bans that have run out. They have stopped to count by themselves (groups/rights.h); this
// takes them off the lists and tells those concerned.
#pragma once

#include "services/environment.h"

namespace heliograph::services {

// How many were lifted; at most `limit`.
Task<Result<std::size_t>> sweep_restrictions(const Environment& environment, std::size_t limit = 100);

}  // namespace heliograph::services
