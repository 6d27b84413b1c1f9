#include "services/chats/scheduled.h"

#include <algorithm>

#include "services/chats/draft.h"
#include "services/chats/send.h"
#include "services/groups/rights.h"
#include "services/moderation/limited.h"
#include "services/people/privacy.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr UnixSeconds soonest = 10;           // seconds ahead; anything nearer is sent at once
constexpr UnixSeconds latest = 365 * 86'400;  // seconds ahead

constexpr std::size_t administrators_told = 200;

// Everybody who sees the queue.
template <typename Event>
Status tell_queue(store::Tx& tx, const Caller& origin, UnixSeconds now, BoxId queue, const Event& event) {
  if (!queue.is_channel()) {
    HG_TRY(append_event(tx, origin, queue, now, event));
    return {};
  }
  const auto peer = Peer::of(queue.channel());
  HG_ASSIGN(const auto channel, tx.chats().find(peer));
  if (!channel) return {};
  HG_ASSIGN(const auto members,
            tx.chats().members(peer, {store::MemberStatus::creator, store::MemberStatus::admin}, 0,
                               administrators_told));
  for (const auto& member : members) {
    const std::optional<store::Member> admin = member;
    if (!Standing{*channel, admin, now}.has(admin_post_messages)) continue;
    HG_TRY(append_event(tx, origin, member.user, now, event));
  }
  return {};
}

Status tell_new(store::Tx& tx, const Caller& origin, UnixSeconds now, const store::Message& message) {
  const auto channel = message.owner.is_channel() ? message.peer : Peer{};
  return tell_queue(tx, origin, now, message.owner, events::NewScheduled{message.id, channel});
}

// The reply as it was asked for, from the header that was stored. None when the answered message has gone
// since.
Result<std::optional<ReplyTo>> reply_of(store::Tx& tx, const store::Message& message,
                                        const MessageContent& content) {
  if (!content.reply || !content.reply->id) return std::nullopt;
  ReplyTo reply;
  if (content.reply->topic) reply.top = content.reply->top ? content.reply->top : content.reply->id;
  const auto peer = content.reply->peer ? content.reply->peer : message.peer;
  const auto box = peer.is_channel() ? BoxId::of(peer.channel()) : BoxId(message.from);
  HG_ASSIGN(const auto answered, tx.messages().find(box, content.reply->id));
  if (!answered) return reply.top ? std::optional(reply) : std::nullopt;
  reply.id = content.reply->id;
  reply.peer = content.reply->peer;
  if (content.reply->quote && answered->text.find(content.reply->quote_text) != std::string::npos) {
    reply.quote_text = content.reply->quote_text;
    reply.quote_entities = content.reply->quote_entities;
    reply.quote_offset = content.reply->quote_offset;
  }
  return reply;
}

// Sends one scheduled message, by whoever is to be its sender, and takes it off the schedule.
Result<Appended> release(const Environment& environment, store::Tx& tx, const Caller& origin, UnixSeconds now,
                         const store::Message& scheduled, UserId sender) {
  Outgoing message;
  message.from = sender;
  message.to = scheduled.peer;
  message.date = now;
  message.flags = (scheduled.flags & ~std::uint32_t{store::message_out}) | store::message_from_scheduled;
  message.random_id = scheduled.random_id;
  message.kind = scheduled.kind;
  message.album = scheduled.album;
  message.text = scheduled.text;
  HG_ASSIGN(message.content, decode_content(scheduled));
  const auto author = message.content.shown_as;
  if (author && !author.is_user()) message.send_as = author;  // if that is still allowed
  HG_ASSIGN(auto reply, reply_of(tx, scheduled, message.content));
  // By another administrator: what the author answered in a box of their own has a number that means
  // something else, or nothing, in the sender's.
  if (reply && reply->peer && !reply->peer.is_channel() && sender != scheduled.from) reply.reset();
  message.content.reply.reset();
  HG_TRY(may_send_later(environment, tx, sender, message.to, now));
  HG_ASSIGN(auto sent, send_in(environment, tx, origin, std::move(message), reply));
  HG_TRY(tx.messages().erase_scheduled(scheduled.owner, scheduled.id));
  return sent;
}

// Whether a message may wait for `to` to come online.
Status check_awaitable(store::Tx& tx, UserId from, UserId to) {
  if (from == to) return fail(Error::invalid("SCHEDULE_DATE_INVALID", "Who writes this is online."));
  HG_ASSIGN(const bool seen, sees_last_seen(tx, from, to));
  if (!seen) return fail(Error::invalid("SCHEDULE_STATUS_PRIVATE"));
  return {};
}

