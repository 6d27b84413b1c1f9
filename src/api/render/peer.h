// Whom or what a dialog is with, on the wire.
#pragma once

#include "base/peer.h"
#include "tl/core_p.h"

namespace heliograph::api {

tl::Box<tl::Peer> render_peer(Peer peer);

}  // namespace heliograph::api
