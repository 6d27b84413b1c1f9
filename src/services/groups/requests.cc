// Coming in through a link, and waiting to be let in.
#include <algorithm>

#include "services/groups/admin_log.h"
#include "services/groups/barred.h"
#include "services/groups/enter.h"
#include "services/groups/invite_links.h"
#include "services/groups/invites.h"
#include "services/groups/notice.h"
#include "services/moderation/judge.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

using store::Importer;
using store::Invite;
using store::MemberStatus;

constexpr std::size_t recent_requesters = 5;
constexpr std::size_t admins_told = 50;  // there are no more

// A link that lets in, the chat behind it, and what the caller is there.
struct Door {
  Invite invite;
  store::Chat chat;
  std::optional<store::Member> member;
};

Result<Door> open_door(store::Tx& tx, const Caller& caller, UnixSeconds now, const std::string& hash) {
  HG_ASSIGN(auto invite, tx.invites().find(hash));
  const auto expired = [] { return fail(Error::invalid("INVITE_HASH_EXPIRED", "This link is of no use.")); };
  if (!invite || (invite->flags & store::invite_revoked) != 0) return expired();
  if (invite->expires_at != 0 && invite->expires_at <= now) return expired();
  HG_ASSIGN(auto chat, tx.chats().find(invite->chat));
  if (!chat || (chat->flags & store::chat_deleted) != 0) return expired();
  HG_ASSIGN(const auto restriction, restriction_for(tx, *chat, caller.user));
  if (!restriction.empty()) return expired();
  HG_ASSIGN(auto member, tx.chats().find_member(chat->peer, caller.user));
  const Standing standing{*chat, member, now};
  if (standing.is_banned()) return expired();
  if (!standing.is_in() && invite->usage_limit != 0 && invite->usage >= invite->usage_limit) return expired();
  return Door{std::move(*invite), std::move(*chat), std::move(member)};
}

// Everybody who may let people in hears how many wait.
Status tell_deciders(store::Tx& tx, Peer chat) {
  HG_ASSIGN(const auto pending, pending_requests(tx, chat));
  HG_ASSIGN(const auto admins,
            tx.chats().members(chat, {MemberStatus::creator, MemberStatus::admin}, 0, admins_told));
  for (const auto& admin : admins) {
    if ((admin.admin_rights & admin_invite_users) == 0) continue;
    events::PendingJoinRequests event{chat, pending.count, pending.recent};
    tx.updates().publish_transient(transient_event(Caller{}, admin.user, std::move(event)));
  }
  return {};
}

// The outcome of import_in(): what a transaction that must be kept says beside an error.
struct Imported {
  Joined joined;
  bool asked = false;
};

Result<Imported> import_in(store::Tx& tx, const Caller& caller, UnixSeconds now, const std::string& hash) {
  HG_ASSIGN(auto door, open_door(tx, caller, now, hash));
  if (door.member && store::is_in(door.member->status)) {
    return fail(Error::invalid("USER_ALREADY_PARTICIPANT"));
  }
  Imported imported;
  imported.joined.chat = door.chat.peer;
  if ((door.invite.flags & store::invite_request) != 0) {
    HG_TRY(request_to_join(tx, caller, now, door.chat, door.invite.id));
    imported.asked = true;
    return imported;
  }
  Entry entry;
  entry.user = caller.user;
  entry.link = door.invite.id;
  HG_TRY(enter(tx, caller, now, door.chat, entry));
  ++door.invite.usage;
  HG_TRY(tx.invites().update(door.invite));
  HG_TRY(tx.invites().put_importer({door.chat.peer, caller.user, door.invite.id, now, false, {}}));
  HG_ASSIGN(const auto place, open_chat(tx, caller.user, door.chat.peer, now));
  Action action;
  action.kind = ActionKind::chat_joined_by_link;
  action.users.push_back(door.invite.admin);
  HG_ASSIGN(imported.joined.change.notice, say_of_members(tx, caller, place, std::move(action)));
  AdminActBody act;
  act.invite_after = shot_of(door.invite);
  HG_TRY(log_act(tx, door.chat.peer, caller.user, now, AdminActKind::join_by_invite, std::move(act)));
  HG_TRY(members_changed(tx, caller, now, door.chat.peer));
  return imported;
}

// Lets in one who waits.
Status let_in(store::Tx& tx, const Caller& caller, UnixSeconds now, const store::Chat& chat,
              Importer request) {
  Entry entry;
  entry.user = request.user;
  entry.link = request.link;
  HG_TRY(enter(tx, caller, now, chat, entry));  // the request goes with it
  request.requested = false;
  request.approved_by = caller.user;
  request.date = now;
  HG_TRY(tx.invites().put_importer(request));
  HG_ASSIGN(auto invite, tx.invites().find_by_id(request.link));
  if (invite) {
    ++invite->usage;
    HG_TRY(tx.invites().update(*invite));
  }
  AdminActBody act;
  act.user = caller.user;
  if (invite) act.invite_after = shot_of(*invite);
  HG_TRY(log_act(tx, chat.peer, request.user, now, AdminActKind::join_by_request, std::move(act)));
  // Said by the one who comes in; all devices hear of it, those of the administrator, too.
  Caller newcomer;
  newcomer.user = request.user;
  HG_ASSIGN(const auto place, open_chat(tx, request.user, chat.peer, now));
  Action action;
  action.kind = ActionKind::chat_joined_by_request;
  HG_TRY(say_of_members(tx, newcomer, place, std::move(action)));
  return {};
}

