// messages.*: writing, changing, deleting, passing on, reading.
#include <algorithm>

#include "api/message_arguments.h"
#include "api/messages_families.h"
#include "api/method.h"
#include "api/peers.h"
#include "api/poll_arguments.h"
#include "api/render/chat.h"
#include "api/render/entity.h"
#include "api/render/message.h"
#include "api/render/responses.h"
#include "services/chats/close_poll.h"
#include "services/chats/edit.h"
#include "services/chats/erase.h"
#include "services/chats/forward.h"
#include "services/chats/read.h"
#include "services/chats/scheduled.h"
#include "services/chats/send.h"
#include "tl/core_o.h"
#include "tl/core_u.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

tl::Box<tl::Update> id_update(std::int64_t random_id, MessageId id) {
  tl::updateMessageID update;
  update.id = id.value;
  update.random_id = random_id;
  return update;
}

Result<tl::Box<tl::Update>> edited_update(const store::Message& message, const store::Update& entry,
                                          const Viewer& viewer) {
  HG_ASSIGN(auto wire, render_message(message, viewer));
  if (message.owner.is_channel()) {
    return tl::Box<tl::Update>(tl::updateEditChannelMessage{std::move(wire), entry.pts, entry.pts_count});
  }
  return tl::Box<tl::Update>(tl::updateEditMessage{std::move(wire), entry.pts, entry.pts_count});
}

Result<tl::Box<tl::Update>> scheduled_update(const store::Message& message, const Viewer& viewer) {
  tl::updateNewScheduledMessage update;
  HG_ASSIGN(update.message, render_message(message, viewer));
  return tl::Box<tl::Update>(std::move(update));
}

// What was just sent has nothing yet that people answered to it, unless it passes on a poll.
Task<Result<Viewer>> viewer_of_sent(Context& context, const store::Message& message) {
  std::vector<const store::Message*> looked_up;
  const bool barred = (message.flags & store::message_barred) != 0;
  if (message.kind == store::MessageKind::poll || barred) looked_up.push_back(&message);
  co_return co_await viewer_of(context.services, context.caller.user, std::move(looked_up));
}

// The answer to a send: short for text, as the public servers do it. With media it is not: client
// libraries do not look for the message in a short answer to that.
Task<Result<tl::Box<tl::Updates>>> render_sent(Context& context, services::Sent sent,
                                               std::int64_t random_id) {
  CO_ASSIGN(const auto viewer, co_await viewer_of_sent(context, sent.message));
  CO_ASSIGN(const auto content, services::decode_content(sent.message));
  constexpr auto beyond_short =
      store::message_silent | store::message_no_forwards | store::message_invert_media;
  const bool plain = !content.reply && !content.forward && !content.via_bot && !content.action &&
                     !content.media && (sent.message.flags & beyond_short) == 0 &&
                     sent.message.peer.is_user();
  if (plain && !sent.scheduled) {
    tl::updateShortSentMessage brief;
    brief.out = true;
    brief.id = sent.message.id.value;
    brief.pts = sent.update.pts;
    brief.pts_count = sent.update.pts_count;
    brief.date = static_cast<std::int32_t>(sent.message.date);
    brief.entities = render_optional_entities(content.entities);
    if (sent.message.expires_at > sent.message.date) {
      brief.ttl_period = static_cast<std::int32_t>(sent.message.expires_at - sent.message.date);
    }
    co_return tl::Box<tl::Updates>(std::move(brief));
  }
  UpdatesAnswer answer;
  answer.updates.push_back(id_update(random_id, sent.message.id));
  if (sent.scheduled) {
    CO_ASSIGN(auto update, scheduled_update(sent.message, viewer));
    answer.updates.push_back(std::move(update));
  } else {
    CO_ASSIGN(auto update, new_message_update(sent.message, sent.update, viewer));
    answer.updates.push_back(std::move(update));
  }
  collect_peers(sent.message, viewer, answer.named);
  co_return co_await render_answer(context, std::move(answer));
}

// What this server has not.
template <typename Fn>
Status check_extras(const Fn& request) {
  if (request.quick_reply_shortcut) return fail(Error::invalid("SHORTCUT_INVALID"));
  if constexpr (requires { request.suggested_post; }) {
    if (request.suggested_post) return fail(Error::invalid("SUGGESTED_POST_PEER_INVALID"));
  }
  return {};
}

// Whose the message is to be shown as; empty: not said.
template <typename Fn>
Task<Result<Peer>> author_from(Context& context, const Fn& request) {
  if (!request.send_as) co_return Peer{};
  const auto author = co_await peer_from(context, request.send_as);
  if (!author) co_return fail(Error::invalid("SEND_AS_PEER_INVALID"));
  co_return *author;
}

