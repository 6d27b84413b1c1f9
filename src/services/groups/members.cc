#include "services/groups/members.h"

#include <algorithm>

#include "services/accounts/names.h"
#include "services/chats/dialog.h"
#include "services/groups/admin_log.h"
#include "services/groups/enter.h"
#include "services/groups/invites.h"
#include "services/groups/notice.h"
#include "services/moderation/judge.h"
#include "services/people/privacy.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

using store::ChatKind;
using store::Member;
using store::MemberStatus;

constexpr std::size_t admins_max = 50;
constexpr UnixSeconds shortest_restriction = 30;
constexpr UnixSeconds longest_restriction = 366 * 86'400;

Action action_about(ActionKind kind, UserId user) {
  Action action;
  action.kind = kind;
  action.users.push_back(user);
  return action;
}

Result<MembershipChange> join_in(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer channel) {
  HG_ASSIGN(auto place, open_chat(tx, caller.user, channel, now));
  if (!channel.is_channel()) return fail(Error::invalid("CHANNEL_INVALID"));
  if ((place.chat->flags & store::chat_join_request) != 0 && !place.standing().is_in()) {
    HG_TRY(request_to_join(tx, caller, now, *place.chat, 0));
    MembershipChange asked;
    asked.asked = true;
    return asked;
  }
  Entry entry;
  entry.user = caller.user;
  HG_TRY(enter(tx, caller, now, *place.chat, entry));
  HG_ASSIGN(place, open_chat(tx, caller.user, channel, now));
  MembershipChange change;
  HG_ASSIGN(change.notice,
            say_of_members(tx, caller, place, action_about(ActionKind::chat_add_user, caller.user)));
  HG_TRY(log_act(tx, channel, caller.user, now, AdminActKind::join, {}));
  HG_TRY(members_changed(tx, caller, now, place.peer));
  return change;
}

Result<MembershipChange> leave_in(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat) {
  HG_ASSIGN(const auto place, open_to_leave(tx, caller.user, chat, now));
  if (!place.standing().is_in()) return fail(Error::invalid("USER_NOT_PARTICIPANT"));
  if (chat.is_channel() && place.standing().is_creator()) return fail(Error::invalid("USER_CREATOR"));
  MembershipChange change;
  HG_ASSIGN(change.notice,
            say_of_members(tx, caller, place, action_about(ActionKind::chat_delete_user, caller.user)));
  auto member = *place.member;
  member.status =
      member.status == MemberStatus::restricted ? MemberStatus::restricted_left : MemberStatus::left;
  HG_TRY(go_out(tx, caller, now, std::move(member)));
  HG_TRY(log_act(tx, chat, caller.user, now, AdminActKind::leave, {}));
  HG_TRY(members_changed(tx, caller, now, place.peer));
  return change;
}

// A basic group's newest messages for one who has just come.
Status copy_history(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer group, UserId user,
                    std::int32_t count) {
  store::HistoryRange range;
  range.limit = std::clamp(count, 0, 100);
  if (range.limit == 0) return {};
  HG_ASSIGN(auto page, tx.messages().history(caller.user, group, range));
  std::ranges::reverse(page.messages);
  for (auto& message : page.messages) {
    if ((message.flags & store::message_service) != 0) continue;
    HG_ASSIGN(const auto copies, tx.messages().copies(message.link));
    if (std::ranges::find(copies, BoxId(user), &store::Message::owner) != copies.end()) continue;
    HG_ASSIGN(auto content, decode_content(message));
    content.reply.reset();
    message.content = encode_content(content);
    message.owner = user;
    message.id = {};
    message.random_id = 0;
    message.flags &=
        ~std::uint32_t{store::message_out | store::message_mentioned | store::message_media_unread};
    if (message.from == user) message.flags |= store::message_out;
    HG_ASSIGN(auto appended, tx.messages().append(std::move(message)));
    HG_TRY(tx.dialogs().bump(user, group, appended.message.id, appended.message.date,
                             appended.message.from == user));
    HG_TRY(append_message_event(tx, Caller{}, now, store::UpdateKind::new_message, appended.message));
  }
  return {};
}

