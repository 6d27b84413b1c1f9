// Message ids (core.telegram.org/mtproto/description#message-identifier-msg-id): unix time * 2^32, the two
// lowest bits say who speaks: 0 a client, 1 the server in answer, 3 the server of its own accord.
#pragma once

#include <cstdint>

#include "base/clock.h"

namespace heliograph::mtproto {

constexpr std::int64_t msg_id_seconds(std::int64_t msg_id) {
  return msg_id >> 32;
}

// Rounded down to a multiple of 4.
constexpr std::int64_t msg_id_at(Duration wall) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wall);
  const auto fraction = static_cast<std::uint64_t>((wall - seconds).count());
  const auto low = (fraction << 32) / 1'000'000'000;
  return static_cast<std::int64_t>((static_cast<std::uint64_t>(seconds.count()) << 32 | low) & ~3ULL);
}

// Hands out the server's ids, each larger than the one before. Clients set their clocks by them, so where the
// wall clock has been set back by more than a few seconds, ids follow it back.
class MsgIds {
 public:
  std::int64_t next(Duration wall, bool answer) {
    constexpr std::int64_t lead_max = std::int64_t{10} << 32;
    const auto now = msg_id_at(wall);
    last_ = last_ >= now && last_ - now < lead_max ? last_ + 4 : now;
    return last_ | (answer ? 1 : 3);
  }

 private:
  std::int64_t last_ = 0;
};

}  // namespace heliograph::mtproto