// What sendMessage and sendMedia have in common.
template <typename Fn>
Task<Result<services::SendMessage>> send_from(Context& context, Fn& request) {
  services::SendMessage send;
  CO_TRY(check_extras(request));
  CO_ASSIGN(send.to, co_await peer_from(context, request.peer));
  CO_ASSIGN(send.send_as, co_await author_from(context, request));
  send.text = std::move(request.message);
  CO_ASSIGN(send.entities, co_await entities_from(context, request.entities));
  CO_ASSIGN(send.reply, co_await reply_from(context, request.reply_to, request.reply_to_msg_id));
  send.random_id = request.random_id;
  send.silent = request.silent;
  send.no_forwards = request.noforwards;
  send.invert_media = request.invert_media;
  send.clear_draft = request.clear_draft;
  send.schedule_date = request.schedule_date.value_or(0);
  co_return send;
}

Answer<sendMessage> send_message(Context& context, sendMessage& request) {
  if (request.rich_message) co_return fail(Error::invalid("MESSAGE_EMPTY"));
  CO_ASSIGN(auto send, co_await send_from(context, request));
  CO_ASSIGN(auto sent,
            co_await services::send_message(context.services.environment, context.caller, std::move(send)));
  co_return co_await render_sent(context, std::move(sent), request.random_id);
}

// The words are the bot's; what the caller says is where they go.
Answer<sendInlineBotResult> send_inline_bot_result(Context& context, sendInlineBotResult& request) {
  services::SendMessage send;
  CO_TRY(check_extras(request));
  CO_ASSIGN(send.to, co_await peer_from(context, request.peer));
  CO_ASSIGN(send.send_as, co_await author_from(context, request));
  CO_ASSIGN(send.reply, co_await reply_from(context, request.reply_to, request.reply_to_msg_id));
  CO_ASSIGN(auto chosen, co_await context.services.bots.choose_inline(context.caller, request.query_id,
                                                                      std::move(request.id)));
  send.text = std::move(chosen.post.text);
  send.entities = std::move(chosen.post.entities);
  send.via_bot = chosen.bot;  // hide_via is for bots that help.getConfig names, and it names none
  send.random_id = request.random_id;
  send.silent = request.silent;
  send.clear_draft = request.clear_draft;
  send.schedule_date = request.schedule_date.value_or(0);
  CO_ASSIGN(auto sent,
            co_await services::send_message(context.services.environment, context.caller, std::move(send)));
  co_return co_await render_sent(context, std::move(sent), request.random_id);
}

Answer<sendMedia> send_media(Context& context, sendMedia& request) {
  CO_ASSIGN(auto send, co_await send_from(context, request));
  if (!is_optional_preview(request.media)) {
    CO_ASSIGN(send.media, co_await media_from(context, request.media));
  }
  CO_ASSIGN(auto sent,
            co_await services::send_message(context.services.environment, context.caller, std::move(send)));
  co_return co_await render_sent(context, std::move(sent), request.random_id);
}

// What holds for all of an album stands once in the request; caption, media and number come with each.
Answer<sendMultiMedia> send_multi_media(Context& context, sendMultiMedia& request) {
  CO_TRY(check_extras(request));
  if (request.multi_media.size() > services::album_max)
    co_return fail(Error::invalid("MULTI_MEDIA_TOO_LONG"));
  CO_ASSIGN(const auto to, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto send_as, co_await author_from(context, request));
  CO_ASSIGN(const auto reply, co_await reply_from(context, request.reply_to, request.reply_to_msg_id));
  std::vector<services::SendMessage> album;
  for (auto& box : request.multi_media) {
    auto* single = box.get_if<tl::inputSingleMedia>();
    if (single == nullptr) co_return fail(Error::invalid("MEDIA_EMPTY"));
    services::SendMessage send;
    send.to = to;
    send.send_as = send_as;
    send.reply = reply;
    send.text = std::move(single->message);
    CO_ASSIGN(send.entities, co_await entities_from(context, single->entities));
    CO_ASSIGN(send.media, co_await media_from(context, single->media));
    send.random_id = single->random_id;
    send.silent = request.silent;
    send.no_forwards = request.noforwards;
    send.invert_media = request.invert_media;
    send.clear_draft = request.clear_draft;
    send.schedule_date = request.schedule_date.value_or(0);
    album.push_back(std::move(send));
  }
  CO_ASSIGN(const auto sent,
            co_await services::send_album(context.services.environment, context.caller, std::move(album)));
  const Viewer viewer(context.services, context.caller.user);
  UpdatesAnswer answer;
  for (const auto& one : sent) {
    answer.updates.push_back(id_update(one.message.random_id, one.message.id));
    if (one.scheduled) {
      CO_ASSIGN(auto update, scheduled_update(one.message, viewer));
      answer.updates.push_back(std::move(update));
    } else {
      CO_ASSIGN(auto update, new_message_update(one.message, one.update, viewer));
      answer.updates.push_back(std::move(update));
    }
    collect_peers(one.message, viewer, answer.named);
  }
  co_return co_await render_answer(context, std::move(answer));
}

