// messages.*: threads.
#include "api/message_arguments.h"
#include "api/messages_families.h"
#include "api/peers.h"
#include "services/chats/threads.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves

Task<Result<getReplies::Reply>> get_replies(Context& context, getReplies& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(auto page,
            co_await services::thread_history(context.services.environment, context.caller.user, peer,
                                              MessageId{request.msg_id}, range_from(request)));
  const auto pts = page.channel_pts;
  co_return co_await render_page(context.services, context.caller.user, std::move(page), pts);
}

}  // namespace

void register_threads(Methods& methods) {
  methods.on(get_replies);
}

}  // namespace heliograph::api
