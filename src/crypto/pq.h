// The small factoring puzzle of the key exchange (resPQ): its one purpose is to cost the client some work.
#pragma once

#include <cstdint>

#include "base/random.h"

namespace heliograph::crypto {

struct PqPuzzle {
  std::uint64_t pq = 0;  // p * q, below 2^62
  std::uint32_t p = 0;   // p < q, both prime, both in (2^30, 2^31)
  std::uint32_t q = 0;
};

// A few microseconds.
PqPuzzle make_pq(Random& random);

// Exact for all 32-bit numbers.
bool is_prime(std::uint32_t n);

// For test clients: the smaller prime factor of a number made by make_pq (Pollard's rho, milliseconds).
// 0 if no factor was found, e.g. because `pq` is prime.
std::uint64_t factor_pq(std::uint64_t pq);

}  // namespace heliograph::crypto
