// PDQ hashes, found by nearness: multi-index hashing (Norouzi, Punjani, Fleet 2012). The 256 bits are cut
// into m bands; two hashes that differ in at most r bits differ in at most r/m bits of one band, so it is
// enough to look at the hashes that share such a band. How many bands there are depends on how many hashes:
// many short ones suit few hashes, few long ones many.
//
// Memory: 32 bytes a hash, and 4 a band (8 to 16 of them); and the bands' tables.
#pragma once

#include <cstdint>
#include <vector>

#include "base/hash256.h"

namespace heliograph::safety {

class PdqIndex {
 public:
  // The largest distance that can be asked for.
  static constexpr int radius_max = 31;

  struct Found {
    std::uint32_t number = 0;  // as the hashes were given
    int distance = 0;
  };

  PdqIndex() = default;
  explicit PdqIndex(std::vector<Hash256> hashes);

  // All within `radius`, in ascending order of number. Thread-safe.
  void find(const Hash256& query, int radius, std::vector<Found>& found) const;

  std::size_t size() const { return hashes_.size(); }
  const Hash256& at(std::uint32_t number) const { return hashes_[number]; }
  std::size_t memory_bytes() const;
  std::size_t bands() const { return bands_.size(); }

 private:
  struct Band {
    int first = 0, bits = 0;            // where it lies
    int radius = 0;                     // how many of its bits may differ
    std::vector<std::uint32_t> begins;  // by the band's value: where its numbers begin
    std::vector<std::uint32_t> numbers;
    std::uint32_t of(const Hash256& hash) const;
  };
  static std::vector<Band> plan(std::size_t count);

  std::vector<Hash256> hashes_;
  std::vector<Band> bands_;  // none: few hashes, which are looked at one by one
};

}  // namespace heliograph::safety
