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

Task<Result<getDiscussionMessage::Reply>> get_discussion_message(Context& context,
                                                                 getDiscussionMessage& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  const auto viewer = context.caller.user;
  CO_ASSIGN(const auto found, co_await services::discussion(context.services.environment, viewer, peer,
                                                            MessageId{request.msg_id}));
  tl::messages::discussionMessage answer;
  CO_ASSIGN(const auto seen_by, co_await viewer_of(context.services, viewer, found.first));
  CO_ASSIGN(answer.messages, render_messages(found.first, seen_by));
  if (found.count.max_id) answer.max_id = found.count.max_id.value;
  if (found.read.inbox) answer.read_inbox_max_id = found.read.inbox.value;
  if (found.read.outbox) answer.read_outbox_max_id = found.read.outbox.value;
  answer.unread_count = found.unread;
  std::vector<Peer> named{peer};
  for (const auto& message : found.first) collect_peers(message, seen_by, named);
  CO_TRY(co_await describe_into(answer, context.services, viewer, std::move(named)));
  co_return tl::Box<tl::messages::DiscussionMessage>(std::move(answer));
}

Task<Result<readDiscussion::Reply>> read_discussion(Context& context, readDiscussion& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_TRY(co_await services::read_discussion(context.services.environment, context.caller, peer,
                                            MessageId{request.msg_id},
                                            MessageId{std::max(request.read_max_id, 0)}));
  co_return true;
}

}  // namespace

void register_threads(Methods& methods) {
  methods.on(get_replies);
  methods.on(get_discussion_message);
  methods.on(read_discussion);
}

}  // namespace heliograph::api
