// What a group or channel is called and how it behaves.
#pragma once

#include <string>

#include "services/caller.h"
#include "services/chats/append.h"
#include "services/environment.h"
#include "services/groups/create.h"

namespace heliograph::services {

inline constexpr std::size_t public_chats_max = 10;  // that one account owns

// messages.editChatTitle, channels.editTitle. CHAT_TITLE_EMPTY, CHAT_NOT_MODIFIED, CHAT_ADMIN_REQUIRED.
Task<Result<Appended>> set_title(const Environment& environment, Caller caller, Peer chat, std::string title);
// messages.editChatAbout. CHAT_ABOUT_TOO_LONG, CHAT_ABOUT_NOT_MODIFIED, CHAT_ADMIN_REQUIRED.
Task<Status> set_about(const Environment& environment, Caller caller, Peer chat, std::string about);
// channels.updateUsername; empty makes it private. USERNAME_INVALID, USERNAME_OCCUPIED,
// USERNAME_NOT_MODIFIED, CHANNELS_ADMIN_PUBLIC_TOO_MUCH, CHAT_ADMIN_REQUIRED (creator only).
Task<Status> set_chat_username(const Environment& environment, Caller caller, Peer channel,
                               std::string username);
// channels.checkUsername: whether the channel may take it.
Task<Result<bool>> chat_username_free(const Environment& environment, Caller caller, Peer channel,
                                      std::string username);
// messages.editChatDefaultBannedRights. BANNED_RIGHTS_INVALID (nobody could look), CHAT_NOT_MODIFIED,
// CHAT_ADMIN_REQUIRED.
Task<Status> set_default_banned(const Environment& environment, Caller caller, Peer chat,
                                std::uint32_t banned);
// channels.toggleSlowMode: 0, 10, 30, 60, 300, 900 or 3600 seconds. SECONDS_INVALID, CHAT_NOT_MODIFIED.
Task<Status> set_slow_mode(const Environment& environment, Caller caller, Peer channel, std::int32_t seconds);

// One of the switches of store::ChatFlag, by whoever may change what they switch. CHAT_NOT_MODIFIED,
// CHAT_ADMIN_REQUIRED, CHANNEL_INVALID (a switch that its kind does not have), CHAT_LINK_EXISTS (history
// cannot be hidden where strangers read it).
Task<Status> set_flags(const Environment& environment, Caller caller, Peer chat, std::uint32_t on,
                       std::uint32_t off);

}  // namespace heliograph::services
