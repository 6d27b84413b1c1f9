// Access hashes: a client can name a user only if the server has shown that user to it before. The hash is
// keyed and bound to the viewer, so it need not be stored, cannot be guessed, and is of no use to anyone
// else.
#pragma once

#include "services/environment.h"

namespace heliograph::services {

// Never 0.
std::int64_t access_hash(const Environment& environment, UserId viewer, UserId user);
// The same of a channel; basic groups have none.
std::int64_t access_hash(const Environment& environment, UserId viewer, Peer peer);
// Also true for the viewer itself, whatever the hash.
bool check_access(const Environment& environment, UserId viewer, UserId user, std::int64_t hash);
bool check_access(const Environment& environment, UserId viewer, Peer peer, std::int64_t hash);

}  // namespace heliograph::services
