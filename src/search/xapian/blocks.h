// Bounds of what 4,096 documents in a row hold, so that a search can pass over what cannot matter: the blocks
// outside its dates, and all that is left once nothing older can be good enough. Bounds only ever widen, so
// that newer ones are right for an older state of the index too.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "search/xapian/layout.h"

namespace heliograph::search {

struct Block {
  std::uint32_t first_date = std::numeric_limits<std::uint32_t>::max();  // of posts; peers do not count
  std::uint32_t last_date = 0;
  std::uint16_t most_weight = 0;
  std::uint16_t first_since = std::numeric_limits<std::uint16_t>::max();  // of those of which it is known

  void widen(const Facts& facts) {
    if (facts.date != 0) {
      first_date = std::min(first_date, facts.date);
      last_date = std::max(last_date, facts.date);
    }
    most_weight = std::max(most_weight, facts.weight);
    if (facts.since != 0) first_since = std::min(first_since, facts.since);
  }
  void fields(auto& codec) { codec(first_date, last_date, most_weight, first_since); }
};

class Blocks {
 public:
  static constexpr std::uint32_t documents = 4'096;

  static std::size_t number(Xapian::docid id) { return (first_docid - id) / documents; }
  // The documents of block n have ids from first_of(n) to last_of(n).
  static Xapian::docid last_of(std::size_t n) {
    return first_docid - static_cast<Xapian::docid>(n) * documents;
  }

  void widen(Xapian::docid id, const Facts& facts) { set(number(id)).widen(facts); }
  Block& set(std::size_t n) {
    if (n >= blocks_.size()) blocks_.resize(n + 1);
    return blocks_[n];
  }
  // Call when the blocks are complete.
  void finish() {
    up_to_.resize(blocks_.size());
    for (std::size_t n = 0; n < blocks_.size(); ++n) {
      up_to_[n] = n == 0 ? Block{} : up_to_[n - 1];
      up_to_[n].last_date = std::max(up_to_[n].last_date, blocks_[n].last_date);
      up_to_[n].most_weight = std::max(up_to_[n].most_weight, blocks_[n].most_weight);
      up_to_[n].first_since = std::min(up_to_[n].first_since, blocks_[n].first_since);
    }
  }
  const Block& at(std::size_t n) const { return n < blocks_.size() ? blocks_[n] : everything(); }
  // Bounds of block n and all that a search comes to after it.
  const Block& from(std::size_t n) const { return n < up_to_.size() ? up_to_[n] : everything(); }

 private:
  static const Block& everything() {
    static const Block block{0, std::numeric_limits<std::uint32_t>::max(),
                             std::numeric_limits<std::uint16_t>::max(), 1};
    return block;
  }
  std::vector<Block> blocks_;
  std::vector<Block> up_to_;  // widest of 0..n; first_date is not kept
};

}  // namespace heliograph::search