Answer<editMessage> close_poll(Context& context, Peer peer, MessageId id) {
  CO_ASSIGN(const auto closed,
            co_await services::close_poll(context.services.environment, context.caller, peer, id));
  UpdatesAnswer answer;
  // Client libraries look for the poll in the first update.
  add_poll(answer, closed.shown, context.caller.user);
  CO_ASSIGN(const auto viewer, co_await viewer_of_sent(context, closed.shown.message));
  CO_ASSIGN(auto update, edited_update(closed.shown.message, closed.update, viewer));
  answer.updates.push_back(std::move(update));
  collect_peers(closed.shown.message, answer.named);
  co_return co_await render_answer(context, std::move(answer));
}

Answer<editMessage> edit_message(Context& context, editMessage& request) {
  if (request.rich_message) co_return fail(Error::invalid("MEDIA_NEW_INVALID"));
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(auto entities, co_await entities_from(context, request.entities));
  UpdatesAnswer answer;
  if (request.schedule_date) {
    if (request.media) co_return fail(Error::invalid("MEDIA_NEW_INVALID"));
    services::EditScheduled edit;
    edit.peer = peer;
    edit.id = MessageId{request.id};
    edit.text = std::move(request.message);
    edit.entities = std::move(entities);
    edit.schedule_date = *request.schedule_date;
    edit.invert_media = request.invert_media;
    CO_ASSIGN(const auto message, co_await services::edit_scheduled(context.services.environment,
                                                                    context.caller, std::move(edit)));
    CO_ASSIGN(auto update, scheduled_update(message, Viewer(context.services, context.caller.user)));
    answer.updates.push_back(std::move(update));
    collect_peers(message, answer.named);
    co_return co_await render_answer(context, std::move(answer));
  }
  if (closes_poll(request.media)) co_return co_await close_poll(context, peer, MessageId{request.id});
  services::EditMessage edit;
  if (request.media && !is_optional_preview(request.media)) {
    CO_ASSIGN(edit.media, co_await media_from(context, request.media));
  }
  edit.peer = peer;
  edit.id = MessageId{request.id};
  edit.text = std::move(request.message);
  edit.entities = std::move(entities);
  edit.invert_media = request.invert_media;
  CO_ASSIGN(const auto edited,
            co_await services::edit_message(context.services.environment, context.caller, std::move(edit)));
  std::vector<const store::Message*> one{&edited.message};
  CO_ASSIGN(const auto seen_by, co_await viewer_of(context.services, context.caller.user, std::move(one)));
  CO_ASSIGN(auto update, edited_update(edited.message, edited.update, seen_by));
  answer.updates.push_back(std::move(update));
  collect_peers(edited.message, seen_by, answer.named);
  co_return co_await render_answer(context, std::move(answer));
}

Answer<forwardMessages> forward_messages(Context& context, forwardMessages& request) {
  CO_TRY(check_extras(request));
  services::ForwardMessages forward;
  CO_ASSIGN(forward.send_as, co_await author_from(context, request));
  CO_ASSIGN(forward.from, co_await peer_from(context, request.from_peer));
  CO_ASSIGN(forward.to, co_await peer_from(context, request.to_peer));
  CO_ASSIGN(forward.reply, co_await reply_from(context, request.reply_to, std::nullopt));
  if (request.top_msg_id && *request.top_msg_id > 0) {
    if (!forward.reply) forward.reply.emplace();
    forward.reply->top = MessageId{*request.top_msg_id};
  }
  forward.ids = message_ids_from(request.id);
  forward.random_ids = std::move(request.random_id);
  forward.silent = request.silent;
  forward.drop_author = request.drop_author;
  forward.drop_captions = request.drop_media_captions;
  forward.no_forwards = request.noforwards;
  forward.schedule_date = request.schedule_date.value_or(0);
  CO_ASSIGN(const auto forwarded, co_await services::forward_messages(context.services.environment,
                                                                      context.caller, std::move(forward)));
  UpdatesAnswer answer;
  for (const auto& one : forwarded)
    answer.updates.push_back(id_update(one.random_id, one.appended.message.id));
  for (const auto& one : forwarded) {
    if (one.scheduled) {
      CO_ASSIGN(auto update,
                scheduled_update(one.appended.message, Viewer(context.services, context.caller.user)));
      answer.updates.push_back(std::move(update));
      collect_peers(one.appended.message, answer.named);
    } else {
      CO_ASSIGN(const auto viewer, co_await viewer_of_sent(context, one.appended.message));
      CO_TRY(add_new_message(answer, one.appended, viewer));
    }
  }
  co_return co_await render_answer(context, std::move(answer));
}

