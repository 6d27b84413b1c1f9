// One number for what a text says: near copies have numbers that differ in few bits (Charikar's simhash).
#pragma once

#include <bit>
#include <cstdint>
#include <span>

namespace heliograph::safety {

// Of features as extract_features() makes them, in any order. The same everywhere and for ever. Below 2^16
// features; linear in them.
std::uint64_t simhash(std::span<const std::uint32_t> features);

// In how many of 64 bits they differ. Unrelated texts differ in about 32.
inline int hamming(std::uint64_t a, std::uint64_t b) {
  return std::popcount(a ^ b);
}

}  // namespace heliograph::safety
