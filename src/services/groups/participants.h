// Who is in it, as lists.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/caller.h"
#include "services/environment.h"
#include "services/groups/invites.h"
#include "services/groups/place.h"
#include "services/people/online.h"

namespace heliograph::services {

inline constexpr std::size_t participants_limit_max = 200;

// messages.getOnlines: how many of a group are online, of the first 1,000 in its list. A channel does not
// say.
Task<Result<std::size_t>> count_online(const Environment& environment, const Online& online, Caller caller,
                                       Peer chat);

struct ParticipantsQuery {
  enum class Filter : std::uint8_t { recent, admins, kicked, banned, bots, search, contacts, mentions };
  Filter filter = Filter::recent;
  std::string text;  // search, kicked, banned, contacts
  std::size_t offset = 0;
  std::size_t limit = participants_limit_max;  // clamped
};
struct Participants {
  std::vector<store::Member> members;
  std::vector<store::ChannelBan> channels;  // kicked, without a text: after all members
  std::size_t total = 0;                    // of both
};
// channels.getParticipants. CHAT_ADMIN_REQUIRED (a channel's list, hidden members, bans), CHANNEL_INVALID; as
// open_chat.
Task<Result<Participants>> participants(const Environment& environment, Caller caller, Peer channel,
                                        ParticipantsQuery query);
// channels.getParticipant. USER_NOT_PARTICIPANT.
Task<Result<store::Member>> participant(const Environment& environment, Caller caller, Peer channel,
                                        UserId user);

// channels.getAdminedPublicChannels.
Task<Result<std::vector<Peer>>> administered_public(const Environment& environment, Caller caller);
// channels.getLeftChannels: what the caller has left, by id.
struct LeftChannels {
  std::vector<Peer> channels;
  std::size_t total = 0;
};
Task<Result<LeftChannels>> left_channels(const Environment& environment, Caller caller, std::size_t offset,
                                         std::size_t limit);
// messages.getCommonChats: in ascending order of id, those after `max_id`; the limit is clamped to 1..100.
Task<Result<std::vector<Peer>>> common_chats(const Environment& environment, Caller caller, UserId user,
                                             std::int64_t max_id, std::int32_t limit);

// messages.getFullChat, channels.getFullChannel: what is added to the view.
struct FullChat {
  store::Chat chat;
  std::optional<store::Member> self;
  std::vector<store::Member> members;  // of a basic group
  store::Dialog dialog;                // the caller's; empty without one
  MessageId pinned_message;
  bool has_scheduled = false;  // messages that the caller sees wait to be sent there
  std::int32_t pts = 0;
  bool as_messages = false;  // a forum that the caller sees as one conversation
  Peer default_send_as;      // supergroups: whose the caller's messages are shown as, if not the caller's own
  // For those who may invite.
  std::optional<InviteView> invite;  // their permanent link
  PendingRequests pending;
};
Task<Result<FullChat>> full_chat(const Environment& environment, Caller caller, Peer chat);

}  // namespace heliograph::services
