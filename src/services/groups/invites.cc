#include "services/groups/invites.h"

#include <algorithm>

#include "services/accounts/names.h"
#include "services/groups/admin_log.h"
#include "services/groups/invite_links.h"

namespace heliograph::services {

namespace {

using store::Invite;

std::string new_hash(Random& random) {
  static constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string hash(16, '\0');
  for (auto& c : hash) c = alphabet[random.below(alphabet.size())];
  return hash;
}

Status check_expiry(UnixSeconds expires_at, UnixSeconds now) {
  if (expires_at == 0 || expires_at > now) return {};
  return fail(Error::invalid("EXPIRE_DATE_INVALID"));
}

Status check_limit(std::int32_t limit, bool request_needed) {
  if (limit < 0 || limit > invite_usage_limit_max || (limit != 0 && request_needed)) {
    return fail(Error::invalid("USAGE_LIMIT_INVALID", "A link with approval has no limit."));
  }
  return {};
}

Result<InviteView> view_of(store::Tx& tx, Invite invite) {
  InviteView view;
  store::ImporterFilter filter;
  filter.link = invite.id;
  filter.requested = true;
  HG_ASSIGN(const auto waiting, tx.invites().count_importers(invite.chat, filter));
  view.requested = static_cast<std::int32_t>(waiting);
  view.invite = std::move(invite);
  return view;
}

Result<InviteView> put_new(store::Tx& tx, const Caller& caller, UnixSeconds now, Invite invite) {
  const store::InvitePage page{.limit = invites_per_admin_max};
  HG_ASSIGN(const auto present, tx.invites().of_admin(invite.chat, caller.user, false, page));
  if (present.size() >= invites_per_admin_max) {
    return fail(Error::invalid("INVITES_TOO_MUCH", "Revoke some of your links first."));
  }
  invite.admin = caller.user;
  invite.date = now;
  HG_ASSIGN(invite.id, tx.invites().insert(invite));
  InviteView view;
  view.invite = std::move(invite);
  return view;
}

Result<Invite> revoke(store::Tx& tx, Invite invite) {
  invite.flags |= store::invite_revoked;
  HG_TRY(tx.invites().update(invite));
  return invite;
}

// Whoever may invite sees their own links; the creator all.
Status may_see(const Place& place, UserId caller, UserId admin) {
  HG_TRY(require(place.standing(), admin_invite_users));
  if (admin != caller && !place.standing().is_creator()) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
  return {};
}

Result<Invite> managed(store::Tx& tx, const Caller& caller, const Place& place, const std::string& hash) {
  HG_TRY(require(place.standing(), admin_invite_users));
  HG_ASSIGN(auto invite, invite_of(tx, place.peer, hash));
  HG_TRY(may_see(place, caller.user, invite.admin));
  return invite;
}

Result<EditedInvite> edit_in(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat,
                             const InviteEdit& edit, const std::string& fresh) {
  HG_ASSIGN(const auto place, open_managed(tx, caller.user, chat, now));
  HG_ASSIGN(auto invite, managed(tx, caller, place, edit.hash));
  if ((invite.flags & store::invite_revoked) != 0) return fail(Error::invalid("INVITE_HASH_EXPIRED"));
  const bool permanent = (invite.flags & store::invite_permanent) != 0;
  EditedInvite edited;
  AdminActBody act;
  act.invite_before = shot_of(invite);
  if (edit.revoke) {
    HG_ASSIGN(invite, revoke(tx, std::move(invite)));
    if (permanent) {
      Invite next;
      next.chat = chat;
      next.hash = fresh;
      next.flags = store::invite_permanent;
      auto owner = caller;
      owner.user = invite.admin;  // the creator may replace what is another's
      HG_ASSIGN(edited.replacement, put_new(tx, owner, now, std::move(next)));
    }
  } else {
    if (permanent) return fail(Error::invalid("CHAT_INVITE_PERMANENT"));
    if (edit.expires_at) {
      HG_TRY(check_expiry(*edit.expires_at, now));
      invite.expires_at = *edit.expires_at;
    }
    if (edit.request_needed) {
      invite.flags = *edit.request_needed ? invite.flags | store::invite_request
                                          : invite.flags & ~std::uint32_t{store::invite_request};
    }
    if (edit.usage_limit) invite.usage_limit = *edit.usage_limit;
    HG_TRY(check_limit(invite.usage_limit, (invite.flags & store::invite_request) != 0));
    if (edit.title) invite.title = *edit.title;
    HG_TRY(tx.invites().update(invite));
  }
  act.invite_after = shot_of(invite);
  HG_TRY(log_act(tx, chat, caller.user, now,
                 edit.revoke ? AdminActKind::invite_revoke : AdminActKind::invite_edit, std::move(act)));
  HG_ASSIGN(edited.invite, view_of(tx, std::move(invite)));
  return edited;
}

Status erase(store::Tx& tx, const Caller& caller, UnixSeconds now, const store::Invite& invite) {
  AdminActBody act;
  act.invite_before = shot_of(invite);
  HG_TRY(log_act(tx, invite.chat, caller.user, now, AdminActKind::invite_delete, std::move(act)));
  return tx.invites().erase(invite.id);
}

}  // namespace

bool well_formed_hash(std::string_view hash) {
  return hash.size() <= 64 && std::ranges::all_of(hash, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                  c == '_';
         });
}

