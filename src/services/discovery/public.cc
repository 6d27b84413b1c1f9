#include "services/discovery/public.h"

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

Result<bool> public_box(store::Tx& tx, BoxId box) {
  if (!box.is_channel()) return false;
  HG_ASSIGN(const auto chat, tx.chats().find(Peer::of(box.channel())));
  return chat && is_public(*chat);
}

}  // namespace

bool is_public(const store::Chat& chat) {
  return chat.kind != store::ChatKind::basic_group && !chat.username.empty() &&
         (chat.flags & store::chat_deleted) == 0;
}

bool is_public(const store::Account& account) {
  return account.state == store::AccountState::active && !account.username.empty();
}

bool is_searchable(const store::Message& message) {
  return (message.flags & store::message_service) == 0;
}

Status note_messages(store::Tx& tx, BoxId box, const std::vector<store::Message>& messages) {
  if (messages.empty()) return {};
  HG_ASSIGN(const bool open, public_box(tx, box));
  if (!open) return {};
  for (const auto& message : messages) {
    if (!is_searchable(message)) continue;
    HG_TRY(append(tx, SearchChange::Kind::one, Peer::of(box.channel()), message.id.value));
  }
  return {};
}

Status note_message(store::Tx& tx, const store::Message& message) {
  if (!message.owner.is_channel() || !is_searchable(message)) return {};
  HG_ASSIGN(const bool open, public_box(tx, message.owner));
  if (!open) return {};
  return append(tx, SearchChange::Kind::one, Peer::of(message.owner.channel()), message.id.value);
}

Status note_chat(store::Tx& tx, const store::Chat& before, const store::Chat& after) {
  const bool was = is_public(before), is = is_public(after);
  if (was != is) return append(tx, SearchChange::Kind::whole, after.peer, 0);
  constexpr std::uint32_t shown = store::chat_verified;
  const bool same = before.title == after.title && before.about == after.about &&
                    before.username == after.username && ((before.flags ^ after.flags) & shown) == 0;
  if (!is || same) return {};
  return append(tx, SearchChange::Kind::one, after.peer, 0);
}

Status note_account(store::Tx& tx, const store::Account& before, const store::Account& after) {
  if (!is_public(before) && !is_public(after)) return {};
  const bool same = is_public(before) == is_public(after) && before.username == after.username &&
                    before.first_name == after.first_name && before.last_name == after.last_name;
  if (same) return {};
  return append(tx, SearchChange::Kind::one, Peer::of(after.id), 0);
}

}  // namespace heliograph::services
