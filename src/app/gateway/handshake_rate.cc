#include "app/gateway/handshake_rate.h"

namespace heliograph::app {

bool HandshakeRate::admit(const net::Address& from, Monotonic now) {
  const auto minute = std::chrono::duration_cast<std::chrono::minutes>(now.time_since_epoch()).count();
  const auto key = from.limit_key();
  const std::lock_guard lock(mutex_);
  if (minute != minute_) {
    minute_ = minute;
    counts_.clear();
    others_ = 0;
  }
  const auto known = counts_.find(key);
  if (known != counts_.end()) return ++known->second <= per_minute_;
  if (counts_.size() >= addresses_max) return ++others_ <= per_minute_;
  counts_.emplace(key, 1);
  return per_minute_ >= 1;
}

}  // namespace heliograph::app
