#include "services/chats/append.h"

#include "services/chats/dialog.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

// The first message with a random_id, for whoever sends it again.
Result<Appended> repeated(store::Tx& tx, store::Message first) {
  Appended result;
  result.duplicate = true;
  HG_ASSIGN(const auto state, tx.updates().state(first.owner));
  result.update.account = first.owner;
  result.update.kind = store::UpdateKind::new_message;
  result.update.pts = state.pts;
  result.update.date = first.date;
  result.update.message_id = first.id;
  result.message = std::move(first);
  return result;
}

// Puts one copy into its box: row, dialog, log.
Result<Appended> deliver(store::Tx& tx, const Caller& origin, UnixSeconds now, store::Message message) {
  const bool outgoing = (message.flags & store::message_out) != 0;
  HG_ASSIGN(auto appended, tx.messages().append(std::move(message)));
  if (appended.duplicate) return repeated(tx, std::move(appended.message));
  Appended result;
  result.message = std::move(appended.message);
  const auto& m = result.message;
  HG_ASSIGN(auto dialog, tx.dialogs().bump(m.owner, m.peer, m.id, m.date, outgoing));
  if (!outgoing) HG_TRY(return_from_archive(tx, now, dialog));
  HG_ASSIGN(result.update, append_message_event(tx, origin, now, store::UpdateKind::new_message, m));
  return result;
}

}  // namespace

Result<Appended> append_private(store::Tx& tx, const Caller& origin, const PrivateMessage& message) {
  store::Message own;
  own.owner = message.from;
  own.peer = Peer::of(message.to);
  own.from = message.from;
  own.flags = message.flags | store::message_out;
  own.date = message.date;
  own.expires_at = message.ttl_period > 0 ? message.date + message.ttl_period : 0;
  own.random_id = message.random_id;
  own.text = message.text;
  own.content = encode_content(message.content);

  store::Message other;
  const bool both = message.to != message.from;
  if (both) {
    other = own;
    other.owner = message.to;
    other.peer = Peer::of(message.from);
    other.flags = message.flags;
    other.random_id = 0;
    if (message.content.reply != message.reply_at_recipient) {
      auto content = message.content;
      content.reply = message.reply_at_recipient;
      other.content = encode_content(content);
    }
  }

  HG_ASSIGN(auto sent, deliver(tx, origin, message.date, std::move(own)));
  if (sent.duplicate || !both) return sent;
  other.link = sent.message.link;
  HG_TRY(deliver(tx, origin, message.date, std::move(other)));
  return sent;
}

Result<std::optional<Appended>> sent_before(store::Tx& tx, UserId from, std::int64_t random_id) {
  if (random_id == 0) return std::nullopt;
  HG_ASSIGN(auto first, tx.messages().find_by_random_id(from, random_id));
  if (!first) return std::nullopt;
  HG_ASSIGN(auto result, repeated(tx, std::move(*first)));
  return result;
}

Result<store::Message> append_incoming(store::Tx& tx, UnixSeconds now, UserId owner, UserId from,
                                       std::string text, const MessageContent& content, std::uint32_t flags) {
  store::Message message;
  message.owner = owner;
  message.peer = Peer::of(from);
  message.from = from;
  message.flags = flags;
  message.date = now;
  message.text = std::move(text);
  message.content = encode_content(content);
  HG_ASSIGN(auto appended, deliver(tx, Caller{}, now, std::move(message)));
  return std::move(appended.message);
}

Result<store::Message> send_notice(store::Tx& tx, UnixSeconds now, UserId to, std::string text,
                                   std::vector<Entity> entities) {
  MessageContent content;
  content.entities = std::move(entities);
  return append_incoming(tx, now, to, service_user, std::move(text), content);
}

Result<store::Message> append_action(store::Tx& tx, UnixSeconds now, UserId owner, UserId from, Action action,
                                     bool silent) {
  MessageContent content;
  content.action = std::move(action);
  return append_incoming(tx, now, owner, from, {}, content,
                         store::message_service | (silent ? store::message_silent : 0U));
}

}  // namespace heliograph::services
