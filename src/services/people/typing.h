// "is typing…": told to the other side while it is fresh, never stored.
#pragma once

#include "services/caller.h"
#include "services/environment.h"
#include "services/hub.h"
#include "services/limits.h"
#include "services/people/users.h"

namespace heliograph::services {

// In events::Typing::action.
enum class TypingAction : std::int32_t {
  typing = 0,
  cancel = 1,
  record_video = 2,
  upload_video = 3,
  record_audio = 4,
  upload_audio = 5,
  upload_photo = 6,
  upload_document = 7,
  geo_location = 8,
  choose_contact = 9,
  game_play = 10,
  record_round = 11,
  upload_round = 12,
  choose_sticker = 13,
};

// Thread-safe.
class Typing {
 public:
  // Clients say it every five seconds; more than this is dropped without a word.
  static constexpr Rate rate{10, std::chrono::seconds(1)};

  Typing(const Environment& environment, Hub& hub, Users& users, Limits& limits)
      : environment_(environment), hub_(hub), users_(users), limits_(limits) {}

  // `progress` in percent, for uploads. invalid PEER_ID_INVALID, USER_IS_BLOCKED, INPUT_USER_DEACTIVATED.
  Task<Status> say(Caller caller, UserId to, TypingAction action, std::int32_t progress);
  // In a group or channel, to everybody who is connected; `top`: the thread, or 0. As may_send(); as
  // open_chat.
  Task<Status> say_in_chat(Caller caller, Peer chat, MessageId top, TypingAction action,
                           std::int32_t progress);

 private:
  const Environment& environment_;
  Hub& hub_;
  Users& users_;
  Limits& limits_;
};

}  // namespace heliograph::services