Result<MembershipChange> add_in(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat,
                                const std::vector<UserId>& users, std::int32_t forward_last) {
  HG_ASSIGN(const auto place, open_managed(tx, caller.user, chat, now));
  const auto who = place.standing();
  if (place.chat->kind == ChatKind::broadcast) {
    HG_TRY(require(who, admin_invite_users));
  } else {
    HG_TRY(require_either(who, admin_invite_users, banned_invite_users));
  }
  MembershipChange change;
  std::vector<UserId> added;
  for (const auto user : users) {
    HG_ASSIGN(const auto account, tx.accounts().find(user));
    if (!account || account->state == store::AccountState::deleted) {
      if (users.size() == 1) return fail(Error::invalid("INPUT_USER_DEACTIVATED"));
      continue;
    }
    if (account->bot) {
      if (users.size() == 1) return fail(Error::invalid("BOT_GROUPS_BLOCKED", "This bot joins no groups."));
      continue;
    }
    HG_ASSIGN(const auto before, tx.chats().find_member(chat, user));
    if (before && store::is_in(before->status)) {
      if (users.size() == 1) return fail(Error::invalid("USER_ALREADY_PARTICIPANT"));
      continue;
    }
    if (before && before->status == MemberStatus::banned) {
      // Whoever may ban may bring back.
      if (!who.has(admin_ban_users)) {
        if (users.size() == 1) return fail(Error::invalid("USER_KICKED"));
        continue;
      }
      HG_TRY(tx.chats().erase_member(chat, user));
    }
    HG_ASSIGN(const bool blocks, tx.contacts().is_blocked(user, caller.user));
    HG_ASSIGN(const bool allowed, allows(tx, PrivacyKey::chat_invite, user, caller.user));
    if (blocks || !allowed) {
      change.missing.push_back({user});
      continue;
    }
    Entry entry;
    entry.user = user;
    entry.inviter = caller.user;
    HG_TRY(enter(tx, caller, now, *place.chat, entry));
    added.push_back(user);
    HG_ASSIGN(const auto newcomer, tx.chats().find_member(chat, user));
    HG_TRY(log_standing(tx, caller.user, now, AdminActKind::invite, before, *newcomer));
    if (chat.is_chat()) HG_TRY(copy_history(tx, caller, now, chat, user, forward_last));
  }
  if (added.empty()) return change;
  Action action;
  action.kind = ActionKind::chat_add_user;
  action.users = added;
  HG_ASSIGN(change.notice, say_of_members(tx, caller, place, std::move(action)));
  HG_TRY(members_changed(tx, caller, now, place.peer));
  return change;
}

Result<MembershipChange> remove_in(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer group,
                                   UserId user) {
  HG_ASSIGN(const auto place, open_managed(tx, caller.user, group, now));
  HG_ASSIGN(auto member, tx.chats().find_member(group, user));
  if (!member || !store::is_in(member->status)) return fail(Error::invalid("USER_NOT_PARTICIPANT"));
  // In a basic group whoever added somebody may take them out again.
  if (member->inviter != caller.user || !place.standing().is_in()) {
    HG_TRY(require(place.standing(), admin_ban_users));
  }
  HG_TRY(may_rule(place.standing(), member));
  MembershipChange change;
  HG_ASSIGN(change.notice,
            say_of_members(tx, caller, place, action_about(ActionKind::chat_delete_user, user)));
  member->status = MemberStatus::banned;
  member->by = caller.user;
  HG_TRY(go_out(tx, caller, now, std::move(*member)));
  HG_TRY(members_changed(tx, caller, now, place.peer));
  return change;
}

