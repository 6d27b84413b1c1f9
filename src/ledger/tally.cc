#include "ledger/tally.h"

namespace heliograph::ledger {

bool holds(const crypto::Point& sum, const Tally& tally) {
  auto claimed = crypto::Point::base(tally.blinding);
  for (const auto& [cell, count] : tally.counts) {
    claimed = claimed + crypto::Scalar::of(count) * cell_point(cell);
  }
  return claimed == sum;
}

}  // namespace heliograph::ledger
