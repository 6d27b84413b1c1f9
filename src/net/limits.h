// Named limits of the network layer, and who is counted against them.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "net/address.h"

namespace heliograph::net {

struct ConnectionLimits {
  // Unsent bytes after which a reader is too slow and is disconnected.
  std::size_t unsent_bytes = 4 * 1024 * 1024;
  // Unsent bytes must move within this time.
  Duration stall = std::chrono::seconds(60);
  // After finish(): how long the last bytes may take.
  Duration linger = std::chrono::seconds(5);
};

// Counts since the start, for metrics. Thread-safe.
struct Stats {
  std::atomic<std::uint64_t> accepted = 0;
  std::atomic<std::uint64_t> open = 0;
  std::atomic<std::uint64_t> refused_total = 0;    // over Quota::total
  std::atomic<std::uint64_t> refused_address = 0;  // over Quota::per_address
  std::atomic<std::uint64_t> accept_failures = 0;  // out of descriptors or memory
  std::atomic<std::uint64_t> slow_readers = 0;
  std::atomic<std::uint64_t> time_outs = 0;
  std::atomic<std::uint64_t> bytes_in = 0;
  std::atomic<std::uint64_t> bytes_out = 0;
};

// How many connections may be open at a time, in all and per address (an IPv6 /64 counts as one address).
// Thread-safe. Outlives every ticket.
class Quota {
 public:
  struct Sizes {
    std::size_t total = 200'000;
    std::size_t per_address = 1'000;
    // These do not count per address: reverse proxies, behind which everybody looks the same.
    std::vector<Network> exempt;
  };
  explicit Quota(Sizes sizes);
  ~Quota();
  Quota(const Quota&) = delete;

  // A place among the open connections; given back when destroyed.
  class Ticket {
   public:
    Ticket() = default;
    Ticket(Ticket&& other) noexcept;
    Ticket& operator=(Ticket&& other) noexcept;
    ~Ticket();

   private:
    friend class Quota;
    Quota* quota_ = nullptr;
    Address key_;
    bool per_address_ = false;
    bool total_ = false;
  };
  // Errors: NET_TOO_MANY_CONNECTIONS, NET_TOO_MANY_FROM_ADDRESS.
  Result<Ticket> admit(const Address& address);
  // For a connection that was admitted under a proxy's address and now names its client: per address only.
  Result<Ticket> admit_forwarded(const Address& client);
  bool is_exempt(const Address& address) const;

 private:
  struct State;
  Result<Ticket> admit(const Address& address, bool total, bool per_address);
  void give_back(const Ticket& ticket);
  const Sizes sizes_;
  std::unique_ptr<State> state_;
};

}  // namespace heliograph::net
