#include "services/chats/send.h"

#include "services/chats/draft.h"
#include "services/chats/scheduled.h"
#include "services/chats/ttl.h"
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

// Checks what is to be sent, and completes it.
Status prepare(store::Tx& tx, PrivateMessage& message, const std::optional<ReplyTo>& reply) {
  HG_TRY(check_recipient(tx, message.from, message.to));
  if (!reply) return {};
  HG_ASSIGN(auto resolved, resolve_reply(tx, message.from, Peer::of(message.to), *reply));
  message.content.reply = std::move(resolved.own);
  message.reply_at_recipient = std::move(resolved.other);
  return {};
}

}  // namespace

Result<Appended> send_in(store::Tx& tx, const Caller& origin, PrivateMessage message,
                         const std::optional<ReplyTo>& reply) {
  if (auto prepared = prepare(tx, message, reply); !prepared) {
    // What was sent before is answered, even when it would not be allowed any more.
    HG_ASSIGN(auto before, sent_before(tx, message.from, message.random_id));
    if (before) return std::move(*before);
    return fail(std::move(prepared).error());
  }
  HG_ASSIGN(const auto dialog, tx.dialogs().find(message.from, Peer::of(message.to)));
  if (dialog) {
    message.ttl_period = dialog->ttl_period;
  } else {
    HG_ASSIGN(auto before, sent_before(tx, message.from, message.random_id));
    if (before) return std::move(*before);
    HG_ASSIGN(message.ttl_period, begin_with_default_ttl(tx, message.date, message.from, message.to));
  }
  return append_private(tx, origin, message);
}

namespace {

Result<Sent> send(store::Tx& tx, const Caller& caller, UnixSeconds now, const SendMessage& request,
                  const FormattedText& formatted) {
  PrivateMessage message;
  message.from = caller.user;
  message.to = request.to.user();
  message.date = now;
  message.flags = (request.silent ? store::message_silent : 0U) |
                  (request.no_forwards ? store::message_no_forwards : 0U) |
                  (request.invert_media ? store::message_invert_media : 0U) |
                  (formatted.has_link ? store::message_has_link : 0U);
  message.random_id = request.random_id;
  message.text = formatted.text;
  message.content.entities = formatted.entities;
  message.content.media = request.media;
  HG_ASSIGN(auto appended, send_in(tx, caller, std::move(message), request.reply));
  if (request.clear_draft && !appended.duplicate) {
    HG_TRY(clear_draft_in(tx, caller, now, caller.user, request.to));
  }
  Sent sent;
  sent.message = std::move(appended.message);
  sent.update = std::move(appended.update);
  sent.duplicate = appended.duplicate;
  return sent;
}

}  // namespace

Task<Result<Sent>> send_message(const Environment& environment, Caller caller, SendMessage request) {
  if (!request.to.is_user() || !request.to) co_return fail(Error::invalid("PEER_ID_INVALID"));
  if (request.random_id == 0) co_return fail(Error::invalid("RANDOM_ID_EMPTY"));
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
  auto body = [caller, now, request = std::move(request), formatted = std::move(formatted)](store::Tx& tx) {
    return send(tx, caller, now, request, formatted);
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