Answer<deleteMessages> delete_messages(Context& context, deleteMessages& request) {
  CO_ASSIGN(const auto update,
            co_await services::delete_messages(context.services.environment, context.caller,
                                               message_ids_from(request.id), request.revoke));
  co_return render_affected(update);
}

Answer<deleteHistory> delete_history(Context& context, deleteHistory& request) {
  services::DeleteHistory erase;
  CO_ASSIGN(erase.peer, co_await peer_from(context, request.peer));
  erase.max_id = MessageId{std::max(request.max_id, 0)};
  erase.just_clear = request.just_clear;
  erase.revoke = request.revoke;
  erase.min_date = request.min_date.value_or(0);
  erase.max_date = request.max_date.value_or(0);
  CO_ASSIGN(const auto deleted,
            co_await services::delete_history(context.services.environment, context.caller, erase));
  co_return render_affected_history(deleted.update, deleted.more);
}

Answer<readHistory> read_history(Context& context, readHistory& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  if (peer.is_channel()) co_return fail(Error::invalid("PEER_ID_INVALID", "Call channels.readHistory."));
  CO_ASSIGN(const auto update, co_await services::read_history(context.services.environment, context.caller,
                                                               peer, MessageId{std::max(request.max_id, 0)}));
  co_return render_affected(update);
}

Answer<readMessageContents> read_contents(Context& context, readMessageContents& request) {
  CO_ASSIGN(const auto update, co_await services::read_contents(context.services.environment, context.caller,
                                                                message_ids_from(request.id)));
  co_return render_affected(update);
}

Answer<getOutboxReadDate> get_outbox_read_date(Context& context, getOutboxReadDate& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto at,
            co_await services::outbox_read_date(context.services.environment, context.caller.user, peer,
                                                MessageId{request.msg_id}));
  tl::outboxReadDate date;
  date.date = static_cast<std::int32_t>(at);
  co_return tl::Box<tl::OutboxReadDate>(std::move(date));
}

}  // namespace

Result<tl::Box<tl::Update>> new_message_update(const store::Message& message, const store::Update& entry,
                                               const Viewer& viewer) {
  HG_ASSIGN(auto wire, render_message(message, viewer));
  if (message.owner.is_channel()) {
    return tl::Box<tl::Update>(tl::updateNewChannelMessage{std::move(wire), entry.pts, entry.pts_count});
  }
  return tl::Box<tl::Update>(tl::updateNewMessage{std::move(wire), entry.pts, entry.pts_count});
}

Status add_new_message(UpdatesAnswer& answer, const services::Appended& appended, const Viewer& viewer) {
  HG_ASSIGN(auto update, new_message_update(appended.message, appended.update, viewer));
  answer.updates.push_back(std::move(update));
  collect_peers(appended.message, viewer, answer.named);
  return {};
}

Task<Result<tl::Box<tl::Updates>>> render_answer(Context& context, UpdatesAnswer answer) {
  tl::updates_ updates;
  updates.updates = std::move(answer.updates);
  CO_TRY(co_await describe_into(updates, context.services, context.caller.user, std::move(answer.named)));
  updates.date = static_cast<std::int32_t>(context.now());
  co_return tl::Box<tl::Updates>(std::move(updates));
}

tl::Box<tl::messages::AffectedMessages> render_affected(const store::Update& update) {
  tl::messages::affectedMessages affected;
  affected.pts = update.pts;
  affected.pts_count = update.pts_count;
  return affected;
}

tl::Box<tl::messages::AffectedHistory> render_affected_history(const store::Update& update, bool more) {
  tl::messages::affectedHistory affected;
  affected.pts = update.pts;
  affected.pts_count = update.pts_count;
  affected.offset = more ? 1 : 0;
  return affected;
}

void register_messages(Methods& methods) {
  methods.on(send_message);
  methods.on(send_media);
  methods.on(send_inline_bot_result);
  methods.on(send_multi_media);
  methods.on(edit_message);
  methods.on(forward_messages);
  methods.on(delete_messages);
  methods.on(delete_history);
  methods.on(read_history);
  methods.on(read_contents);
  methods.on(get_outbox_read_date);
  register_bots(methods);
  register_history(methods);
  register_responses(methods);
  register_polls(methods);
  register_overview(methods);
  register_kept(methods);
  register_saved(methods);
  register_threads(methods);
  register_topics(methods);
  register_send_as(methods);
  register_dialog_filters(methods);
  register_messages_boot(methods);
}

}  // namespace heliograph::api
