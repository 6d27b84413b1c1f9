#include "store/console.h"

#include <bit>

#include "base/assert.h"
#include "store/tx.h"

namespace heliograph::store {

ConsoleTables& console_of(Tx& tx) {
  auto* tables = dynamic_cast<ConsoleTables*>(&tx);
  HG_ASSERT(tables != nullptr);
  return *tables;
}

// The highest bit, and the three after it.
std::int32_t wait_bucket(UnixSeconds seconds) {
  if (seconds < 8) return static_cast<std::int32_t>(seconds < 0 ? 0 : seconds);
  const auto value = static_cast<std::uint64_t>(seconds);
  const int doublings = std::bit_width(value) - 4;
  return 8 * doublings + static_cast<std::int32_t>(value >> doublings);
}

UnixSeconds wait_of(std::int32_t bucket) {
  if (bucket < 16) return bucket;
  const int doublings = bucket / 8 - 1;
  const auto low = static_cast<UnixSeconds>(8 + bucket % 8) << doublings;
  return low + (UnixSeconds{1} << doublings) / 2;
}

}  // namespace heliograph::store
