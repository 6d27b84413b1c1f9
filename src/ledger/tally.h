// Counting without showing: the commitments of a range of entries add up to the published counts, or somebody
// lies. docs/ledger.md, "Tallies".
#pragma once

#include <map>

#include "ledger/entry.h"

namespace heliograph::ledger {

// From the private records: how many entries count in each cell, and the sum of their blinding factors.
struct Tally {
  std::uint64_t first = 0;  // of the leaves [first, end)
  std::uint64_t end = 0;
  std::map<std::string, std::uint64_t> counts;  // by cell; without the empty one
  crypto::Scalar blinding;                      // R
};

// From the public entries alone.
class CommitmentSum {
 public:
  void add(const Entry& entry) { sum_ = sum_ + entry.cell; }
  const crypto::Point& value() const { return sum_; }

 private:
  crypto::Point sum_;
};

// Whether sum C = sum n * H(cell) + R * G.
bool holds(const crypto::Point& sum, const Tally& tally);

}  // namespace heliograph::ledger
