// When to leave a server alone that does not answer, and how much may be asked of it in a day.
// Not thread-safe.
#pragma once

#include <cstdint>

#include "base/clock.h"

namespace heliograph::safety {

class Breaker {
 public:
  enum class May : std::uint8_t { go, resting, spent };

  // `a_day`: calls from midnight to midnight (UTC).
  explicit Breaker(std::int64_t a_day) : a_day_(a_day) {}

  // Counts the call if it may go.
  May ask(UnixSeconds now) {
    if (now / kDay != day_) {
      day_ = now / kDay;
      asked_ = 0;
    }
    if (now < resting_until_) return May::resting;
    if (asked_ >= a_day_) return May::spent;
    ++asked_;
    return May::go;
  }
  void answered() { failures_ = 0; }
  void failed(UnixSeconds now) {
    if (++failures_ < kFailures) return;
    failures_ = kFailures - 1;  // one more after the rest, and it rests again
    resting_until_ = now + kRest;
  }

 private:
  static constexpr UnixSeconds kDay = 86'400;
  static constexpr UnixSeconds kRest = 60;
  static constexpr int kFailures = 3;

  const std::int64_t a_day_;
  UnixSeconds day_ = 0, resting_until_ = 0;
  std::int64_t asked_ = 0;
  int failures_ = 0;
};

}  // namespace heliograph::safety
