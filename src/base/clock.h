// Time as an interface, so that protocol code and services can be run on a clock of the test's choosing.
#pragma once

#include <chrono>
#include <cstdint>

namespace heliograph {

using Duration = std::chrono::nanoseconds;
// For measuring and waiting; never goes back.
using Monotonic = std::chrono::steady_clock::time_point;
// Seconds since 1970, as the wire has it. 64 bits inside; the wire has 32.
using UnixSeconds = std::int64_t;

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  // Wall time in nanoseconds since 1970. May jump when the operator sets the clock.
  virtual Duration wall() const = 0;
  virtual Monotonic monotonic() const = 0;

  UnixSeconds unix_seconds() const {
    return std::chrono::duration_cast<std::chrono::seconds>(wall()).count();
  }
};

class SystemClock final : public Clock {
 public:
  Duration wall() const override { return std::chrono::system_clock::now().time_since_epoch(); }
  Monotonic monotonic() const override { return std::chrono::steady_clock::now(); }
};

// For tests: stands still until told otherwise. Not thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(UnixSeconds start = 1'700'000'000) : wall_(std::chrono::seconds(start)) {}
  Duration wall() const override { return wall_; }
  Monotonic monotonic() const override { return Monotonic(monotonic_); }
  void advance(Duration by) {
    wall_ += by;
    monotonic_ += by;
  }
  void set_wall(Duration to) { wall_ = to; }

 private:
  Duration wall_;
  Duration monotonic_{std::chrono::hours(1)};
};

}  // namespace heliograph
