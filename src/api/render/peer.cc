#include "api/render/peer.h"

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

}  // namespace heliograph::api
