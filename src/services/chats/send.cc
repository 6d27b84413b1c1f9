#include "services/chats/send.h"

#include "services/bots/bots.h"
#include "services/chats/draft.h"
#include "services/chats/mentions.h"
#include "services/chats/new_poll.h"
#include "services/chats/origin.h"
#include "services/chats/scheduled.h"
#include "services/chats/send_as.h"
#include "services/chats/ttl.h"
#include "services/chats/vanish.h"
#include "services/groups/forum.h"
#include "services/moderation/judge.h"
#include "services/moderation/limited.h"
#include "services/moderation/media.h"
#include "services/people/blocking.h"

namespace heliograph::services {

Status check_recipient(store::Tx& tx, UserId from, UserId to) {
  if (to == from) return {};
  if (to == service_user) return fail(Error::forbidden("CHAT_WRITE_FORBIDDEN"));
  HG_ASSIGN(const auto account, tx.accounts().find(to));
  if (!account) return fail(Error::invalid("PEER_ID_INVALID"));
  if (account->state == store::AccountState::deleted) return fail(Error::invalid("INPUT_USER_DEACTIVATED"));
  return may_write(tx, from, to);
}

namespace {

// Who writes in a group with slow mode waits between two messages; administrators do not.
Status keep_pace(store::Tx& tx, const Place& place, UserId writer) {
  const auto standing = place.standing();
  if (standing.is_admin()) return {};
  if (!place.member) {
    // A guest, who comments: when they wrote is kept as of one who has left.
    store::Member guest;
    guest.chat = place.peer;
    guest.user = writer;
    guest.status = store::MemberStatus::left;
    guest.wrote_at = place.now;
    return tx.chats().put_member(guest);
  }
  const auto next = place.member->wrote_at + place.chat->slow_mode;
  if (next > place.now) {
    return fail(Error::flood(static_cast<std::int32_t>(next - place.now), "SLOWMODE_WAIT"));
  }
  return tx.chats().set_wrote_at(place.peer, place.member->user, place.now);
}

// Whose a message of a group or channel is shown as.
Status sign(store::Tx& tx, const Place& place, Outgoing& message) {
  HG_ASSIGN(const auto author, author_of(tx, message.from, place, message.send_as));
  if (place.chat->kind == store::ChatKind::broadcast) {
    message.flags |= store::message_post | store::message_views;
    message.content.discussion = place.chat->linked;
    message.content.shown_as = {};
    message.content.author.clear();
    if ((place.chat->flags & store::chat_signatures) != 0) {
      HG_ASSIGN(message.content.author, display_name(tx, message.from));
      const bool profiles = (place.chat->flags & store::chat_signature_profiles) != 0;
      if (profiles) message.content.shown_as = Peer::of(message.from);
    }
  } else {
    message.content.shown_as = author == Peer::of(message.from) ? Peer{} : author;
    message.content.author = author == message.to ? place.member->rank : std::string();
  }
  return {};
}

}  // namespace

Result<Place> prepare(store::Tx& tx, Outgoing& message, const std::optional<ReplyTo>& reply) {
  Place place;
  if (message.to.is_user()) {
    HG_TRY(check_recipient(tx, message.from, message.to.user()));
    if (message.send_as && message.send_as != Peer::of(message.from)) {
      return fail(Error::invalid("SEND_AS_PEER_INVALID"));
    }
    HG_ASSIGN(place, open_place(tx, message.from, message.to, message.date));
  } else {
    HG_ASSIGN(place, open_chat(tx, message.from, message.to, message.date));
    const auto standing = place.standing();
    HG_TRY(may_send(standing, message.kind, message.flags));
    const bool by_way_of_bot = message.content.via_bot && !message.content.forward;
    if (by_way_of_bot && standing.forbidden(banned_send_inline)) {
      return fail(Error::forbidden("CHAT_SEND_INLINE_FORBIDDEN"));
    }
    HG_TRY(sign(tx, place, message));
    message.ttl_period = place.chat->ttl_period;
  }
  HG_TRY(check_poll_place(tx, place, message));
  if (reply) {
    HG_ASSIGN(auto resolved, resolve_reply(tx, message.from, place, *reply));
    message.thread = resolved.thread;
    message.subthread = resolved.subthread;
    if (resolved.header.id || resolved.elsewhere) message.reply = std::move(resolved);
  }
  if (place.is_forum()) {
    if (!message.thread) message.thread = general_topic;
    HG_TRY(may_write_in(tx, place, message.thread, message.from));
  }
  // Who is not in a private group has come to comment on a post.
  if (place.is_group() && !place.standing().is_in() && place.chat->username.empty() && !message.thread) {
    return fail(Error::forbidden("CHAT_WRITE_FORBIDDEN", "Join first."));
  }
  HG_ASSIGN(message.mentioned, mentioned_in(tx, place, message));
  return place;
}

Result<Appended> send_in(const Environment& environment, store::Tx& tx, const Caller& origin,
                         Outgoing message, const std::optional<ReplyTo>& reply) {
  const auto place = prepare(tx, message, reply);
  if (!place) {
    // What was sent before is answered, even when it would not be allowed any more.
    HG_ASSIGN(auto before, sent_before(tx, message.from, message.to, message.random_id));
    if (before) return std::move(*before);
    return fail(place.error());
  }
  if (!message.to.is_user()) {
    if (place->chat->slow_mode != 0) {
      // One that was sent before has been waited for.
      HG_ASSIGN(auto before, sent_before(tx, message.from, message.to, message.random_id));
      if (before) return std::move(*before);
      HG_TRY(keep_pace(tx, *place, message.from));
    }
    return append_judged(environment, tx, origin, *place, std::move(message));
  }
  HG_ASSIGN(const auto dialog, tx.dialogs().find(message.from, message.to));
  if (dialog) {
    message.ttl_period = dialog->ttl_period;
  } else {
    HG_ASSIGN(auto before, sent_before(tx, message.from, message.to, message.random_id));
    if (before) return std::move(*before);
    HG_ASSIGN(message.ttl_period, begin_with_default_ttl(tx, message.date, message.from, message.to.user()));
  }
  HG_ASSIGN(auto appended, append_message(tx, origin, message));
  if (environment.bots != nullptr && !appended.duplicate) {
    HG_TRY(environment.bots->queue(tx, appended.message, message.start));
  }
  return appended;
}

namespace {

Outgoing outgoing(const Caller& caller, UnixSeconds now, const SendMessage& request,
                  const FormattedText& formatted) {
  Outgoing message;
  message.from = caller.user;
  message.to = request.to;
  message.date = now;
  message.flags = (request.silent ? store::message_silent : 0U) |
                  (request.no_forwards ? store::message_no_forwards : 0U) |
                  (request.invert_media ? store::message_invert_media : 0U) |
                  (formatted.has_link ? store::message_has_link : 0U);
  message.random_id = request.random_id;
  message.text = formatted.text;
  message.content.entities = formatted.entities;
  message.content.media = request.media;
  if (message.content.media && message.content.media->poll) message.content.media->poll->author = caller.user;
  message.kind = kind_of(request.media);
  message.album = request.album;
  message.send_as = request.send_as;
  message.content.via_bot = request.via_bot;
  // Until it has been listened to or watched.
  if (message.kind == store::MessageKind::voice || message.kind == store::MessageKind::round_video) {
    message.flags |= store::message_media_unread;
  }
  mark_vanishing(message);
  return message;
}

// Whose draft it was: where a message does not say that it goes to a thread, the dialog's.
MessageId sent_to_thread(const SendMessage& request, const store::Message& sent) {
  if (!request.reply) return {};
  return request.reply->top                 ? request.reply->top
         : request.reply->id == sent.thread ? sent.thread
                                            : MessageId{};
}

Result<Sent> send(const Environment& environment, store::Tx& tx, const Caller& caller, UnixSeconds now,
                  const SendMessage& request, const FormattedText& formatted) {
  HG_ASSIGN(auto appended,
            send_in(environment, tx, caller, outgoing(caller, now, request, formatted), request.reply));
  if (request.clear_draft && !appended.duplicate) {
    HG_TRY(
        clear_draft_in(tx, caller, now, caller.user, request.to, sent_to_thread(request, appended.message)));
  }
  Sent sent;
  sent.message = std::move(appended.message);
  sent.update = std::move(appended.update);
  sent.duplicate = appended.duplicate;
  return sent;
}

}  // namespace

Task<Result<Sent>> send_message(const Environment& environment, Caller caller, SendMessage request) {
  if (!request.to) co_return fail(Error::invalid("PEER_ID_INVALID"));
  if (request.random_id == 0) co_return fail(Error::invalid("RANDOM_ID_EMPTY"));
  CO_TRY(may_write_to(environment, caller, request.to));
  CO_TRY(check_vanishing(caller, request.to, request.media, request.schedule_date));
  TextLimits limits;
  limits.may_be_empty = request.media.has_value();
  if (limits.may_be_empty) limits.units = 1024;  // a caption
  CO_ASSIGN(auto formatted, format_text(std::move(request.text), std::move(request.entities), limits));
  const auto now = environment.clock.unix_seconds();
  if (request.schedule_date != 0) {
    CO_ASSIGN(const bool later, check_schedule_date(now, request.schedule_date));
    if (later) {
      co_return co_await schedule_message(environment, caller, std::move(request), std::move(formatted));
    }
  }
  if (request.media) {
    const Media* const media = &*request.media;
    CO_TRY(co_await match_early(environment, request.to, std::span(&media, 1)));
  }
  auto body = [&environment, caller, now, request = std::move(request), formatted = std::move(formatted)](
                  store::Tx& tx) { return send(environment, tx, caller, now, request, formatted); };
  co_return co_await environment.store.write(std::move(body));
}

namespace {

// Albums are of pictures and films, of documents, or of music.
int album_kind(store::MessageKind kind) {
  using store::MessageKind;
  if (kind == MessageKind::photo || kind == MessageKind::video) return 1;
  if (kind == MessageKind::document) return 2;
  return kind == MessageKind::music ? 3 : 0;
}

}  // namespace

Task<Result<std::vector<Sent>>> send_album(const Environment& environment, Caller caller,
                                           std::vector<SendMessage> requests) {
  if (requests.empty()) co_return fail(Error::invalid("MEDIA_EMPTY"));
  if (requests.size() > album_max) co_return fail(Error::invalid("MULTI_MEDIA_TOO_LONG"));
  const auto now = environment.clock.unix_seconds();
  const auto to = requests.front().to;
  const auto date = requests.front().schedule_date;
  if (!to) co_return fail(Error::invalid("PEER_ID_INVALID"));
  const auto kind = album_kind(kind_of(requests.front().media));
  const auto album = environment.random.next<std::int64_t>() | 1;  // not 0
  std::vector<FormattedText> texts;
  for (auto& request : requests) {
    if (request.random_id == 0) co_return fail(Error::invalid("RANDOM_ID_EMPTY"));
    if (kind == 0 || album_kind(kind_of(request.media)) != kind) {
      co_return fail(Error::invalid("MEDIA_GROUPED_INVALID", "These are not shown together."));
    }
    CO_TRY(check_vanishing(caller, request.to, request.media, request.schedule_date));
    TextLimits limits;
    limits.may_be_empty = true;
    limits.units = 1024;
    CO_ASSIGN(auto formatted, format_text(std::move(request.text), std::move(request.entities), limits));
    texts.push_back(std::move(formatted));
    if (requests.size() > 1) request.album = album;
  }
  bool later = false;
  if (date != 0) {
    CO_ASSIGN(later, check_schedule_date(now, date));
  }
  if (!later) {
    std::vector<const Media*> media;
    for (const auto& request : requests) media.push_back(&*request.media);
    CO_TRY(co_await match_early(environment, to, media));
  }
  auto body = [&environment, caller, now, later, requests = std::move(requests),
               texts = std::move(texts)](store::Tx& tx) -> Result<std::vector<Sent>> {
    std::vector<Sent> all;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      Sent one;
      if (later) {
        HG_ASSIGN(one.message, schedule_in(tx, caller, now, outgoing(caller, now, requests[i], texts[i]),
                                           requests[i].reply, requests[i].schedule_date));
        one.scheduled = true;
      } else {
        auto sent = send(environment, tx, caller, now, requests[i], texts[i]);
        if (!sent && i > 0 && sent.error().code == "SLOWMODE_WAIT") {
          return fail(Error::invalid("SLOWMODE_MULTI_MSGS_DISABLED"));
        }
        if (!sent) return fail(sent.error());
        one = std::move(*sent);
      }
      all.push_back(std::move(one));
    }
    return all;
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
