#include "services/groups/notice.h"

#include "services/groups/forum.h"
#include "services/updates/events.h"

namespace heliograph::services {

Result<std::vector<store::Member>> present_members(store::Tx& tx, Peer group) {
  using store::MemberStatus;
  return tx.chats().members(
      group, {MemberStatus::creator, MemberStatus::admin, MemberStatus::member, MemberStatus::restricted}, 0,
      group_members_max);
}

Result<Appended> append_notice(store::Tx& tx, const Caller& caller, const Place& place, Outgoing notice,
                               const std::optional<ReplyTo>& reply) {
  notice.from = caller.user;
  notice.to = place.peer;
  notice.date = place.now;
  notice.flags |= store::message_service;
  if (place.chat->kind == store::ChatKind::broadcast) {
    notice.flags |= store::message_post;
  } else if (place.member && (place.member->admin_rights & admin_anonymous) != 0) {
    notice.content.shown_as = place.peer;
  }
  if (reply) {
    HG_ASSIGN(notice.reply, resolve_reply(tx, caller.user, place, *reply));
    if (place.is_forum()) notice.thread = notice.reply->thread;
  }
  if (place.is_forum() && !notice.thread) notice.thread = general_topic;
  return append_message(tx, caller, notice);
}

Result<Appended> append_notice(store::Tx& tx, const Caller& caller, const Place& place, Action action) {
  Outgoing notice;
  notice.content.action = std::move(action);
  return append_notice(tx, caller, place, std::move(notice), std::nullopt);
}

Result<std::optional<Appended>> say_of_members(store::Tx& tx, const Caller& caller, const Place& place,
                                               Action action) {
  if (place.chat->kind == store::ChatKind::broadcast) return std::nullopt;
  HG_ASSIGN(auto notice, append_notice(tx, caller, place, std::move(action)));
  return notice;
}

namespace {

void tell_group_changed(store::Tx& tx, const Caller& caller, Peer chat,
                        const std::vector<store::Member>& members) {
  for (const auto& member : members) {
    tx.updates().publish_transient(transient_event(Caller{}, member.user, events::ChatNews{chat}));
  }
  // Caches forget it even if nobody is in it any more.
  if (members.empty()) {
    tx.updates().publish_transient(transient_event(Caller{}, caller.user, events::ChatNews{chat}));
  }
}

}  // namespace

Status members_changed(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat) {
  if (chat.is_channel()) return tell_changed(tx, caller, chat);
  HG_ASSIGN(const auto members, present_members(tx, chat));
  for (const auto& member : members) {
    HG_TRY(append_event(tx, Caller{}, member.user, now, events::ChatParticipants{chat}));
  }
  tell_group_changed(tx, caller, chat, members);
  return {};
}

Status tell_changed(store::Tx& tx, const Caller& caller, Peer chat) {
  if (chat.is_channel()) {
    // No origin: the caller's own other devices hear of it in the same way, and its own may hear it twice.
    tx.updates().publish_transient(
        transient_event(Caller{}, BoxId::of(chat.channel()), events::ChatNews{chat}));
    return {};
  }
  HG_ASSIGN(const auto members, present_members(tx, chat));
  tell_group_changed(tx, caller, chat, members);
  return {};
}

Status tell_member(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat, UserId user, bool in) {
  HG_TRY(append_event(tx, caller, user, now, events::ChatChanged{chat, in}));
  return {};
}

}  // namespace heliograph::services
