// Making groups and channels, and ending them.
#pragma once

#include <string>
#include <vector>

#include "services/caller.h"
#include "services/chats/append.h"
#include "services/environment.h"
#include "services/limits.h"

namespace heliograph::services {

inline constexpr std::size_t chats_per_account_max = 500;
inline constexpr std::size_t title_length_max = 128;  // Unicode code points
inline constexpr std::size_t about_length_max = 255;
inline constexpr Rate create_chat_rate{10, std::chrono::minutes(2)};

// One who was to be added and could not be, because they do not let the caller add them.
struct MissingInvitee {
  UserId user;
};

struct CreatedChat {
  Peer peer;
  Appended notice;  // the service message that begins it
  std::vector<MissingInvitee> missing;
};

// messages.createChat. CHAT_TITLE_EMPTY, USERS_TOO_FEW, USERS_TOO_MUCH, CHANNELS_TOO_MUCH, FLOOD_WAIT.
Task<Result<CreatedChat>> create_group(const Environment& environment, Limits& limits, Caller caller,
                                       std::string title, std::vector<UserId> users, std::int32_t ttl_period);

struct NewChannel {
  bool broadcast = false;  // else a supergroup
  bool forum = false;
  std::string title;
  std::string about;
  std::int32_t ttl_period = 0;
};
// channels.createChannel. CHAT_TITLE_EMPTY, CHAT_ABOUT_TOO_LONG, CHANNELS_TOO_MUCH, FLOOD_WAIT.
Task<Result<CreatedChat>> create_channel(const Environment& environment, Limits& limits, Caller caller,
                                         NewChannel channel);

// channels.deleteChannel, messages.deleteChat: its creator only. CHAT_ADMIN_REQUIRED.
Task<Status> delete_chat(const Environment& environment, Caller caller, Peer chat);

// A title or a description as it may be stored. CHAT_TITLE_EMPTY; CHAT_ABOUT_TOO_LONG.
Result<std::string> clean_title(std::string_view text);
Result<std::string> clean_chat_about(std::string_view text);

}  // namespace heliograph::services
