#include "services/chats/pin.h"

#include <algorithm>

#include "services/chats/dialog.h"
#include "services/chats/send.h"
#include "services/groups/admin_log.h"
#include "services/groups/notice.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::int32_t unpin_step = 100;

void set_flag(store::Message& message, bool pinned) {
  constexpr std::uint32_t flag = store::message_pinned;
  message.flags = pinned ? message.flags | flag : message.flags & ~flag;
}

Status log_pin(store::Tx& tx, const Caller& caller, UnixSeconds now, const Place& place,
               const store::Message& message) {
  if (!place.peer.is_channel()) return {};
  AdminActBody act;
  act.message_after = shot_of(message);
  return log_act(tx, place.peer, caller.user, now, AdminActKind::pin, std::move(act));
}

Result<store::Update> set_pinned(store::Tx& tx, const Caller& caller, UnixSeconds now, store::Message copy,
                                 bool pinned) {
  set_flag(copy, pinned);
  HG_TRY(tx.messages().update(copy));
  events::PinnedMessages event;
  event.peer = copy.peer;
  event.ids.push_back(copy.id);
  event.pinned = pinned;
  return append_event(tx, caller, copy.owner, now, std::move(event));
}

Status may_pin(const Place& place) {
  const auto who = place.standing();
  if (place.is_group()) return require_either(who, admin_pin_messages, banned_pin_messages);
  return require(who, admin_edit_messages);
}

Result<Pinned> pin(const Environment& environment, store::Tx& tx, const Caller& caller, UnixSeconds now,
                   const PinMessage& request) {
  HG_ASSIGN(const auto place, open_place(tx, caller.user, request.peer, now));
  HG_ASSIGN(const auto own, tx.messages().find(place.box, request.id));
  if (!own || own->peer != request.peer || (own->flags & store::message_service) != 0) {
    return fail(Error::invalid("MESSAGE_ID_INVALID"));
  }
  const bool was = (own->flags & store::message_pinned) != 0;
  bool both = !request.one_side;
  if (place.chat) {
    both = true;  // what is pinned in a group is pinned for all
    HG_TRY(may_pin(place));
  } else if (request.peer.user() == caller.user) {
    both = false;
  } else if (both) {
    HG_TRY(check_recipient(tx, caller.user, request.peer.user()));
  }

  bool changed = was != request.pinned;
  Pinned result;
  HG_ASSIGN(result.update, unchanged(tx, place.box));
  if (changed) {
    HG_ASSIGN(result.update, set_pinned(tx, caller, now, *own, request.pinned));
  }
  if (both && !place.peer.is_channel()) {
    HG_ASSIGN(const auto copies, tx.messages().copies(own->link));
    for (const auto& copy : copies) {
      if (copy.owner == place.box || ((copy.flags & store::message_pinned) != 0) == request.pinned) continue;
      HG_TRY(set_pinned(tx, caller, now, copy, request.pinned));
      changed = true;
    }
  }
  if (!changed) return fail(Error::invalid("CHAT_NOT_MODIFIED"));
  if (changed) {
    auto pinned = *own;
    set_flag(pinned, request.pinned);
    HG_TRY(log_pin(tx, caller, now, place, pinned));
  }
  const bool broadcast = place.chat && place.chat->kind == store::ChatKind::broadcast;
  if ((request.one_side && !place.chat) || !request.pinned || (request.silent && broadcast)) return result;

  Outgoing notice;
  notice.from = caller.user;
  notice.to = request.peer;
  notice.date = now;
  notice.flags = store::message_service | (request.silent ? store::message_silent : 0U);
  notice.content.action.emplace();
  notice.content.action->kind = ActionKind::pin_message;
  ReplyTo pinned_one;
  pinned_one.id = own->id;
  if (place.chat) {
    HG_ASSIGN(result.notice, append_notice(tx, caller, place, std::move(notice), pinned_one));
  } else {
    HG_ASSIGN(result.notice, send_in(environment, tx, caller, std::move(notice), pinned_one));
  }
  return result;
}

// Unpins up to one step of the box's messages; what was unpinned.
Result<std::vector<store::Message>> unpin_in(store::Tx& tx, BoxId owner, Peer peer, MessageId thread) {
  store::SearchFilter filter;
  filter.thread = thread;
  filter.flags_any = store::message_pinned;
  store::HistoryRange range;
  range.limit = unpin_step;
  HG_ASSIGN(auto page, tx.messages().search(owner, peer, filter, range));
  for (auto& message : page.messages) {
    set_flag(message, false);
    HG_TRY(tx.messages().update(message));
  }
  return std::move(page.messages);
}

// The other boxes that hold copies of the place's messages, and the dialog's name there.
Result<std::vector<std::pair<UserId, Peer>>> other_boxes(store::Tx& tx, UserId caller, const Place& place) {
  std::vector<std::pair<UserId, Peer>> others;
  if (place.peer.is_user() && place.peer.user() != caller) {
    others.emplace_back(place.peer.user(), Peer::of(caller));
  } else if (place.peer.is_chat()) {
    HG_ASSIGN(const auto members, present_members(tx, place.peer));
    for (const auto& member : members) {
      if (member.user != caller) others.emplace_back(member.user, place.peer);
    }
  }
  return others;
}

Result<store::Update> tell_unpinned(store::Tx& tx, const Caller& caller, UnixSeconds now, BoxId owner,
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
  if (!request.peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [&environment, caller, now, request](store::Tx& tx) {
    return pin(environment, tx, caller, now, request);
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<Unpinned>> unpin_all(const Environment& environment, Caller caller, Peer peer, MessageId thread) {
  if (!peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  const auto now = environment.clock.unix_seconds();
  if (!peer.is_channel()) thread = {};
  auto body = [caller, now, peer, thread](store::Tx& tx) -> Result<Unpinned> {
    HG_ASSIGN(const auto place, open_place(tx, caller.user, peer, now));
    if (place.chat) HG_TRY(may_pin(place));
    Unpinned result;
    HG_ASSIGN(const auto own, unpin_in(tx, place.box, peer, thread));
    for (const auto& message : own) HG_TRY(log_pin(tx, caller, now, place, message));
    HG_ASSIGN(result.update, tell_unpinned(tx, caller, now, place.box, peer, own));
    result.more = own.size() == unpin_step;
    HG_ASSIGN(const auto others, other_boxes(tx, caller.user, place));
    for (const auto& [owner, dialog] : others) {
      HG_ASSIGN(const auto theirs, unpin_in(tx, owner, dialog, {}));
      HG_TRY(tell_unpinned(tx, caller, now, owner, dialog, theirs));
      result.more = result.more || theirs.size() == unpin_step;
    }
    return result;
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
