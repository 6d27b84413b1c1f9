// What the files about invite links share.
#pragma once

#include <string>

#include "services/caller.h"
#include "services/groups/place.h"
#include "store/invites.h"

namespace heliograph::services {

bool well_formed_hash(std::string_view hash);
// As open_chat; CHAT_ID_INVALID where it is deleted or has become a supergroup.
Result<Place> open_managed(store::Tx& tx, const Caller& caller, Peer chat, UnixSeconds now);
// INVITE_HASH_EXPIRED where it is not a link of this chat.
Result<store::Invite> invite_of(store::Tx& tx, Peer chat, const std::string& hash);

}  // namespace heliograph::services
