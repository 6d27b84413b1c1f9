// messages.*: what is kept about a dialog and done later: pins, scheduled messages, times to live.
#include "api/chats_families.h"
#include "api/message_arguments.h"
#include "api/messages_families.h"
#include "api/peers.h"
#include "api/render/message.h"
#include "services/chats/pin.h"
#include "services/chats/scheduled.h"
#include "services/chats/ttl.h"
#include "services/groups/settings.h"
#include "tl/core_d.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

Answer<updatePinnedMessage> update_pinned_message(Context& context, updatePinnedMessage& request) {
  services::PinMessage pin;
  CO_ASSIGN(pin.peer, co_await peer_from(context, request.peer));
  pin.id = MessageId{request.id};
  pin.pinned = !request.unpin;
  pin.silent = request.silent;
  pin.one_side = request.pm_oneside;
  CO_ASSIGN(const auto pinned,
            co_await services::pin_message(context.services.environment, context.caller, pin));
  UpdatesAnswer answer;
  if (pinned.update.pts_count > 0) {
    if (pin.peer.is_channel()) {
      answer.updates.emplace_back(tl::updatePinnedChannelMessages{
          pin.pinned, pin.peer.id, {request.id}, pinned.update.pts, pinned.update.pts_count});
    } else {
      answer.updates.emplace_back(tl::updatePinnedMessages{
          pin.pinned, render_peer(pin.peer), {request.id}, pinned.update.pts, pinned.update.pts_count});
    }
    answer.named.push_back(pin.peer);
  }
  if (pinned.notice)
    CO_TRY(add_new_message(answer, *pinned.notice, Viewer(context.services, context.caller.user)));
  co_return co_await render_answer(context, std::move(answer));
}

Answer<unpinAllMessages> unpin_all_messages(Context& context, unpinAllMessages& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto unpinned,
            co_await services::unpin_all(context.services.environment, context.caller, peer,
                                         MessageId{std::max(request.top_msg_id.value_or(0), 0)}));
  co_return render_affected_history(unpinned.update, unpinned.more);
}

Answer<getScheduledHistory> get_scheduled_history(Context& context, getScheduledHistory& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  store::Page page;
  CO_ASSIGN(page.messages,
            co_await services::scheduled_history(context.services.environment, context.caller.user, peer));
  co_return co_await render_page(context.services, context.caller.user, std::move(page));
}

Answer<getScheduledMessages> get_scheduled_messages(Context& context, getScheduledMessages& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  store::Page page;
  CO_ASSIGN(page.messages,
            co_await services::scheduled_messages(context.services.environment, context.caller.user, peer,
                                                  message_ids_from(request.id)));
  co_return co_await render_page(context.services, context.caller.user, std::move(page));
}

Answer<sendScheduledMessages> send_scheduled_messages(Context& context, sendScheduledMessages& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto sent, co_await services::send_scheduled(context.services.environment, context.caller,
                                                               peer, message_ids_from(request.id)));
  UpdatesAnswer answer;
  tl::updateDeleteScheduledMessages gone;
  gone.peer = render_peer(peer);
  gone.messages = request.id;
  gone.sent_messages.emplace();
  for (const auto& one : sent.sent) gone.sent_messages->push_back(one.message.id.value);
  answer.updates.emplace_back(std::move(gone));
  for (const auto& one : sent.sent)
    CO_TRY(add_new_message(answer, one, Viewer(context.services, context.caller.user)));
  answer.named.push_back(peer);
  co_return co_await render_answer(context, std::move(answer));
}

Answer<deleteScheduledMessages> delete_scheduled_messages(Context& context,
                                                          deleteScheduledMessages& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto deleted,
            co_await services::delete_scheduled(context.services.environment, context.caller, peer,
                                                message_ids_from(request.id)));
  UpdatesAnswer answer;
  tl::updateDeleteScheduledMessages gone;
  gone.peer = render_peer(peer);
  for (const auto id : deleted) gone.messages.push_back(id.value);
  answer.updates.emplace_back(std::move(gone));
  answer.named.push_back(peer);
  co_return co_await render_answer(context, std::move(answer));
}

Answer<setHistoryTTL> set_history_ttl(Context& context, setHistoryTTL& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto notice, co_await services::set_history_ttl(context.services.environment,
                                                                  context.caller, peer, request.period));
  UpdatesAnswer answer;
  tl::updatePeerHistoryTTL update;
  update.peer = render_peer(peer);
  if (request.period != 0) update.ttl_period = request.period;
  answer.updates.emplace_back(std::move(update));
  CO_TRY(add_new_message(answer, notice, Viewer(context.services, context.caller.user)));
  co_return co_await render_answer(context, std::move(answer));
}

Answer<toggleNoForwards> toggle_no_forwards(Context& context, toggleNoForwards& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  if (peer.is_user()) co_return fail(Error::invalid("PEER_ID_INVALID", "Of groups and channels only."));
  const std::uint32_t flag = store::chat_no_forwards;
  CO_TRY(co_await services::set_flags(context.services.environment, context.caller, peer,
                                      request.enabled ? flag : 0U, request.enabled ? 0U : flag));
  context.services.chat_views.forget(peer);  // the change is committed, and its own answer must show it
  co_return co_await render_changed(context, peer);
}

Answer<setDefaultHistoryTTL> set_default_history_ttl(Context& context, setDefaultHistoryTTL& request) {
  CO_TRY(co_await services::set_default_ttl(context.services.environment, context.caller, request.period));
  co_return true;
}

Answer<getDefaultHistoryTTL> get_default_history_ttl(Context& context, getDefaultHistoryTTL&) {
  tl::defaultHistoryTTL answer;
  CO_ASSIGN(answer.period, co_await services::default_ttl(context.services.environment, context.caller.user));
  co_return tl::Box<tl::DefaultHistoryTTL>(std::move(answer));
}

}  // namespace

void register_kept(Methods& methods) {
  methods.on(update_pinned_message);
  methods.on(unpin_all_messages);
  methods.on(get_scheduled_history);
  methods.on(get_scheduled_messages);
  methods.on(send_scheduled_messages);
  methods.on(delete_scheduled_messages);
  methods.on(set_history_ttl);
  methods.on(toggle_no_forwards);
  methods.on(set_default_history_ttl);
  methods.on(get_default_history_ttl);
}

}  // namespace heliograph::api
