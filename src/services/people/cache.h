// A bounded cache of what has been read from the store, for readers on many threads.
//
// Staleness is settled by versions, not by removal: an entry remembers the version of its subjects from
// before it was read, and counts only while those have not moved. So a value read just before a change can
// never be remembered after it, whichever thread comes first.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "base/ids.h"

namespace heliograph::services {

// A change counter for every account, in constant memory: accounts share counters, so that now and then
// somebody else's change costs a needless read. Thread-safe.
class Versions {
 public:
  using Version = std::uint32_t;
  Version of(UserId account) const { return counter(account).load(std::memory_order_acquire); }
  void bump(UserId account) { counter(account).fetch_add(1, std::memory_order_acq_rel); }

 private:
  static constexpr std::size_t counters = 1 << 14;
  std::atomic<Version>& counter(UserId account) const {
    return counters_[std::hash<UserId>{}(account) % counters];
  }
  mutable std::array<std::atomic<Version>, counters> counters_{};
};

// Holds between `capacity` and twice as many values, the least recently used going first. `Version` is any
// comparable value. Thread-safe.
template <typename Key, typename Value, typename Version = std::uint64_t, typename Hash = std::hash<Key>>
class VersionedCache {
 public:
  using Pointer = std::shared_ptr<const Value>;

  explicit VersionedCache(std::size_t capacity) : per_shard_(capacity / shards + 1) {}

  // Null: not here, or not of this version any more.
  Pointer find(const Key& key, const Version& version) {
    auto& shard = shard_of(key);
    std::lock_guard lock(shard.mutex);
    if (const auto found = shard.young.find(key); found != shard.young.end()) {
      return found->second.version == version ? found->second.value : nullptr;
    }
    const auto found = shard.old.find(key);
    if (found == shard.old.end()) return nullptr;
    Entry entry = std::move(found->second);
    shard.old.erase(found);
    if (entry.version != version) return nullptr;
    Pointer value = entry.value;
    insert(shard, key, std::move(entry));
    return value;
  }
  void put(const Key& key, const Version& version, Pointer value) {
    auto& shard = shard_of(key);
    std::lock_guard lock(shard.mutex);
    insert(shard, key, {version, std::move(value)});
  }

 private:
  static constexpr std::size_t shards = 32;
  struct Entry {
    Version version;
    Pointer value;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<Key, Entry, Hash> young, old;
  };
  Shard& shard_of(const Key& key) { return shards_[Hash{}(key) / 7 % shards]; }
  // Caller holds shard.mutex.
  void insert(Shard& shard, const Key& key, Entry entry) {
    if (shard.young.size() >= per_shard_) {
      shard.old = std::move(shard.young);
      shard.young.clear();
    }
    shard.young.insert_or_assign(key, std::move(entry));
  }

  std::size_t per_shard_;
  std::array<Shard, shards> shards_;
};

}  // namespace heliograph::services
