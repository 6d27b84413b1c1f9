#include "services/chats/ttl.h"

#include <algorithm>
#include <map>

#include "services/chats/dialog.h"
#include "services/chats/send.h"
#include "services/chats/vanish.h"
#include "services/groups/admin_log.h"
#include "services/groups/notice.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::int32_t day = 86'400;
constexpr std::int32_t period_max = 366 * day;

struct DefaultTtl {
  std::int32_t period = 0;
  void fields(auto& codec) { codec(period); }
};

bool valid(std::int32_t period) {
  return period >= 0 && period <= period_max && period % day == 0;
}

// One side's dialog; it may not exist yet.
Status set_one(store::Tx& tx, const Caller& origin, UnixSeconds now, UserId owner, Peer peer,
               std::int32_t period) {
  HG_ASSIGN(auto dialog, tx.dialogs().find(owner, peer));
  if (!dialog) {
    dialog.emplace();
    dialog->owner = owner;
    dialog->peer = peer;
    dialog->top_date = now;
  }
  dialog->ttl_period = period;
  HG_TRY(tx.dialogs().put(*dialog));
  HG_TRY(append_event(tx, origin, owner, now, events::PeerHistoryTtl{peer, period}));
  return {};
}

Status set_both(store::Tx& tx, const Caller& origin, UnixSeconds now, UserId from, UserId to,
                std::int32_t period) {
  HG_TRY(set_one(tx, origin, now, from, Peer::of(to), period));
  if (from != to) HG_TRY(set_one(tx, Caller{}, now, to, Peer::of(from), period));
  return {};
}

Outgoing notice(UnixSeconds now, UserId from, UserId to, std::int32_t period) {
  Outgoing message;
  message.from = from;
  message.to = Peer::of(to);
  message.date = now;
  message.flags = store::message_service | store::message_silent;
  message.content.action.emplace();
  message.content.action->kind = ActionKind::set_messages_ttl;
  message.content.action->ttl_period = period;
  return message;
}

Result<std::int32_t> stored_default(store::Tx& tx, UserId owner) {
  HG_ASSIGN(const auto bytes, tx.settings().find(owner, store::SettingKind::default_ttl, 0));
  if (!bytes) return 0;
  HG_ASSIGN(const auto stored, decode<DefaultTtl>(*bytes));
  return stored.period;
}

// Of a group or channel: by those who may delete what others wrote.
Result<Appended> set_in_chat(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat,
                             std::int32_t period) {
  HG_ASSIGN(auto place, open_managed(tx, caller.user, chat, now));
  HG_TRY(require(place.standing(), admin_delete_messages));
  if (place.chat->ttl_period == period) return fail(Error::invalid("CHAT_NOT_MODIFIED"));
  const auto before = *place.chat;
  place.chat->ttl_period = period;
  HG_TRY(tx.chats().update(*place.chat));
  HG_TRY(log_changes(tx, caller.user, now, before, *place.chat));
  Action action;
  action.kind = ActionKind::set_messages_ttl;
  action.ttl_period = period;
  HG_ASSIGN(auto notice, append_notice(tx, caller, place, std::move(action)));
  HG_TRY(tell_changed(tx, caller, chat));
  return notice;
}

}  // namespace

Task<Result<Appended>> set_history_ttl(const Environment& environment, Caller caller, Peer peer,
                                       std::int32_t period) {
  if (!peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  if (!valid(period)) co_return fail(Error::invalid("TTL_PERIOD_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, peer, period](store::Tx& tx) -> Result<Appended> {
    if (!peer.is_user()) return set_in_chat(tx, caller, now, peer, period);
    HG_TRY(check_recipient(tx, caller.user, peer.user()));
    HG_ASSIGN(const auto dialog, tx.dialogs().find(caller.user, peer));
    if ((dialog ? dialog->ttl_period : 0) == period) return fail(Error::invalid("CHAT_NOT_MODIFIED"));
    HG_TRY(set_both(tx, caller, now, caller.user, peer.user(), period));
    return append_message(tx, caller, notice(now, caller.user, peer.user(), period));
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> set_default_ttl(const Environment& environment, Caller caller, std::int32_t period) {
  if (!valid(period)) co_return fail(Error::invalid("TTL_PERIOD_INVALID"));
  auto body = [caller, period](store::Tx& tx) -> Status {
    if (period == 0) return tx.settings().erase(caller.user, store::SettingKind::default_ttl, 0);
    return tx.settings().put(caller.user, store::SettingKind::default_ttl, 0, encode(DefaultTtl{period}));
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<std::int32_t>> default_ttl(const Environment& environment, UserId owner) {
  auto body = [owner](store::Tx& tx) { return stored_default(tx, owner); };
  co_return co_await environment.store.read(std::move(body));
}

Result<std::int32_t> begin_with_default_ttl(store::Tx& tx, UnixSeconds now, UserId from, UserId to) {
  if (from == to) return 0;
  HG_ASSIGN(const auto period, stored_default(tx, from));
  if (period == 0) return 0;
  HG_TRY(set_both(tx, Caller{}, now, from, to, period));
  HG_TRY(append_message(tx, Caller{}, notice(now, from, to, period)));
  return period;
}

Task<Result<std::size_t>> sweep_expired(const Environment& environment, std::size_t limit) {
  const auto now = environment.clock.unix_seconds();
  // Looking first keeps the writer free where nothing has expired, which is nearly always.
  auto list = [now](store::Tx& tx) { return tx.messages().expired(now, 1); };
  CO_ASSIGN(const auto any, co_await environment.store.read(std::move(list)));
  if (any.empty()) co_return std::size_t{0};
  auto body = [now, limit](store::Tx& tx) -> Result<std::size_t> {
    HG_ASSIGN(auto expired, tx.messages().expired(now, limit));
    const auto count = expired.size();
    std::map<BoxId, std::vector<store::Message>> by_owner;
    for (auto& message : expired) {
      HG_ASSIGN(const bool only_media, vanish_if_due(tx, message, now));
      if (!only_media) by_owner[message.owner].push_back(std::move(message));
    }
    for (const auto& [owner, messages] : by_owner) {
      HG_TRY(erase_from_box(tx, Caller{}, now, owner, messages));
    }
    return count;
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
