// How often an address may ask for key exchanges: they cost us a private key operation, the peer nothing.
#pragma once

#include <mutex>
#include <unordered_map>

#include "base/clock.h"
#include "net/address.h"

namespace heliograph::app {

// Counts in whole minutes. Thread-safe.
class HandshakeRate {
 public:
  explicit HandshakeRate(std::size_t per_minute) : per_minute_(per_minute) {}
  bool admit(const net::Address& from, Monotonic now);

 private:
  // Addresses counted at a time. Beyond, newcomers of that minute share one count, so that a flood of
  // addresses costs neither memory nor those who were there before.
  static constexpr std::size_t addresses_max = 100'000;

  const std::size_t per_minute_;
  std::mutex mutex_;
  std::int64_t minute_ = 0;                                                 // guarded by mutex_
  std::unordered_map<net::Address, std::size_t, net::AddressHash> counts_;  // guarded by mutex_
  std::size_t others_ = 0;                                                  // guarded by mutex_
};

}  // namespace heliograph::app
