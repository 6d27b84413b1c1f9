#include "api/render/peer.h"

#include "services/people/access.h"

namespace heliograph::api {

tl::Box<tl::Peer> render_peer(Peer peer) {
  switch (peer.kind) {
    case PeerKind::chat: {
      tl::peerChat wire;
      wire.chat_id = peer.id;
      return wire;
    }
    case PeerKind::channel: {
      tl::peerChannel wire;
      wire.channel_id = peer.id;
      return wire;
    }
    case PeerKind::user:
      break;
  }
  tl::peerUser wire;
  wire.user_id = peer.id;
  return wire;
}

tl::Box<tl::InputPeer> render_input_peer(const services::Environment& environment, UserId owner, Peer peer) {
  if (peer == Peer::of(owner)) return tl::inputPeerSelf{};
  if (peer.is_chat()) {
    tl::inputPeerChat wire;
    wire.chat_id = peer.id;
    return wire;
  }
  const auto hash = services::access_hash(environment, owner, peer);
  if (peer.is_channel()) {
    tl::inputPeerChannel wire;
    wire.channel_id = peer.id;
    wire.access_hash = hash;
    return wire;
  }
  tl::inputPeerUser wire;
  wire.user_id = peer.id;
  wire.access_hash = hash;
  return wire;
}

}  // namespace heliograph::api