Result<MembershipChange> restrict_in(store::Tx& tx, const Caller& caller, UnixSeconds now,
                                     const Restriction& restriction) {
  HG_ASSIGN(const auto place, open_chat(tx, caller.user, restriction.channel, now));
  if (!restriction.channel.is_channel()) return fail(Error::invalid("CHANNEL_INVALID"));
  HG_TRY(require(place.standing(), admin_ban_users));
  if (restriction.user == caller.user) return fail(Error::invalid("USER_ADMIN_INVALID"));
  HG_ASSIGN(const auto account, tx.accounts().find(restriction.user));
  if (!account) return fail(Error::invalid("PARTICIPANT_ID_INVALID"));
  HG_ASSIGN(auto found, tx.chats().find_member(restriction.channel, restriction.user));
  HG_TRY(may_rule(place.standing(), found));

  Member member;
  if (found) member = *found;
  member.chat = restriction.channel;
  member.user = restriction.user;
  const bool was_in = found && store::is_in(found->status);
  const bool ban = (restriction.banned & banned_view_messages) != 0;
  member.banned = restriction.banned & banned_all_bits;
  member.until = restriction.until;
  if (member.until != 0 &&
      (member.until < now + shortest_restriction || member.until > now + longest_restriction)) {
    member.until = 0;
  }
  member.by = caller.user;
  member.date = now;
  member.admin_rights = 0;
  member.rank.clear();

  const bool was_banned = found && (found->banned & banned_view_messages) != 0;
  const auto log = [&](AdminActKind kind, store::MemberStatus status) {
    auto after = member;
    after.status = status;
    return log_standing(tx, caller.user, now, kind, found, after);
  };
  MembershipChange change;
  if (ban) {
    HG_TRY(log(AdminActKind::kick, MemberStatus::banned));
    HG_TRY(tx.invites().erase_request(member.chat, member.user));
    member.status = MemberStatus::banned;
    if (was_in) {
      HG_ASSIGN(change.notice, say_of_members(tx, caller, place,
                                              action_about(ActionKind::chat_delete_user, restriction.user)));
      HG_TRY(go_out(tx, caller, now, std::move(member)));
    } else {
      HG_TRY(tx.chats().put_member(member));
    }
  } else if (member.banned == 0) {
    member.until = 0;
    HG_TRY(log(was_banned ? AdminActKind::unkick : AdminActKind::unban,
               was_in ? MemberStatus::member : MemberStatus::left));
    if (was_in) {
      member.status = MemberStatus::member;
      HG_TRY(tx.chats().put_member(member));
    } else if (found) {
      HG_TRY(tx.chats().erase_member(member.chat, member.user));
    }
    HG_TRY(tell_member(tx, caller, now, restriction.channel, restriction.user, was_in));
  } else {
    if (place.chat->kind == ChatKind::broadcast) return fail(Error::invalid("CHAT_INVALID"));
    member.status = was_in ? MemberStatus::restricted : MemberStatus::restricted_left;
    HG_TRY(tx.chats().put_member(member));
    HG_TRY(log(AdminActKind::ban, member.status));
    HG_TRY(tell_member(tx, caller, now, restriction.channel, restriction.user, was_in));
  }
  HG_TRY(members_changed(tx, caller, now, place.peer));
  return change;
}

