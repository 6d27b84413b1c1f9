// When somebody was last seen, as exactly as the viewer may know it.
#pragma once

#include "base/clock.h"

namespace heliograph::services {

struct UserStatus {
  enum class Kind : std::uint8_t {
    none,      // bots and the service account: nothing is shown
    long_ago,  // more than a month, never, or hidden altogether
    online,    // until `time`
    offline,   // since `time`
    recently,  // within three days
    last_week,
    last_month,
  };
  Kind kind = Kind::none;
  UnixSeconds time = 0;
  // Approximate only because of the viewer's own rule
  // (core.telegram.org/constructor/privacyKeyStatusTimestamp).
  bool by_me = false;

  bool exact() const { return kind == Kind::online || kind == Kind::offline; }
  bool operator==(const UserStatus&) const = default;
};

// `seen_until`: until when the user counts as online (in the past: was online then; 0: never).
UserStatus exact_status(UnixSeconds seen_until, UnixSeconds now);
UserStatus approximate_status(UnixSeconds seen_until, UnixSeconds now, bool by_me);

}  // namespace heliograph::services
