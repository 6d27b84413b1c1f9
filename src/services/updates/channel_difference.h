// What a caller has missed in one channel: updates.getChannelDifference over the channel's own log
// (core.telegram.org/api/updates).
#pragma once

#include <vector>

#include "services/caller.h"
#include "services/environment.h"
#include "store/store.h"

namespace heliograph::services {

struct ChannelDifference {
  enum class Kind : std::uint8_t {
    empty,
    some,      // up to `pts`; `final` says whether that is all
    too_long,  // the log does not reach back that far, or too much was missed: start over from `newest`
  };
  Kind kind = Kind::empty;
  bool final = true;
  std::int32_t pts = 0;
  std::vector<store::Message> new_messages;     // as they are now; deleted ones are left out
  std::vector<store::Update> others;            // everything but new_message, in order
  std::vector<store::Message> edited_messages;  // what the edit_message entries name, as they are now
  // too_long: the newest messages, and the caller's dialog.
  std::vector<store::Message> newest;
  std::optional<store::Dialog> dialog;
};

inline constexpr std::size_t channel_difference_limit = 100;   // entries a call; 100,000 asked for by bots
inline constexpr std::size_t channel_difference_total = 2000;  // further behind than this: too long

// PERSISTENT_TIMESTAMP_INVALID, CHANNEL_INVALID; as open_chat.
Task<Result<ChannelDifference>> channel_difference(const Environment& environment, Caller caller,
                                                   Peer channel, std::int32_t pts, std::int32_t limit);

}  // namespace heliograph::services
