// Being online: account.updateStatus, what is stored of it, and who is told.
#pragma once

#include "services/caller.h"
#include "services/environment.h"
#include "services/hub.h"
#include "services/limits.h"
#include "services/people/online.h"
#include "services/people/users.h"

namespace heliograph::services {

// Thread-safe.
class Presence {
 public:
  // Without a further word from the client a user is offline after this. Clients repeat themselves every two
  // minutes (config.online_update_period_ms).
  static constexpr UnixSeconds online_seconds = 300;
  // The time last seen is written to the store at most this often while somebody stays online.
  static constexpr UnixSeconds store_every_seconds = 60;

  // Who goes on and off more often than this is believed later.
  static constexpr Rate rate{20, std::chrono::seconds(5)};

  Presence(const Environment& environment, Hub& hub, Users& users, Online& online, Limits& limits)
      : environment_(environment), hub_(hub), users_(users), online_(online), limits_(limits) {}

  // Never fails the caller: that a status could not be stored or told is no fault of a client.
  Task<void> update(Caller caller, bool offline);
  // A session of the user's has lost its connection; offline if it was the last. Call it after the session
  // was taken off the hub.
  Task<void> disconnected(UserId user);

 private:
  Task<void> leave(Caller caller);
  // Sends what was to wait until this user is online.
  Task<void> deliver_awaited(UserId user);
  // Tells those who are there, care, and may see the exact status.
  Task<void> tell(Caller origin);

  const Environment& environment_;
  Hub& hub_;
  Users& users_;
  Online& online_;
  Limits& limits_;
};

}  // namespace heliograph::services
