// Who is online, in memory. What must outlive the process is in store::Account::last_online_at.
#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/clock.h"
#include "base/ids.h"

namespace heliograph::services {

// Bounded: of accounts that are not online, the longest unseen are forgotten first. Thread-safe.
class Online {
 public:
  struct Presence {
    UnixSeconds until = 0;      // online until then; in the past: last seen then
    UnixSeconds stored_at = 0;  // when last written to the store
  };

  explicit Online(std::size_t capacity = 1'000'000) : per_shard_(capacity / shards + 1) {}

  std::optional<Presence> find(UserId user) const;
  void set(UserId user, Presence presence);

 private:
  static constexpr std::size_t shards = 64;
  struct Shard {
    std::mutex mutex;
    std::unordered_map<UserId, Presence> young, old;
  };
  Shard& shard_of(UserId user) const { return shards_[std::hash<UserId>{}(user) % shards]; }

  std::size_t per_shard_;
  mutable std::array<Shard, shards> shards_;
};

}  // namespace heliograph::services
