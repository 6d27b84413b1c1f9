// Invite links and requests to join (core.telegram.org/api/invites).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/caller.h"
#include "services/environment.h"
#include "services/groups/members.h"
#include "store/invites.h"

namespace heliograph::services {

inline constexpr std::size_t invites_per_admin_max = 500;  // not revoked, in one chat
inline constexpr std::size_t invite_title_length_max = 32;
inline constexpr std::int32_t invite_usage_limit_max = 99'999;
inline constexpr std::size_t invites_page_max = 100;

struct NewInvite {
  bool replace_permanent = false;  // revoke the caller's permanent link, and make another
  bool request_needed = false;
  UnixSeconds expires_at = 0;    // 0: never
  std::int32_t usage_limit = 0;  // 0: none
  std::string title{};
};
// A link with how many wait behind it.
struct InviteView {
  store::Invite invite;
  std::int32_t requested = 0;
};
// messages.exportChatInvite. Without any wishes: the caller's permanent link, if there is none yet.
// CHAT_ADMIN_REQUIRED, EXPIRE_DATE_INVALID, USAGE_LIMIT_INVALID, INVITES_TOO_MUCH.
Task<Result<InviteView>> export_invite(const Environment& environment, Caller caller, Peer chat,
                                       NewInvite wanted);

struct InviteList {
  std::vector<InviteView> invites;
  std::size_t total = 0;
};
struct InvitesQuery {
  UserId admin;
  bool revoked = false;
  UnixSeconds offset_date = 0;
  std::string offset_hash;
  std::size_t limit = invites_page_max;  // clamped
};
// messages.getExportedChatInvites: one's own; of others for the creator. CHAT_ADMIN_REQUIRED.
Task<Result<InviteList>> invites(const Environment& environment, Caller caller, Peer chat,
                                 InvitesQuery query);
// messages.getExportedChatInvite. INVITE_HASH_EXPIRED (no such link of this chat), CHAT_ADMIN_REQUIRED.
Task<Result<InviteView>> invite(const Environment& environment, Caller caller, Peer chat, std::string hash);

struct InviteEdit {
  std::string hash;
  bool revoke = false;
  std::optional<UnixSeconds> expires_at;
  std::optional<std::int32_t> usage_limit;
  std::optional<bool> request_needed;
  std::optional<std::string> title;
};
struct EditedInvite {
  InviteView invite;
  std::optional<InviteView> replacement;  // of a permanent link that was revoked
};
// messages.editExportedChatInvite. INVITE_HASH_EXPIRED (also: it is revoked), CHAT_INVITE_PERMANENT (that has
// no limits), EXPIRE_DATE_INVALID, USAGE_LIMIT_INVALID, CHAT_ADMIN_REQUIRED.
Task<Result<EditedInvite>> edit_invite(const Environment& environment, Caller caller, Peer chat,
                                       InviteEdit edit);
// messages.deleteExportedChatInvite: a revoked one. INVITE_HASH_EXPIRED, INVITE_REVOKED_MISSING,
// CHAT_ADMIN_REQUIRED.
Task<Status> delete_invite(const Environment& environment, Caller caller, Peer chat, std::string hash);
// messages.deleteRevokedExportedChatInvites. CHAT_ADMIN_REQUIRED.
Task<Status> delete_revoked_invites(const Environment& environment, Caller caller, Peer chat, UserId admin);
// messages.getAdminsWithInvites: for the creator. CHAT_ADMIN_REQUIRED.
Task<Result<std::vector<store::InviteCount>>> admins_with_invites(const Environment& environment,
                                                                  Caller caller, Peer chat);

struct InvitePreview {
  store::Chat chat;
  bool already = false;  // the caller is in it
  bool request_needed = false;
};
// messages.checkChatInvite. INVITE_HASH_EMPTY, INVITE_HASH_INVALID, INVITE_HASH_EXPIRED.
Task<Result<InvitePreview>> check_invite(const Environment& environment, Caller caller, std::string hash);

struct Joined {
  Peer chat;
  MembershipChange change;
};
// messages.importChatInvite. As check_invite; USER_ALREADY_PARTICIPANT, INVITE_REQUEST_SENT, and as enter().
Task<Result<Joined>> import_invite(const Environment& environment, Caller caller, std::string hash);

struct ImportersQuery {
  bool requested = false;
  std::string hash;   // empty: whatever they came through
  std::string query;  // in names
  UnixSeconds offset_date = 0;
  UserId offset_user;
  std::size_t limit = invites_page_max;  // clamped
};
struct ImporterView {
  store::Importer importer;
  std::string about;  // of those who wait
};
struct Importers {
  std::vector<ImporterView> importers;
  std::size_t total = 0;
};
// messages.getChatInviteImporters. CHAT_ADMIN_REQUIRED, INVITE_HASH_EXPIRED.
Task<Result<Importers>> importers(const Environment& environment, Caller caller, Peer chat,
                                  ImportersQuery query);

// messages.hideChatJoinRequest. HIDE_REQUESTER_MISSING, CHAT_ADMIN_REQUIRED; USER_ALREADY_PARTICIPANT, and as
// enter().
Task<Status> answer_request(const Environment& environment, Caller caller, Peer chat, UserId user,
                            bool approve);
// messages.hideAllChatJoinRequests: at most this many of one call. `hash`: those who came through it; empty:
// all. CHAT_ADMIN_REQUIRED, INVITE_HASH_EXPIRED.
inline constexpr std::size_t answered_at_once_max = 200;
Task<Status> answer_requests(const Environment& environment, Caller caller, Peer chat, std::string hash,
                             bool approve);

// Puts down that the caller wants to come in, and tells who decides. `link`: 0 for the public name.
Status request_to_join(store::Tx& tx, const Caller& caller, UnixSeconds now, const store::Chat& chat,
                       std::int64_t link);

// What those who may invite see of requests. Empty for others.
struct PendingRequests {
  std::int32_t count = 0;
  std::vector<UserId> recent;  // newest first, at most 5
};
Result<PendingRequests> pending_requests(store::Tx& tx, Peer chat);

}  // namespace heliograph::services
