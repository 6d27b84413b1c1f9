#include "services/chats/pin.h"

#include <algorithm>

#include "services/chats/dialog.h"
#include "services/chats/send.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::int32_t unpin_step = 100;

Result<store::Update> set_pinned(store::Tx& tx, const Caller& caller, UnixSeconds now, store::Message copy,
                                 bool pinned) {
  copy.flags =
      pinned ? copy.flags | store::message_pinned : copy.flags & ~std::uint32_t{store::message_pinned};
  HG_TRY(tx.messages().update(copy));
  events::PinnedMessages event;
  event.peer = copy.peer;
  event.ids.push_back(copy.id);
  event.pinned = pinned;
  return append_event(tx, caller, copy.owner, now, std::move(event));
}

Result<Pinned> pin(store::Tx& tx, const Caller& caller, UnixSeconds now, const PinMessage& request) {
  HG_ASSIGN(const auto own, tx.messages().find(caller.user, request.id));
  if (!own || own->peer != request.peer || (own->flags & store::message_service) != 0) {
    return fail(Error::invalid("MESSAGE_ID_INVALID"));
  }
  const bool was = (own->flags & store::message_pinned) != 0;
  const bool both = !request.one_side && request.peer.user() != caller.user;
  if (both) HG_TRY(check_recipient(tx, caller.user, request.peer.user()));

  bool changed = was != request.pinned;
  Pinned result;
  HG_ASSIGN(result.update, unchanged(tx, caller.user));
  if (changed) {
    HG_ASSIGN(result.update, set_pinned(tx, caller, now, *own, request.pinned));
  }
  if (both) {
    HG_ASSIGN(const auto copies, tx.messages().copies(own->link));
    for (const auto& copy : copies) {
      if (copy.owner == caller.user || ((copy.flags & store::message_pinned) != 0) == request.pinned)
        continue;
      HG_TRY(set_pinned(tx, caller, now, copy, request.pinned));
      changed = true;
    }
  }
  if (!changed) return fail(Error::invalid("CHAT_NOT_MODIFIED"));
  if (request.one_side || !request.pinned) return result;

  PrivateMessage notice;
  notice.from = caller.user;
  notice.to = request.peer.user();
  notice.date = now;
  notice.flags = store::message_service | (request.silent ? store::message_silent : 0U);
  notice.content.action.emplace();
  notice.content.action->kind = ActionKind::pin_message;
  ReplyTo pinned_one;
  pinned_one.id = own->id;
  HG_ASSIGN(result.notice, send_in(tx, caller, std::move(notice), pinned_one));
  return result;
}

// Unpins up to one step of `owner`'s messages; what was unpinned.
Result<std::vector<store::Message>> unpin_in(store::Tx& tx, UserId owner, Peer peer) {
  store::SearchFilter filter;
  filter.flags_any = store::message_pinned;
  store::HistoryRange range;
  range.limit = unpin_step;
  HG_ASSIGN(auto page, tx.messages().search(owner, peer, filter, range));
  for (auto& message : page.messages) {
    message.flags &= ~std::uint32_t{store::message_pinned};
    HG_TRY(tx.messages().update(message));
  }
  return std::move(page.messages);
}

Result<store::Update> tell_unpinned(store::Tx& tx, const Caller& caller, UnixSeconds now, UserId owner,
                                    Peer peer, const std::vector<store::Message>& messages) {
  if (messages.empty()) return unchanged(tx, owner);
  events::PinnedMessages event;
  event.peer = peer;
  for (const auto& message : messages) event.ids.push_back(message.id);
  const auto count = static_cast<std::int32_t>(event.ids.size());
  return append_event(tx, caller, owner, now, std::move(event), count);
}

}  // namespace

Task<Result<Pinned>> pin_message(const Environment& environment, Caller caller, PinMessage request) {
  if (!request.peer.is_user() || !request.peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, request](store::Tx& tx) { return pin(tx, caller, now, request); };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<Unpinned>> unpin_all(const Environment& environment, Caller caller, Peer peer) {
  if (!peer.is_user() || !peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, peer](store::Tx& tx) -> Result<Unpinned> {
    Unpinned result;
    HG_ASSIGN(const auto own, unpin_in(tx, caller.user, peer));
    HG_ASSIGN(result.update, tell_unpinned(tx, caller, now, caller.user, peer, own));
    result.more = own.size() == unpin_step;
    if (peer.user() == caller.user) return result;
    const auto back = Peer::of(caller.user);
    HG_ASSIGN(const auto theirs, unpin_in(tx, peer.user(), back));
    HG_TRY(tell_unpinned(tx, caller, now, peer.user(), back, theirs));
    result.more = result.more || theirs.size() == unpin_step;
    return result;
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
