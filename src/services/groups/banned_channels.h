// Channels that a supergroup does not want: nobody writes there as one of them, and whoever owns one does not
// write there as another of theirs (core.telegram.org/method/channels.editBanned, of a channel).
#pragma once

#include "services/caller.h"
#include "services/environment.h"
#include "store/chats.h"

namespace heliograph::services {

inline constexpr std::size_t banned_channels_max = 1'000;  // of one supergroup

struct ChannelBanRequest {
  Peer group;
  Peer channel;
  bool banned = false;  // false: it may be written as again
};
// For ever, until it is lifted. CHAT_ADMIN_REQUIRED, CHANNEL_INVALID (no supergroup), PARTICIPANT_ID_INVALID
// (no broadcast channel; the one that the group discusses), KICKED_TOO_MUCH; as open_chat.
Task<Status> ban_channel(const Environment& environment, Caller caller, ChannelBanRequest request);

// channels.getParticipant of a channel. CHAT_ADMIN_REQUIRED, USER_NOT_PARTICIPANT (not banned).
Task<Result<store::ChannelBan>> channel_ban(const Environment& environment, Caller caller, Peer group,
                                            Peer channel);

}  // namespace heliograph::services
