#include "services/chats/append.h"

#include <algorithm>

#include "services/chats/comments.h"
#include "services/chats/dialog.h"
#include "services/chats/poll_view.h"
#include "services/chats/thread_counts.h"
#include "services/discovery/public.h"
#include "services/groups/notice.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

// The first message with a random_id, for whoever sends it again.
Result<Appended> repeated(store::Tx& tx, store::Message first) {
  Appended result;
  result.duplicate = true;
  HG_ASSIGN(const auto state, tx.updates().state(first.owner));
  result.update.box = first.owner;
  result.update.kind = store::UpdateKind::new_message;
  result.update.pts = state.pts;
  result.update.date = first.date;
  result.update.message_id = first.id;
  result.message = std::move(first);
  return result;
}

// Puts one copy into its box: row, dialog, log. A channel has no dialog: its members have.
Result<Appended> deliver(store::Tx& tx, const Caller& origin, UnixSeconds now, store::Message message) {
  const bool outgoing = (message.flags & store::message_out) != 0;
  HG_ASSIGN(auto appended, tx.messages().append(std::move(message)));
  if (appended.duplicate) return repeated(tx, std::move(appended.message));
  Appended result;
  result.message = std::move(appended.message);
  const auto& m = result.message;
  HG_TRY(note_message(tx, m));
  if (!m.owner.is_channel()) {
    HG_ASSIGN(auto dialog, tx.dialogs().bump(m.owner.user(), m.peer, m.id, m.date, outgoing));
    if (!outgoing) HG_TRY(return_from_archive(tx, now, dialog));
  }
  HG_ASSIGN(result.update, append_message_event(tx, origin, now, store::UpdateKind::new_message, m));
  return result;
}

// The message as it stands in one box.
store::Message copy_for(const Outgoing& message, BoxId box, Peer peer) {
  store::Message copy;
  copy.owner = box;
  copy.peer = peer;
  copy.from = message.from;
  copy.flags = message.flags;
  if (message.content.shown_as && peer.is_channel() && (message.flags & store::message_post) == 0) {
    copy.flags |= store::message_shown_as;
  }
  copy.date = message.date;
  copy.expires_at = message.ttl_period > 0 ? message.date + message.ttl_period : 0;
  copy.kind = message.kind;
  copy.thread = message.thread;
  copy.subthread = message.subthread;
  copy.album = message.album;
  copy.text = message.text;
  if (!box.is_channel() && peer == Peer::of(box.user())) {
    copy.saved_peer = saved_peer_of(message.content, peer);
  }
  if (!message.reply) {
    copy.content = encode_content(message.content);
    return copy;
  }
  auto content = message.content;
  content.reply = box == BoxId(message.from) ? message.reply->header : message.reply->in(box);
  copy.content = encode_content(content);
  return copy;
}

Result<Appended> append_private(store::Tx& tx, const Caller& origin, const Outgoing& message) {
  auto own = copy_for(message, message.from, message.to);
  own.flags |= store::message_out;
  own.random_id = message.random_id;
  HG_ASSIGN(auto sent, deliver(tx, origin, message.date, std::move(own)));
  const auto to = message.to.user();
  if (sent.duplicate || to == message.from) return sent;
  auto other = copy_for(message, to, Peer::of(message.from));
  other.link = sent.message.link;
  HG_TRY(deliver(tx, origin, message.date, std::move(other)));
  return sent;
}

Result<Appended> append_to_group(store::Tx& tx, const Caller& origin, const Outgoing& message) {
  auto own = copy_for(message, message.from, message.to);
  own.flags |= store::message_out;
  own.random_id = message.random_id;
  HG_ASSIGN(auto sent, deliver(tx, origin, message.date, std::move(own)));
  if (sent.duplicate) return sent;
  HG_ASSIGN(const auto members, present_members(tx, message.to));
  for (const auto& member : members) {
    if (member.user == message.from) continue;
    auto copy = copy_for(message, member.user, message.to);
    copy.link = sent.message.link;
    const bool mentioned = std::ranges::find(message.mentioned, member.user) != message.mentioned.end();
    if (mentioned) copy.flags |= store::message_mentioned | store::message_media_unread;
    HG_ASSIGN(const auto theirs, deliver(tx, origin, message.date, std::move(copy)));
    if (!mentioned) continue;
    HG_TRY(tx.attention().ask(member.user, message.to, store::AttentionKind::mention, theirs.message.id));
  }
  return sent;
}

Result<Appended> append_to_channel(store::Tx& tx, const Caller& origin, const Outgoing& message) {
  auto copy = copy_for(message, BoxId::of(message.to.channel()), message.to);
  copy.random_id = message.random_id;
  // Whom it mentions is in a table of its own: everybody reads the same message.
  if (!message.mentioned.empty()) copy.flags |= store::message_mentioned;
  const bool discussed = message.content.discussion && (message.flags & store::message_service) == 0;
  if (discussed) copy.flags |= store::message_thread;
  HG_ASSIGN(auto sent, deliver(tx, origin, message.date, std::move(copy)));
  if (sent.duplicate) return sent;
  HG_TRY(count_in_thread(tx, sent.message));
  if (discussed) {
    // The answer to the author speaks of the post alone: all their devices hear of the copy.
    HG_ASSIGN(auto for_group, copy_for_discussion(tx, sent.message));
    if (for_group) HG_TRY(deliver(tx, Caller{}, message.date, std::move(*for_group)));
  }
  for (const auto user : message.mentioned) {
    HG_TRY(tx.attention().ask(user, message.to, store::AttentionKind::mention, sent.message.id));
  }
  return sent;
}

Result<Appended> append_where_it_goes(store::Tx& tx, const Caller& origin, const Outgoing& message) {
  switch (message.to.kind) {
    case PeerKind::user:
      return append_private(tx, origin, message);
    case PeerKind::chat:
      return append_to_group(tx, origin, message);
    case PeerKind::channel:
      return append_to_channel(tx, origin, message);
  }
  return fail(Error::invalid("PEER_ID_INVALID"));
}

}  // namespace

Result<Appended> append_message(store::Tx& tx, const Caller& origin, const Outgoing& message) {
  HG_TRY(touch_media(tx, message.content.media, message.date));
  HG_ASSIGN(auto appended, append_where_it_goes(tx, origin, message));
  if (!appended.duplicate) HG_TRY(open_poll(tx, appended.message));
  return appended;
}

Result<std::optional<Appended>> sent_before(store::Tx& tx, UserId from, Peer to, std::int64_t random_id) {
  if (random_id == 0) return std::nullopt;
  const auto box = to.is_channel() ? BoxId::of(to.channel()) : BoxId(from);
  HG_ASSIGN(auto first, tx.messages().find_by_random_id(box, from, random_id));
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
                                   std::vector<Entity> entities, std::optional<ReplyMarkup> buttons) {
  MessageContent content;
  content.entities = std::move(entities);
  content.markup = std::move(buttons);
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
