// Writing in a group as one of one's channels, or as the group itself (core.telegram.org/api/channel,
// channels.getSendAs). The account that wrote is kept with the message, and shown to nobody.
#pragma once

#include <vector>

#include "services/caller.h"
#include "services/environment.h"
#include "services/groups/place.h"

namespace heliograph::services {

// Whose a message of `place` may be shown as: the group, for an administrator who stays anonymous, and else
// the account itself; then, where a group is public or discusses a channel, the channels that the account
// owns and that are public or discussed there. Of a private chat, a basic group, a channel: the one that
// there is.
Result<std::vector<Peer>> authors_for(store::Tx& tx, UserId account, const Place& place);

// Whose a message is shown as when the client asks for `wanted` (empty: what was saved last, if it is still
// allowed). Never empty. SEND_AS_PEER_INVALID.
Result<Peer> author_of(store::Tx& tx, UserId account, const Place& place, Peer wanted);

// channels.getSendAs. As open_place.
Task<Result<std::vector<Peer>>> send_as_peers(const Environment& environment, UserId caller, Peer peer);

// messages.saveDefaultSendAs: from now on, where a message does not say. SEND_AS_PEER_INVALID,
// PEER_ID_INVALID (no supergroup); as open_place.
Task<Status> save_default_send_as(const Environment& environment, Caller caller, Peer peer, Peer send_as);

}  // namespace heliograph::services
