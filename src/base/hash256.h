// 256 bits that name something (a SHA-256) or resemble it (a perceptual hash).
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace heliograph {

struct Hash256 {
  static constexpr std::size_t bytes = 32;
  // As written in hexadecimal: words[0] is the first sixteen digits.
  std::array<std::uint64_t, 4> words{};

  auto operator<=>(const Hash256&) const = default;

  // None unless there are exactly 64 hexadecimal digits, of either case.
  static std::optional<Hash256> from_hex(std::string_view digits);
  // None unless there are exactly 32 bytes.
  static std::optional<Hash256> from_bytes(ByteView bytes);
  std::string hex() const { return to_hex(to_bytes()); }
  Bytes to_bytes() const;

  int bits_set() const {
    return std::popcount(words[0]) + std::popcount(words[1]) + std::popcount(words[2]) +
           std::popcount(words[3]);
  }
  // Of the 256 bits as a number.
  void set_bit(int bit) { words[static_cast<std::size_t>(3 - bit / 64)] |= std::uint64_t{1} << (bit % 64); }
};

// Hamming distance: bits that differ.
inline int distance(const Hash256& a, const Hash256& b) {
  return std::popcount(a.words[0] ^ b.words[0]) + std::popcount(a.words[1] ^ b.words[1]) +
         std::popcount(a.words[2] ^ b.words[2]) + std::popcount(a.words[3] ^ b.words[3]);
}

}  // namespace heliograph
