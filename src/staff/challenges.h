// Challenges that were given out and not answered yet. In memory: a sign-in begins and ends on one node. Each
// is good once, for five minutes, for what it was given out for. Thread-safe.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/random.h"

namespace heliograph::staff {

class Challenges {
 public:
  static constexpr std::size_t bytes = 32;
  static constexpr std::size_t waiting_max = 10'000;  // beyond: the oldest are forgotten
  static constexpr Duration lifetime = std::chrono::minutes(5);

  enum class Purpose : std::uint8_t { enter, enrol };

  Challenges(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  // `staff`: whom alone it is for; none: whoever answers it.
  Bytes give(Purpose purpose, StaffId staff = {});
  // True once for one that was given out for this.
  bool take(ByteView challenge, Purpose purpose, StaffId staff = {});

 private:
  struct Given {
    Purpose purpose;
    StaffId staff;
    Monotonic at;
  };

  const Clock& clock_;
  Random& random_;
  std::mutex mutex_;
  std::unordered_map<std::string, Given> given_;
  std::deque<std::string> order_;  // of given_, oldest first; also of those taken
};

}  // namespace heliograph::staff
