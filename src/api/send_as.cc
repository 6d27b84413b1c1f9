// Whose a message of a group is shown as: channels.getSendAs, messages.saveDefaultSendAs.
#include "services/chats/send_as.h"

#include "api/messages_families.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "api/render/peer.h"
#include "tl/channels.h"
#include "tl/core_s.h"
#include "tl/fn_channels.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using tl::fn::channels::getSendAs;
using tl::fn::messages::saveDefaultSendAs;

Task<Result<getSendAs::Reply>> get_send_as(Context& context, getSendAs& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  const auto viewer = context.caller.user;
  std::vector<Peer> authors{Peer::of(viewer)};
  // There are no paid reactions and no live stories that could be anybody else's.
  if (!request.for_paid_reactions && !request.for_live_stories) {
    CO_ASSIGN(authors, co_await services::send_as_peers(context.services.environment, viewer, peer));
  }
  tl::channels::sendAsPeers answer;
  for (const auto author : authors) {
    tl::sendAsPeer one;
    one.peer = render_peer(author);
    answer.peers.emplace_back(std::move(one));
    answer.peers_l144.push_back(render_peer(author));
  }
  CO_TRY(co_await describe_into(answer, context.services, viewer, std::move(authors)));
  co_return tl::Box<tl::channels::SendAsPeers>(std::move(answer));
}

Task<Result<bool>> save_default_send_as(Context& context, saveDefaultSendAs& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  const auto author = co_await peer_from(context, request.send_as);
  if (!author) co_return fail(Error::invalid("SEND_AS_PEER_INVALID"));
  CO_TRY(
      co_await services::save_default_send_as(context.services.environment, context.caller, peer, *author));
  co_return true;
}

}  // namespace

void register_send_as(Methods& methods) {
  methods.on(get_send_as);
  methods.on(save_default_send_as);
}

}  // namespace heliograph::api
