// How often somebody may do something: token buckets, kept in memory, bounded in number.
#pragma once

#include <array>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"

namespace heliograph::services {

// `burst` at once, then one more every `interval`.
struct Rate {
  std::int32_t burst = 1;
  Duration interval = std::chrono::seconds(1);
};

// Whom one IP address stands for: itself, or in IPv6 its /64, which is what a household gets.
std::string network_of(const std::string& ip);

// Thread-safe.
class Limits {
 public:
  // At most so many buckets are kept; beyond, the fullest (those that say least) are forgotten first.
  static constexpr std::size_t buckets_max = 1 << 17;

  explicit Limits(const Clock& clock) : clock_(clock) {}

  // Takes one token from the bucket `what`/`who`. flood FLOOD_WAIT with the seconds until the next token when
  // there is none; a refused call costs nothing.
  Status take(std::string_view what, std::string_view who, Rate rate);

 private:
  struct Bucket {
    double tokens = 0;
    Monotonic refilled;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, Bucket> buckets;
  };
  void make_room(Shard& shard, Monotonic now);

  const Clock& clock_;
  std::array<Shard, 16> shards_;
};

}  // namespace heliograph::services
