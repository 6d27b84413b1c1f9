#include "services/groups/migrate.h"

#include "services/accounts/password_record.h"
#include "services/groups/admin_log.h"
#include "services/groups/enter.h"
#include "services/groups/invite_links.h"
#include "services/groups/notice.h"
#include "services/groups/settings.h"

namespace heliograph::services {

namespace {

using store::Member;
using store::MemberStatus;

Status move_member(store::Tx& tx, const Caller& caller, UnixSeconds now, const store::Chat& channel,
                   const Member& member) {
  auto gone = member;
  gone.status = MemberStatus::left;  // first: one may be in so many chats and no more
  gone.admin_rights = 0;
  gone.rank.clear();
  HG_TRY(tx.chats().put_member(gone));
  Entry entry;
  entry.user = member.user;
  entry.status = member.status == MemberStatus::creator ? MemberStatus::creator : MemberStatus::member;
  entry.inviter = member.inviter;
  HG_TRY(enter(tx, caller, now, channel, entry));
  if (member.status == MemberStatus::member) return {};
  HG_ASSIGN(auto moved, tx.chats().find_member(channel.peer, member.user));
  moved->status = member.status;
  moved->admin_rights = member.admin_rights;
  moved->rank = member.rank;
  moved->by = member.by;
  return tx.chats().put_member(*moved);
}

Result<Migrated> migrate_in(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer group) {
  HG_ASSIGN(auto place, open_managed(tx, caller.user, group, now));
  if (!place.standing().is_creator()) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
  HG_ASSIGN(const auto members, present_members(tx, group));

  store::Chat channel = *place.chat;
  channel.peer = Peer{PeerKind::channel, 0};
  channel.kind = store::ChatKind::supergroup;
  channel.created_at = now;
  channel.migrated = group;
  HG_ASSIGN(channel.peer, tx.chats().insert(channel));
  Migrated migrated;
  migrated.channel = channel.peer;

  Action action;
  action.kind = ActionKind::chat_migrate_to;
  action.peer = channel.peer;
  HG_ASSIGN(migrated.moved_to, append_notice(tx, caller, place, action));
  channel.migrated_max_id = migrated.moved_to.message.id;
  HG_TRY(tx.chats().update(channel));
  if (channel.photo != 0) HG_TRY(tx.media().put_profile_photo({channel.peer, channel.photo}));

  for (const auto& member : members) HG_TRY(move_member(tx, caller, now, channel, member));
  // Whoever was taken out of the group does not come back by the links that go along.
  HG_ASSIGN(const auto banned, tx.chats().members(group, {MemberStatus::banned}, 0, group_members_max));
  for (auto member : banned) {
    member.chat = channel.peer;
    member.banned = banned_view_messages;
    HG_TRY(tx.chats().put_member(member));
  }
  HG_TRY(tx.invites().move(group, channel.peer));
  HG_ASSIGN(place.chat, tx.chats().find(group));
  place.chat->flags |= store::chat_deleted;
  place.chat->migrated = channel.peer;
  HG_TRY(tx.chats().update(*place.chat));

  HG_ASSIGN(const auto there, open_chat(tx, caller.user, channel.peer, now));
  action.kind = ActionKind::channel_migrate_from;
  action.peer = group;
  action.text = channel.title;
  HG_ASSIGN(migrated.moved_from, append_notice(tx, caller, there, action));
  for (const auto& member : members) {
    HG_TRY(tell_member(tx, caller, now, group, member.user, false));
  }
  return migrated;
}

// As long as something was done too short a while ago.
Status old_enough(UnixSeconds since, UnixSeconds wanted, UnixSeconds now, std::string_view code) {
  const auto left = since + wanted - now;
  if (left <= 0) return {};
  auto error = Error::invalid(code, "Come back later: this protects the channel from thieves.");
  error.wait_seconds = static_cast<std::int32_t>(left);
  return fail(std::move(error));
}

struct Handover {
  Place place;
  Member heir;
};

Result<Handover> check_handover(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat,
                                UserId user) {
  HG_ASSIGN(auto place, open_managed(tx, caller.user, chat, now));
  if (!place.standing().is_creator()) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
  if (user == caller.user) return fail(Error::invalid("USER_ID_INVALID"));
  HG_ASSIGN(const auto heir, tx.accounts().find(user));
  if (!heir || heir->state == store::AccountState::deleted || heir->bot) {
    return fail(Error::invalid("USER_ID_INVALID"));
  }
  HG_ASSIGN(auto member, tx.chats().find_member(chat, user));
  if (!member || !store::is_in(member->status)) return fail(Error::invalid("PARTICIPANT_MISSING"));
  if (!place.chat->username.empty()) {
    HG_ASSIGN(const auto open, tx.chats().administered(user, public_chats_max + 1));
    std::size_t owned = 0;
    for (const auto one : open) {
      HG_ASSIGN(const auto other, tx.chats().find(one));
      if (other && other->creator == user) ++owned;
    }
    if (owned >= public_chats_max) return fail(Error::invalid("CHANNELS_ADMIN_PUBLIC_TOO_MUCH"));
  }
  HG_ASSIGN(const auto account, tx.accounts().find(caller.user));
  HG_ASSIGN(const auto password, password_of(*account));
  if (!password.verifier) return fail(Error::invalid("PASSWORD_MISSING", "Set a password first."));
  HG_TRY(old_enough(password.changed_at, fresh_password, now, "PASSWORD_TOO_FRESH"));
  HG_ASSIGN(const auto key, tx.auth_keys().find(caller.key));
  if (key) HG_TRY(old_enough(key->signed_in_at, fresh_session, now, "SESSION_TOO_FRESH"));
  return Handover{std::move(place), std::move(*member)};
}

Status hand_over(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat, UserId user) {
  HG_ASSIGN(auto handover, check_handover(tx, caller, now, chat, user));
  auto& [place, heir] = handover;
  const auto before = *place.member;
  const auto heir_before = heir;
  auto former = before;
  former.status = MemberStatus::admin;
  former.admin_rights = admin_everything;
  former.by = user;
  former.date = now;
  heir.status = MemberStatus::creator;
  heir.admin_rights = admin_everything;
  heir.banned = 0;
  heir.until = 0;
  heir.date = now;
  HG_TRY(tx.chats().put_member(former));
  HG_TRY(tx.chats().put_member(heir));
  place.chat->creator = user;
  HG_TRY(tx.chats().update(*place.chat));
  HG_TRY(log_standing(tx, caller.user, now, AdminActKind::promote, heir_before, heir));
  HG_TRY(log_standing(tx, caller.user, now, AdminActKind::demote, before, former));
  HG_TRY(tell_member(tx, caller, now, chat, caller.user, true));
  HG_TRY(tell_member(tx, caller, now, chat, user, true));
  return members_changed(tx, caller, now, chat);
}

}  // namespace

Task<Result<Migrated>> migrate_group(const Environment& environment, Caller caller, Peer group) {
  if (!group.is_chat()) co_return fail(Error::invalid("CHAT_ID_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) { return migrate_in(tx, caller, now, group); };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> edit_creator(const Environment& environment, Passwords& passwords, Caller caller, Peer chat,
                          UserId user, PasswordProof proof) {
  const auto now = environment.clock.unix_seconds();
  // Clients ask without a password first, to learn what is in the way.
  auto look = [=](store::Tx& tx) -> Status {
    HG_TRY(check_handover(tx, caller, now, chat, user));
    return {};
  };
  CO_TRY(co_await environment.store.read(std::move(look)));
  CO_TRY(co_await passwords.prove(caller, std::move(proof)));
  auto body = [=](store::Tx& tx) { return hand_over(tx, caller, now, chat, user); };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