// Whether it is to go now. One that waits for its recipient goes on waiting while that one's status is hidden
// from its author.
Result<bool> is_due(store::Tx& tx, const store::Message& scheduled, UnixSeconds now, bool recipient_online) {
  if (scheduled.date != schedule_when_online) return scheduled.date <= now;
  if (!recipient_online) return false;
  return sees_last_seen(tx, scheduled.from, scheduled.peer.user());
}

// One that cannot be sent any more is taken off the schedule. Fails only where trying again later may help.
Task<Status> send_if_due(const Environment& environment, BoxId owner, MessageId id, bool recipient_online) {
  const auto now = environment.clock.unix_seconds();
  auto send = [=, &environment](store::Tx& tx) -> Status {
    // Read again: it may have been sent, changed or deleted since.
    HG_ASSIGN(const auto found, tx.messages().find_scheduled(owner, id));
    if (!found) return {};
    HG_ASSIGN(const bool due, is_due(tx, *found, now, recipient_online));
    if (!due) return {};
    HG_ASSIGN(const auto sent, release(environment, tx, Caller{}, now, *found, found->from));
    events::DeleteScheduled gone;
    gone.peer = found->peer;
    gone.ids.push_back(id);
    gone.sent_as.push_back(sent.message.id);
    return tell_queue(tx, Caller{}, now, owner, gone);
  };
  auto sent = co_await environment.store.write(std::move(send));
  if (sent) co_return Status();
  if (sent.error().kind == ErrorKind::unavailable || sent.error().kind == ErrorKind::internal) co_return sent;
  auto drop = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto found, tx.messages().find_scheduled(owner, id));
    if (!found) return {};
    HG_TRY(tx.messages().erase_scheduled(owner, id));
    events::DeleteScheduled gone;
    gone.peer = found->peer;
    gone.ids.push_back(id);
    return tell_queue(tx, Caller{}, now, owner, gone);
  };
  co_return co_await environment.store.write(std::move(drop));
}

// Whose a post is to be that `caller` sends before its time.
Result<UserId> sender_of(store::Tx& tx, const Caller& caller, UnixSeconds now, const store::Message& post) {
  if (!post.owner.is_channel() || post.from == caller.user) return post.from;
  const auto author = scheduled_queue(tx, post.from, post.peer, now);
  if (author) return post.from;
  if (author.error().kind == ErrorKind::unavailable || author.error().kind == ErrorKind::internal) {
    return fail(author.error());
  }
  return caller.user;
}

}  // namespace

Result<BoxId> scheduled_queue(store::Tx& tx, UserId caller, Peer peer, UnixSeconds now) {
  if (!peer.is_channel()) return caller;
  HG_ASSIGN(const auto chat, tx.chats().find(peer));
  if (!chat) return fail(Error::invalid("CHANNEL_INVALID"));
  if (chat->kind != store::ChatKind::broadcast) return caller;
  HG_ASSIGN(const auto member, tx.chats().find_member(peer, caller));
  HG_TRY(require(Standing{*chat, member, now}, admin_post_messages));
  return BoxId::of(peer.channel());
}

Result<bool> check_schedule_date(UnixSeconds now, UnixSeconds date) {
  if (date == schedule_when_online) return true;
  if (date > now + latest) return fail(Error::invalid("SCHEDULE_DATE_TOO_LATE"));
  return date > now + soonest;
}

Result<store::Message> schedule_in(store::Tx& tx, const Caller& origin, UnixSeconds now, Outgoing message,
                                   const std::optional<ReplyTo>& reply, UnixSeconds date) {
  const auto peer = message.to;
  HG_ASSIGN(const auto queue, scheduled_queue(tx, message.from, peer, now));
  HG_ASSIGN(auto waiting, tx.messages().scheduled(queue, peer));
  const auto same = std::ranges::find_if(waiting, [&](const store::Message& one) {
    return one.random_id == message.random_id && one.from == message.from;
  });
  if (same != waiting.end()) return std::move(*same);
  if (waiting.size() >= scheduled_max) return fail(Error::invalid("SCHEDULE_TOO_MUCH"));
  message.date = now;
  HG_TRY(touch_media(tx, message.content.media, now));
  HG_TRY(prepare(tx, message, reply));
  if (date == schedule_when_online) {
    if (!message.to.is_user()) return fail(Error::invalid("SCHEDULE_DATE_INVALID"));
    HG_TRY(check_awaitable(tx, message.from, message.to.user()));
  }
  if (message.reply) message.content.reply = message.reply->header;
  store::Message scheduled;
  scheduled.owner = queue;
  scheduled.peer = peer;
  scheduled.from = message.from;
  scheduled.flags = message.flags | (queue.is_channel() ? 0U : store::message_out);
  scheduled.flags &= ~std::uint32_t{store::message_views};  // nobody has seen it; its number is not a post's
  scheduled.date = date;
  scheduled.random_id = message.random_id;
  scheduled.kind = message.kind;
  scheduled.album = message.album;
  scheduled.text = std::move(message.text);
  scheduled.content = encode_content(message.content);
  HG_ASSIGN(auto stored, tx.messages().append_scheduled(std::move(scheduled)));
  HG_TRY(tell_new(tx, origin, now, stored));
  return stored;
}