Result<Invite> invite_of(store::Tx& tx, Peer chat, const std::string& hash) {
  HG_ASSIGN(auto found, tx.invites().find(hash));
  if (!found || found->chat != chat) return fail(Error::invalid("INVITE_HASH_EXPIRED"));
  return std::move(*found);
}

Task<Result<InviteView>> export_invite(const Environment& environment, Caller caller, Peer chat,
                                       NewInvite wanted) {
  const auto now = environment.clock.unix_seconds();
  CO_TRY(check_expiry(wanted.expires_at, now));
  CO_TRY(check_limit(wanted.usage_limit, wanted.request_needed));
  auto title = clean_name(wanted.title, invite_title_length_max);
  if (!title) co_return fail(Error::invalid("INPUT_TEXT_INVALID"));
  Invite invite;
  invite.chat = chat;
  invite.hash = new_hash(environment.random);
  invite.expires_at = wanted.expires_at;
  invite.usage_limit = wanted.usage_limit;
  invite.title = std::move(*title);
  if (wanted.request_needed) invite.flags |= store::invite_request;
  const bool plain =
      !wanted.request_needed && wanted.expires_at == 0 && wanted.usage_limit == 0 && invite.title.empty();
  auto body = [=](store::Tx& tx) -> Result<InviteView> {
    HG_ASSIGN(const auto place, open_managed(tx, caller.user, chat, now));
    HG_TRY(require(place.standing(), admin_invite_users));
    HG_ASSIGN(const auto permanent, tx.invites().permanent(chat, caller.user));
    auto fresh = invite;
    if (wanted.replace_permanent && permanent) HG_TRY(revoke(tx, *permanent));
    if (wanted.replace_permanent || (plain && !permanent)) {
      fresh.flags = store::invite_permanent;
      fresh.expires_at = 0;
      fresh.usage_limit = 0;
    }
    return put_new(tx, caller, now, std::move(fresh));
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<InviteList>> invites(const Environment& environment, Caller caller, Peer chat,
                                 InvitesQuery query) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<InviteList> {
    HG_ASSIGN(const auto place, open_managed(tx, caller.user, chat, now));
    HG_TRY(may_see(place, caller.user, query.admin));
    store::InvitePage page;
    page.limit = std::min(query.limit, invites_page_max);
    page.before_date = query.offset_date;
    if (!query.offset_hash.empty()) {
      HG_ASSIGN(const auto offset, invite_of(tx, chat, query.offset_hash));
      page.before_id = offset.id;
    }
    HG_ASSIGN(auto found, tx.invites().of_admin(chat, query.admin, query.revoked, page));
    InviteList list;
    for (auto& one : found) {
      HG_ASSIGN(auto view, view_of(tx, std::move(one)));
      list.invites.push_back(std::move(view));
    }
    HG_ASSIGN(const auto counts, tx.invites().count(chat));
    const auto mine = std::ranges::find(counts, query.admin, &store::InviteCount::admin);
    if (mine != counts.end()) {
      list.total = static_cast<std::size_t>(query.revoked ? mine->revoked : mine->links);
    }
    return list;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<InviteView>> invite(const Environment& environment, Caller caller, Peer chat, std::string hash) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<InviteView> {
    HG_ASSIGN(const auto place, open_managed(tx, caller.user, chat, now));
    HG_ASSIGN(auto found, managed(tx, caller, place, hash));
    return view_of(tx, std::move(found));
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<EditedInvite>> edit_invite(const Environment& environment, Caller caller, Peer chat,
                                       InviteEdit edit) {
  if (edit.title) {
    edit.title = clean_name(*edit.title, invite_title_length_max);
    if (!edit.title) co_return fail(Error::invalid("INPUT_TEXT_INVALID"));
  }
  const auto now = environment.clock.unix_seconds();
  const auto fresh = new_hash(environment.random);
  auto body = [=](store::Tx& tx) { return edit_in(tx, caller, now, chat, edit, fresh); };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> delete_invite(const Environment& environment, Caller caller, Peer chat, std::string hash) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto place, open_managed(tx, caller.user, chat, now));
    HG_ASSIGN(const auto found, managed(tx, caller, place, hash));
    if ((found.flags & store::invite_revoked) == 0) return fail(Error::invalid("INVITE_REVOKED_MISSING"));
    return erase(tx, caller, now, found);
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> delete_revoked_invites(const Environment& environment, Caller caller, Peer chat, UserId admin) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto place, open_managed(tx, caller.user, chat, now));
    HG_TRY(may_see(place, caller.user, admin));
    HG_ASSIGN(const auto revoked, tx.invites().of_admin(chat, admin, true, {.limit = 1000}));
    for (const auto& one : revoked) HG_TRY(erase(tx, caller, now, one));
    return {};
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<std::vector<store::InviteCount>>> admins_with_invites(const Environment& environment,
                                                                  Caller caller, Peer chat) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<std::vector<store::InviteCount>> {
    HG_ASSIGN(const auto place, open_managed(tx, caller.user, chat, now));
    if (!place.standing().is_creator()) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
    return tx.invites().count(chat);
  };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
