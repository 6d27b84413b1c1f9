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
    too_long,  // the log does not reach back that far: start over from `newest`
  };
  Kind kind = Kind::empty;
  bool final = true;
  bool member = false;  // the caller is in it, and hears of it without asking
  std::int32_t pts = 0;
  std::vector<store::Message> new_messages;     // as they are now; deleted ones are left out
  std::vector<store::Update> others;            // everything but new_message, in order
  std::vector<store::Message> edited_messages;  // what the edit_message entries name, as they are now
  // too_long: the newest messages, and the caller's dialog.
  std::vector<store::Message> newest;
  std::optional<store::Dialog> dialog;

  // Hears of it as long as they ask again.
  bool watches() const { return final && !member; }
};

inline constexpr std::size_t channel_difference_limit = 100;  // entries a call; 100,000 asked for by bots
// Who looks at a channel without being in it asks again so often (seconds), and hears of it by pushes as long
// as that goes on (core.telegram.org/api/updates).
inline constexpr std::int32_t channel_watch_again = 10;
inline constexpr std::int32_t channel_box_size = 100'000;  // who is further behind starts over

// PERSISTENT_TIMESTAMP_INVALID, CHANNEL_INVALID; as open_chat.
Task<Result<ChannelDifference>> channel_difference(const Environment& environment, Caller caller,
                                                   Peer channel, std::int32_t pts, std::int32_t limit);

}  // namespace heliograph::services
