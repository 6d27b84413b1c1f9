// Texts of a sliding window, near copies together. A text joins the nearest one that is at most so many bits
// away, or begins a group of its own; a group is known by its first text, so that it does not drift.
//
// Memory is bounded: `groups_most` groups, of each the `entries_most` latest messages; so is the time that
// a look takes, also when somebody makes texts that crowd together. Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/peer.h"

namespace heliograph::safety {

class Copies {
 public:
  static constexpr std::size_t groups_most = 16'384;
  static constexpr std::size_t entries_most = 64;
  // Up to this distance every group that there is room for is found: five bands, one bit off in each.
  static constexpr int distance_most = 9;

  struct Entry {
    UserId author;
    Peer place;
    MessageId message;
    UnixSeconds at = 0;
  };
  struct Group {
    std::uint64_t print = 0;  // of the first
    UnixSeconds first = 0;
    UnixSeconds last = 0;
    bool pardoned = false;       // somebody has looked: it is no campaign
    std::vector<Entry> entries;  // the oldest first
  };

  Copies();

  // The nearest group that was added to at or after `since`; null: none. Valid until the next add().
  const Group* find(std::uint64_t print, int distance, UnixSeconds since) const;
  // Into the group that find() gives, or one of its own. A message that is there already is not added again.
  void add(std::uint64_t print, int distance, UnixSeconds since, const Entry& entry);
  // By its first text and time; null: it is gone.
  const Group* find_exact(std::uint64_t print, UnixSeconds first) const;
  // As if no campaign were in it, from now on.
  void pardon(std::uint64_t print, UnixSeconds first);

  std::size_t groups() const { return used_; }
  std::size_t entries() const { return entries_; }

 private:
  static constexpr std::size_t kBands = 5;
  static constexpr std::uint32_t kBandBits = 13;  // the last has 12
  static constexpr std::uint32_t kNone = 0xffffffff;
  static constexpr std::size_t kBucketMost = 64;

  struct Link {
    std::uint32_t newer = kNone, older = kNone;
  };

  static std::uint32_t band_of(std::uint64_t print, std::size_t band);
  std::vector<std::uint32_t>& bucket(std::size_t band, std::uint32_t value) {
    return buckets_[(band << kBandBits) | value];
  }
  const std::vector<std::uint32_t>& bucket(std::size_t band, std::uint32_t value) const {
    return buckets_[(band << kBandBits) | value];
  }
  std::uint32_t nearest(std::uint64_t print, int distance, UnixSeconds since) const;
  std::uint32_t begin(std::uint64_t print, UnixSeconds at);
  void unlink(std::uint32_t slot);
  void push_newest(std::uint32_t slot);
  void put(Group& group, const Entry& entry);

  std::vector<Group> slots_;
  std::vector<std::uint64_t> prints_;  // by slot, close together: this is what a look reads
  std::vector<Link> links_;            // by when they were added to
  std::vector<std::vector<std::uint32_t>> buckets_;
  std::uint32_t newest_ = kNone, oldest_ = kNone;
  std::size_t used_ = 0, entries_ = 0;
};

}  // namespace heliograph::safety
