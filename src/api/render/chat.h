// Groups and channels on the wire, and everybody an answer speaks of.
#pragma once

#include <vector>

#include "base/peer.h"
#include "services/groups/participants.h"
#include "services/groups/views.h"
#include "services/services.h"
#include "tl/channels.h"
#include "tl/core_c.h"
#include "tl/core_u.h"

namespace heliograph::api {

// chat, channel, or their forbidden forms for one who may not look.
tl::Box<tl::Chat> render_chat(const services::ChatView& view);

// For all platforms. `reason`: "terms", "sensitive".
tl::Box<tl::RestrictionReason> render_restriction(std::string reason, std::string text);

tl::chatAdminRights render_admin_rights(std::uint32_t rights);
std::uint32_t admin_rights_from(const tl::Box<tl::ChatAdminRights>& wire);
tl::chatBannedRights render_banned_rights(std::uint32_t banned, UnixSeconds until);
std::uint32_t banned_rights_from(const tl::Box<tl::ChatBannedRights>& wire);

// A member of a channel or supergroup, as an administrator sees it where `viewer` is one.
tl::Box<tl::ChannelParticipant> render_participant(const store::Member& member, UserId viewer);
tl::Box<tl::ChannelParticipant> render_channel_ban(const store::ChannelBan& ban);
// All members of a basic group.
tl::Box<tl::ChatParticipants> render_participants(const services::FullChat& full, UserId viewer);

// The `users` and `chats` fields of an answer.
struct Described {
  std::vector<tl::Box<tl::User>> users;
  std::vector<tl::Box<tl::Chat>> chats;
};
// As `viewer` sees them; each once, unknown ids left out.
Task<Result<Described>> describe(services::Services& services, UserId viewer, std::vector<Peer> named);

// `wire`: anything with users and chats.
template <typename Wire>
Task<Status> describe_into(Wire& wire, services::Services& services, UserId viewer, std::vector<Peer> named) {
  CO_ASSIGN(auto described, co_await describe(services, viewer, std::move(named)));
  wire.users = std::move(described.users);
  wire.chats = std::move(described.chats);
  co_return Status();
}

}  // namespace heliograph::api
