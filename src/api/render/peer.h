// Whom or what a dialog is with, on the wire.
#pragma once

#include "base/peer.h"
#include "services/environment.h"
#include "tl/core_i.h"
#include "tl/core_p.h"

namespace heliograph::api {

tl::Box<tl::Peer> render_peer(Peer peer);
// With the access hash that `owner` has for it.
tl::Box<tl::InputPeer> render_input_peer(const services::Environment& environment, UserId owner, Peer peer);

}  // namespace heliograph::api