Task<Result<Sent>> schedule_message(const Environment& environment, Caller caller, SendMessage request,
                                    FormattedText formatted) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, request = std::move(request),
               formatted = std::move(formatted)](store::Tx& tx) -> Result<Sent> {
    Sent sent;
    HG_ASSIGN(auto before, sent_before(tx, caller.user, request.to, request.random_id));
    if (before) {  // it has fallen due since
      sent.message = std::move(before->message);
      sent.update = std::move(before->update);
      sent.duplicate = true;
      return sent;
    }
    Outgoing message;
    message.from = caller.user;
    message.to = request.to;
    message.flags = (request.silent ? store::message_silent : 0U) |
                    (request.no_forwards ? store::message_no_forwards : 0U) |
                    (request.invert_media ? store::message_invert_media : 0U) |
                    (formatted.has_link ? store::message_has_link : 0U);
    message.random_id = request.random_id;
    message.text = formatted.text;
    message.content.entities = formatted.entities;
    message.content.media = request.media;
    message.kind = kind_of(request.media);
    message.send_as = request.send_as;
    message.content.via_bot = request.via_bot;
    sent.scheduled = true;
    HG_ASSIGN(sent.message,
              schedule_in(tx, caller, now, std::move(message), request.reply, request.schedule_date));
    if (request.clear_draft) HG_TRY(clear_draft_in(tx, caller, now, caller.user, request.to));
    return sent;
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<std::vector<store::Message>>> scheduled_history(const Environment& environment, UserId owner,
                                                            Peer peer) {
  const auto now = environment.clock.unix_seconds();
  auto body = [owner, peer, now](store::Tx& tx) -> Result<std::vector<store::Message>> {
    HG_ASSIGN(const auto queue, scheduled_queue(tx, owner, peer, now));
    HG_ASSIGN(auto messages, tx.messages().scheduled(queue, peer));
    std::ranges::reverse(messages);  // as histories are: the last to come first
    return messages;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<std::vector<store::Message>>> scheduled_messages(const Environment& environment, UserId owner,
                                                             Peer peer, std::vector<MessageId> ids) {
  if (ids.size() > scheduled_max) co_return fail(Error::invalid("LIMIT_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [owner, peer, now, ids = std::move(ids)](store::Tx& tx) -> Result<std::vector<store::Message>> {
    HG_ASSIGN(const auto queue, scheduled_queue(tx, owner, peer, now));
    std::vector<store::Message> out;
    for (const auto id : ids) {
      HG_ASSIGN(auto message, tx.messages().find_scheduled(queue, id));
      if (message && message->peer == peer) out.push_back(std::move(*message));
    }
    return out;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<std::optional<store::Message>>> scheduled_message(const Environment& environment, UserId viewer,
                                                              Peer channel, MessageId id) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<std::optional<store::Message>> {
    if (!channel) return tx.messages().find_scheduled(viewer, id);
    const auto queue = scheduled_queue(tx, viewer, channel, now);
    if (!queue && queue.error().kind == ErrorKind::invalid) return std::nullopt;  // no administrator any more
    if (!queue) return fail(queue.error());
    return tx.messages().find_scheduled(*queue, id);
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<SentScheduled>> send_scheduled(const Environment& environment, Caller caller, Peer peer,
                                           std::vector<MessageId> ids) {
  if (ids.empty() || ids.size() > scheduled_max) co_return fail(Error::invalid("MESSAGE_ID_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [&environment, caller, now, peer,
               ids = std::move(ids)](store::Tx& tx) -> Result<SentScheduled> {
    HG_ASSIGN(const auto queue, scheduled_queue(tx, caller.user, peer, now));
    std::vector<store::Message> wanted;
    for (const auto id : ids) {
      HG_ASSIGN(auto message, tx.messages().find_scheduled(queue, id));
      const bool named = std::ranges::find(wanted, id, &store::Message::id) != wanted.end();
      if (!message || message->peer != peer || named) return fail(Error::invalid("MESSAGE_ID_INVALID"));
      wanted.push_back(std::move(*message));
    }
    SentScheduled result;
    events::DeleteScheduled gone;
    gone.peer = peer;
    for (const auto& message : wanted) {
      HG_ASSIGN(const auto sender, sender_of(tx, caller, now, message));
      HG_ASSIGN(auto sent, release(environment, tx, caller, now, message, sender));
      gone.ids.push_back(message.id);
      gone.sent_as.push_back(sent.message.id);
      result.scheduled.push_back(message.id);
      result.sent.push_back(std::move(sent));
    }
    HG_TRY(tell_queue(tx, caller, now, queue, gone));
    return result;
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<std::vector<MessageId>>> delete_scheduled(const Environment& environment, Caller caller,
                                                      Peer peer, std::vector<MessageId> ids) {
  if (ids.size() > scheduled_max) co_return fail(Error::invalid("LIMIT_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, peer, ids = std::move(ids)](store::Tx& tx) -> Result<std::vector<MessageId>> {
    HG_ASSIGN(const auto queue, scheduled_queue(tx, caller.user, peer, now));
    events::DeleteScheduled gone;
    gone.peer = peer;
    for (const auto id : ids) {
      HG_ASSIGN(const auto message, tx.messages().find_scheduled(queue, id));
      if (!message || message->peer != peer) continue;
      HG_TRY(tx.messages().erase_scheduled(queue, id));
      gone.ids.push_back(id);
    }
    auto deleted = gone.ids;
    if (!deleted.empty()) HG_TRY(tell_queue(tx, caller, now, queue, gone));
    return deleted;
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<store::Message>> edit_scheduled(const Environment& environment, Caller caller,
                                            EditScheduled edit) {
  const auto now = environment.clock.unix_seconds();
  if (edit.schedule_date != 0) {
    CO_ASSIGN(const bool later, check_schedule_date(now, edit.schedule_date));
    if (!later) co_return fail(Error::invalid("SCHEDULE_DATE_INVALID"));
  }
  FormattedText formatted;
  if (edit.text) {
    TextLimits limits;
    limits.may_be_empty = true;
    CO_ASSIGN(formatted, format_text(std::move(*edit.text), std::move(edit.entities), limits));
  }
  auto body = [caller, now, edit = std::move(edit),
               formatted = std::move(formatted)](store::Tx& tx) -> Result<store::Message> {
    HG_ASSIGN(const auto queue, scheduled_queue(tx, caller.user, edit.peer, now));
    HG_ASSIGN(auto found, tx.messages().find_scheduled(queue, edit.id));
    if (!found || found->peer != edit.peer) return fail(Error::invalid("MESSAGE_ID_INVALID"));
    const auto before = *found;
    HG_ASSIGN(auto content, decode_content(*found));
    if (edit.text) {
      if (formatted.text.empty() && !content.media) return fail(Error::invalid("MESSAGE_EMPTY"));
      found->text = formatted.text;
      content.entities = formatted.entities;
      found->content = encode_content(content);
      found->flags &= ~std::uint32_t{store::message_has_link | store::message_invert_media};
      if (formatted.has_link) found->flags |= store::message_has_link;
      if (edit.invert_media) found->flags |= store::message_invert_media;
    }
    if (edit.schedule_date == schedule_when_online) {
      if (!edit.peer.is_user()) return fail(Error::invalid("SCHEDULE_DATE_INVALID"));
      HG_TRY(check_awaitable(tx, caller.user, edit.peer.user()));
    }
    if (edit.schedule_date != 0) found->date = edit.schedule_date;
    if (found->text == before.text && found->content == before.content && found->flags == before.flags &&
        found->date == before.date) {
      return fail(Error::invalid("MESSAGE_NOT_MODIFIED"));
    }
    HG_TRY(tx.messages().update_scheduled(*found));
    HG_TRY(tell_new(tx, caller, now, *found));
    return std::move(*found);
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<std::size_t>> sweep_scheduled(const Environment& environment, std::size_t limit) {
  const auto now = environment.clock.unix_seconds();
  auto list = [now, limit](store::Tx& tx) { return tx.messages().due(now, limit); };
  CO_ASSIGN(const auto due, co_await environment.store.read(std::move(list)));
  // Each on its own, so that one that cannot be sent does not hold up the others.
  for (const auto& message : due) CO_TRY(co_await send_if_due(environment, message.owner, message.id, false));
  co_return due.size();
}

Task<Status> send_awaited(const Environment& environment, UserId recipient) {
  constexpr std::size_t step = 100;
  UserId after_owner;
  MessageId after_id;
  for (;;) {
    auto list = [=](store::Tx& tx) {
      return tx.messages().scheduled_for(Peer::of(recipient), schedule_when_online, after_owner, after_id,
                                         step);
    };
    CO_ASSIGN(const auto waiting, co_await environment.store.read(std::move(list)));
    for (const auto& message : waiting) {
      CO_TRY(co_await send_if_due(environment, message.owner, message.id, true));
    }
    if (waiting.size() < step) co_return Status();
    after_owner = waiting.back().from;
    after_id = waiting.back().id;
  }
}

}  // namespace heliograph::services
