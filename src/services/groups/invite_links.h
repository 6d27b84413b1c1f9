// What the files about invite links share.
#pragma once

#include <string>

#include "services/caller.h"
#include "services/groups/place.h"
#include "store/invites.h"

namespace heliograph::services {

bool well_formed_hash(std::string_view hash);
// INVITE_HASH_EXPIRED where it is not a link of this chat.
Result<store::Invite> invite_of(store::Tx& tx, Peer chat, const std::string& hash);

}  // namespace heliograph::services