Result<MembershipChange> promote_in(store::Tx& tx, const Caller& caller, UnixSeconds now,
                                    const Promotion& promotion) {
  HG_ASSIGN(const auto place, open_managed(tx, caller.user, promotion.chat, now));
  const auto who = place.standing();
  const bool self = promotion.user == caller.user;
  HG_ASSIGN(auto found, tx.chats().find_member(promotion.chat, promotion.user));
  if (self && who.is_creator()) {
    // A creator chooses a title, and whether to be shown as the group.
    auto member = *place.member;
    member.rank = promotion.rank;
    member.admin_rights = admin_everything | (promotion.rights & admin_anonymous);
    HG_TRY(tx.chats().put_member(member));
    HG_TRY(tell_member(tx, caller, now, promotion.chat, promotion.user, true));
    HG_TRY(members_changed(tx, caller, now, place.peer));
    return MembershipChange{};
  }
  HG_TRY(require(who, admin_add_admins));
  HG_TRY(may_rule(who, found));
  for (std::uint32_t right = 1; right != 0 && right <= promotion.rights; right <<= 1) {
    if ((promotion.rights & right) != 0 && right != admin_other && !who.is_creator() &&
        !who.has(static_cast<AdminRight>(right))) {
      return fail(Error::forbidden("RIGHT_FORBIDDEN", "You can give only what you have."));
    }
  }
  const bool is_in = found && store::is_in(found->status);
  if (!is_in) {
    if (promotion.rights == 0) return fail(Error::invalid("USER_NOT_PARTICIPANT"));
    if (found && found->status == MemberStatus::banned && !who.has(admin_ban_users)) {
      return fail(Error::invalid("USER_KICKED"));
    }
    if (promotion.chat.is_chat()) return fail(Error::invalid("USER_NOT_PARTICIPANT"));
    HG_ASSIGN(const auto account, tx.accounts().find(promotion.user));
    if (account && account->bot) {
      return fail(Error::invalid("BOT_GROUPS_BLOCKED", "This bot joins no groups."));
    }
    HG_ASSIGN(const bool allowed, allows(tx, PrivacyKey::chat_invite, promotion.user, caller.user));
    if (!allowed) return fail(Error::forbidden("USER_PRIVACY_RESTRICTED"));
    if (found) HG_TRY(tx.chats().erase_member(promotion.chat, promotion.user));
    Entry entry;
    entry.user = promotion.user;
    entry.inviter = caller.user;
    HG_TRY(enter(tx, caller, now, *place.chat, entry));
    HG_ASSIGN(found, tx.chats().find_member(promotion.chat, promotion.user));
  }
  auto member = *found;
  if (promotion.rights == 0) {
    member.status = MemberStatus::member;
    member.admin_rights = 0;
    member.rank.clear();
  } else {
    if (member.status != MemberStatus::admin && static_cast<std::size_t>(place.chat->admins) >= admins_max) {
      return fail(Error::invalid("ADMINS_TOO_MUCH"));
    }
    member.status = MemberStatus::admin;
    member.admin_rights = promotion.rights & (admin_everything | admin_anonymous);
    member.rank = promotion.rank;
    member.banned = 0;
    member.until = 0;
  }
  member.by = caller.user;
  member.date = now;
  HG_TRY(tx.chats().put_member(member));
  HG_TRY(log_standing(tx, caller.user, now,
                      promotion.rights == 0 ? AdminActKind::demote : AdminActKind::promote, found, member));
  HG_TRY(tell_member(tx, caller, now, promotion.chat, promotion.user, true));
  HG_TRY(members_changed(tx, caller, now, place.peer));
  return MembershipChange{};
}

}  // namespace

Task<Result<MembershipChange>> join(const Environment& environment, Caller caller, Peer channel) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=, &environment](store::Tx& tx) -> Result<MembershipChange> {
    HG_ASSIGN(auto change, join_in(tx, caller, now, channel));
    if (!change.asked) HG_TRY(note_joined(environment, tx, channel, caller.user, now));
    return change;
  };
  CO_ASSIGN(auto change, co_await environment.store.write(std::move(body)));
  if (change.asked) co_return fail(Error::invalid("INVITE_REQUEST_SENT", "An administrator decides."));
  co_return change;
}

Task<Result<MembershipChange>> leave(const Environment& environment, Caller caller, Peer chat) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) { return leave_in(tx, caller, now, chat); };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<MembershipChange>> add_members(const Environment& environment, Caller caller, Peer chat,
                                           std::vector<UserId> users, std::int32_t forward_last) {
  if (users.empty()) co_return fail(Error::invalid("USERS_TOO_FEW"));
  if (users.size() > group_members_max) co_return fail(Error::invalid("USERS_TOO_MUCH"));
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) { return add_in(tx, caller, now, chat, users, forward_last); };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<MembershipChange>> remove_member(const Environment& environment, Caller caller, Peer group,
                                             UserId user) {
  if (!group.is_chat()) co_return fail(Error::invalid("CHAT_ID_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) { return remove_in(tx, caller, now, group, user); };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<MembershipChange>> restrict_member(const Environment& environment, Caller caller,
                                               Restriction restriction) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) { return restrict_in(tx, caller, now, restriction); };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<MembershipChange>> promote(const Environment& environment, Caller caller, Promotion promotion) {
  auto rank = clean_name(promotion.rank, rank_length_max + 1);
  if (!rank || rank->size() > rank_length_max * 4) co_return fail(Error::invalid("ADMIN_RANK_INVALID"));
  promotion.rank = std::move(*rank);
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) { return promote_in(tx, caller, now, promotion); };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
