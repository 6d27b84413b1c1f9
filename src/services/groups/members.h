// Who is in a group or channel, and what they may do: joining, leaving, adding, restricting, promoting.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/caller.h"
#include "services/chats/append.h"
#include "services/environment.h"
#include "services/groups/create.h"

namespace heliograph::services {

inline constexpr std::size_t rank_length_max = 16;

struct MembershipChange {
  std::optional<Appended> notice;       // the service message about it, where there is one
  std::vector<MissingInvitee> missing;  // add_members: who could not be added
  bool asked = false;                   // nobody has come in: somebody has to approve of it
};

// channels.joinChannel: a public one, or again where one was. CHANNEL_PRIVATE, USER_ALREADY_PARTICIPANT,
// CHANNELS_TOO_MUCH, INVITE_REQUEST_SENT (the group wants to approve).
Task<Result<MembershipChange>> join(const Environment& environment, Caller caller, Peer channel);
// channels.leaveChannel, messages.deleteChatUser of oneself. USER_NOT_PARTICIPANT, USER_CREATOR (a channel's
// creator hands it over or deletes it).
Task<Result<MembershipChange>> leave(const Environment& environment, Caller caller, Peer chat);
// channels.inviteToChannel, messages.addChatUser. `forward_last`: a basic group's newest messages that the
// new member gets copies of, at most 100. CHAT_ADMIN_REQUIRED, USER_NOT_PARTICIPANT, USERS_TOO_MUCH; where it
// is one user: USER_ALREADY_PARTICIPANT, USER_KICKED.
Task<Result<MembershipChange>> add_members(const Environment& environment, Caller caller, Peer chat,
                                           std::vector<UserId> users, std::int32_t forward_last);
// messages.deleteChatUser of somebody else. CHAT_ADMIN_REQUIRED, USER_NOT_PARTICIPANT, USER_CREATOR.
Task<Result<MembershipChange>> remove_member(const Environment& environment, Caller caller, Peer group,
                                             UserId user);

struct Restriction {
  Peer channel;
  UserId user;
  std::uint32_t banned = 0;  // BannedRight; 0 lifts it
  UnixSeconds until = 0;     // 0, less than 30 s or more than 366 days from now: for ever
};
// channels.editBanned, in supergroups and channels. CHAT_ADMIN_REQUIRED, USER_ADMIN_INVALID, USER_CREATOR,
// PARTICIPANT_ID_INVALID.
Task<Result<MembershipChange>> restrict_member(const Environment& environment, Caller caller,
                                               Restriction restriction);

struct Promotion {
  Peer chat;
  UserId user;
  std::uint32_t rights = 0;  // AdminRight; 0 makes them an ordinary member again
  std::string rank;
};
// channels.editAdmin, messages.editChatAdmin. CHAT_ADMIN_REQUIRED, RIGHT_FORBIDDEN (one gives what one has),
// USER_CREATOR, USER_NOT_MUTUAL_CONTACT..., ADMIN_RANK_INVALID, USER_NOT_PARTICIPANT, ADMINS_TOO_MUCH.
Task<Result<MembershipChange>> promote(const Environment& environment, Caller caller, Promotion promotion);

}  // namespace heliograph::services
