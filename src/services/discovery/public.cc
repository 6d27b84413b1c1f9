#include "services/discovery/public.h"

#include <algorithm>

namespace heliograph::services {

namespace {

using store::SearchChange;

Status append(store::Tx& tx, SearchChange::Kind kind, Peer peer, std::int32_t message) {
  SearchChange change;
  change.kind = kind;
  change.peer = peer;
  change.message = message;
  return tx.search_log().append(change);
}

}  // namespace

bool is_public(const store::Chat& chat) {
  return chat.kind != store::ChatKind::basic_group && !chat.username.empty() &&
         (chat.flags & store::chat_deleted) == 0;
}

Result<bool> is_open(store::Tx& tx, const store::Chat& chat) {
  if (is_public(chat)) return true;
  if (!chat.linked || (chat.flags & store::chat_deleted) != 0) return false;
  HG_ASSIGN(const auto other, tx.chats().find(chat.linked));
  return other && is_public(*other);
}

Result<std::optional<store::Chat>> find_open_chat(store::Tx& tx, Peer peer) {
  HG_ASSIGN(auto chat, tx.chats().find(peer));
  if (!chat) return std::nullopt;
  HG_ASSIGN(const bool open, is_open(tx, *chat));
  if (!open) chat.reset();
  return chat;
}

bool is_public(const store::Account& account) {
  return account.state == store::AccountState::active && !account.username.empty();
}

bool is_listed(const store::Chat& chat) {
  return is_public(chat) && (chat.flags & (store::chat_delisted | store::chat_closed)) == 0;
}

bool is_listed(const store::Account& account) {
  return is_public(account) && !account.delisted;
}

bool is_searchable(const store::Message& message) {
  return (message.flags & (store::message_service | store::message_withheld | store::message_unsearchable)) ==
         0;
}

Result<std::optional<store::Chat>> listed_chat(store::Tx& tx, Peer peer) {
  if (!peer.is_channel()) return std::nullopt;
  HG_ASSIGN(auto chat, tx.chats().find(peer));
  if (chat && !is_listed(*chat)) chat.reset();
  return chat;
}

Status note_messages(store::Tx& tx, BoxId box, std::span<const store::Message> messages) {
  if (!box.is_channel() || std::ranges::none_of(messages, is_searchable)) return {};
  const auto peer = Peer::of(box.channel());
  HG_ASSIGN(const auto chat, listed_chat(tx, peer));
  if (!chat) return {};
  for (const auto& message : messages) {
    if (!is_searchable(message)) continue;
    HG_TRY(append(tx, SearchChange::Kind::one, peer, message.id.value));
  }
  return {};
}

Status note_chat(store::Tx& tx, const store::Chat& before, const store::Chat& after) {
  // A public channel's name is judged when it is new; what was written before it became public, then.
  const bool renamed = before.title != after.title || before.about != after.about ||
                       before.username != after.username || (before.photo != after.photo && after.photo != 0);
  if (is_public(after) && (renamed || !is_public(before))) {
    HG_TRY(tx.judge_queue().add({0, store::Unjudged::Kind::names, after.peer, {}}));
  }
  if (is_public(after) && !is_public(before)) {
    HG_TRY(tx.judge_queue().add({0, store::Unjudged::Kind::posts, after.peer, {}}));
    // What its other half holds can be read by everybody, too.
    if (after.linked) HG_TRY(tx.judge_queue().add({0, store::Unjudged::Kind::posts, after.linked, {}}));
  }
  const bool was = is_listed(before), is = is_listed(after);
  if (was != is) return append(tx, SearchChange::Kind::whole, after.peer, 0);
  constexpr std::uint32_t shown = store::chat_verified;
  const bool same = before.title == after.title && before.about == after.about &&
                    before.username == after.username && ((before.flags ^ after.flags) & shown) == 0;
  if (!is || same) return {};
  return append(tx, SearchChange::Kind::one, after.peer, 0);
}

Status note_account(store::Tx& tx, const store::Account& before, const store::Account& after) {
  const bool renamed = before.username != after.username || before.first_name != after.first_name ||
                       before.last_name != after.last_name || before.about != after.about ||
                       (before.photo != after.photo && !after.photo.empty());
  if (is_public(after) && renamed) {
    HG_TRY(tx.judge_queue().add({0, store::Unjudged::Kind::names, Peer::of(after.id), {}}));
  }
  if (!is_listed(before) && !is_listed(after)) return {};
  const bool same = is_listed(before) == is_listed(after) && before.username == after.username &&
                    before.first_name == after.first_name && before.last_name == after.last_name &&
                    before.verified == after.verified;
  if (same) return {};
  return append(tx, SearchChange::Kind::one, Peer::of(after.id), 0);
}

}  // namespace heliograph::services
