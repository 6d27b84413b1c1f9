// What was reported, as it is at this moment.
#pragma once

#include "safety/cases/intake.h"
#include "services/groups/place.h"
#include "store/messages.h"

namespace heliograph::services {

// Of a message that the reporter sees in `place`: subject, author, text, media and evidence. Of one said in
// private the subject is who said it.
Result<safety::Reported> reported_message(store::Tx& tx, const Place& place, const store::Message& message);
// Of somebody, or of a group or channel, as a whole. PEER_ID_INVALID: it is gone.
Result<safety::Reported> reported_peer(store::Tx& tx, Peer peer, UnixSeconds now);

// Adds one of the pictures that it is, or was, shown with. PHOTO_ID_INVALID: it never was.
Status add_photo(store::Tx& tx, std::int64_t photo, safety::Reported& reported);

// Its title or name, with the username: "Anna (@anna)".
Result<std::string> label_of(store::Tx& tx, Peer peer);

}  // namespace heliograph::services