// What stands in one newcomer's way is no reason to keep others waiting.
bool is_theirs(const Error& error) {
  return error.kind == ErrorKind::invalid || error.kind == ErrorKind::forbidden;
}

Status answer_all_in(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat, const std::string& hash,
                     bool approve) {
  HG_ASSIGN(const auto place, open_managed(tx, caller.user, chat, now));
  HG_TRY(require(place.standing(), admin_invite_users));
  store::ImporterFilter filter;
  filter.requested = true;
  filter.limit = answered_at_once_max;
  if (!hash.empty()) {
    HG_ASSIGN(const auto invite, invite_of(tx, chat, hash));
    filter.link = invite.id;
  }
  HG_ASSIGN(const auto waiting, tx.invites().importers(chat, filter));
  for (const auto& request : waiting) {
    if (approve) {
      const auto done = let_in(tx, caller, now, *place.chat, request);
      if (!done && !is_theirs(done.error())) return done;
      if (done) continue;
    }
    HG_TRY(tx.invites().erase_request(chat, request.user));
  }
  if (approve) HG_TRY(members_changed(tx, caller, now, chat));
  return tell_deciders(tx, chat);
}

}  // namespace

Status request_to_join(store::Tx& tx, const Caller& caller, UnixSeconds now, const store::Chat& chat,
                       std::int64_t link) {
  // The last word counts: the same person asks once, through whatever link.
  HG_TRY(tx.invites().erase_request(chat.peer, caller.user));
  HG_TRY(tx.invites().put_importer({chat.peer, caller.user, link, now, true, {}}));
  return tell_deciders(tx, chat.peer);
}

Result<PendingRequests> pending_requests(store::Tx& tx, Peer chat) {
  PendingRequests pending;
  store::ImporterFilter filter;
  filter.requested = true;
  filter.limit = recent_requesters;
  HG_ASSIGN(const auto count, tx.invites().count_importers(chat, filter));
  pending.count = static_cast<std::int32_t>(count);
  if (count == 0) return pending;
  HG_ASSIGN(const auto newest, tx.invites().importers(chat, filter));
  for (const auto& one : newest) pending.recent.push_back(one.user);
  return pending;
}

Task<Result<InvitePreview>> check_invite(const Environment& environment, Caller caller, std::string hash) {
  if (hash.empty()) co_return fail(Error::invalid("INVITE_HASH_EMPTY"));
  if (!well_formed_hash(hash)) co_return fail(Error::invalid("INVITE_HASH_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<InvitePreview> {
    HG_ASSIGN(auto door, open_door(tx, caller, now, hash));
    InvitePreview preview;
    preview.already = door.member && store::is_in(door.member->status);
    preview.request_needed = (door.invite.flags & store::invite_request) != 0;
    preview.chat = std::move(door.chat);
    return preview;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<Joined>> import_invite(const Environment& environment, Caller caller, std::string hash) {
  if (hash.empty()) co_return fail(Error::invalid("INVITE_HASH_EMPTY"));
  if (!well_formed_hash(hash)) co_return fail(Error::invalid("INVITE_HASH_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [=, &environment](store::Tx& tx) -> Result<Imported> {
    HG_ASSIGN(auto imported, import_in(tx, caller, now, hash));
    if (!imported.asked) HG_TRY(note_joined(environment, tx, imported.joined.chat, caller.user, now));
    return imported;
  };
  CO_ASSIGN(auto imported, co_await environment.store.write(std::move(body)));
  if (imported.asked) co_return fail(Error::invalid("INVITE_REQUEST_SENT", "An administrator decides."));
  co_return std::move(imported.joined);
}

Task<Result<Importers>> importers(const Environment& environment, Caller caller, Peer chat,
                                  ImportersQuery query) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<Importers> {
    HG_ASSIGN(const auto place, open_managed(tx, caller.user, chat, now));
    HG_TRY(require(place.standing(), admin_invite_users));
    store::ImporterFilter filter;
    filter.requested = query.requested;
    filter.query = query.query;
    filter.before_date = query.offset_date;
    filter.before_user = query.offset_user;
    filter.limit = std::min(query.limit, invites_page_max);
    if (!query.hash.empty()) {
      HG_ASSIGN(const auto invite, invite_of(tx, chat, query.hash));
      filter.link = invite.id;
    }
    Importers answer;
    HG_ASSIGN(answer.total, tx.invites().count_importers(chat, filter));
    HG_ASSIGN(const auto found, tx.invites().importers(chat, filter));
    for (const auto& one : found) {
      ImporterView view{one, {}};
      if (one.requested) {
        HG_ASSIGN(const auto account, tx.accounts().find(one.user));
        if (account) view.about = account->about;
      }
      answer.importers.push_back(std::move(view));
    }
    return answer;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Status> answer_request(const Environment& environment, Caller caller, Peer chat, UserId user,
                            bool approve) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto place, open_managed(tx, caller.user, chat, now));
    HG_TRY(require(place.standing(), admin_invite_users));
    HG_ASSIGN(const auto request, tx.invites().find_request(chat, user));
    if (!request) return fail(Error::invalid("HIDE_REQUESTER_MISSING"));
    if (approve) {
      HG_TRY(let_in(tx, caller, now, *place.chat, *request));
      HG_TRY(members_changed(tx, caller, now, chat));
    } else {
      HG_TRY(tx.invites().erase_request(chat, user));
    }
    return tell_deciders(tx, chat);
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> answer_requests(const Environment& environment, Caller caller, Peer chat, std::string hash,
                             bool approve) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) { return answer_all_in(tx, caller, now, chat, hash, approve); };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
