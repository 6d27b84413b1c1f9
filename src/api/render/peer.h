// Whom or what a dialog is with, and when something was, on the wire.
#pragma once

#include "base/peer.h"
#include "services/environment.h"
#include "tl/core_i.h"
#include "tl/core_p.h"

namespace heliograph::api {

// The wire counts seconds in 32 bits.
inline std::int32_t wire_date(UnixSeconds at) {
  return static_cast<std::int32_t>(at);
}
tl::Box<tl::Peer> render_peer(Peer peer);
// With the access hash that `owner` has for it.
tl::Box<tl::InputPeer> render_input_peer(const services::Environment& environment, UserId owner, Peer peer);

}  // namespace heliograph::api
