#include "base/hash256.h"

namespace heliograph {

std::optional<Hash256> Hash256::from_hex(std::string_view digits) {
  if (digits.size() != 2 * bytes) return std::nullopt;
  Hash256 hash;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const char c = digits[i];
    std::uint64_t value = 0;
    if (c >= '0' && c <= '9') {
      value = static_cast<std::uint64_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      value = static_cast<std::uint64_t>(c - 'a' + 10);
    } else if (c >= 'A' && c <= 'F') {
      value = static_cast<std::uint64_t>(c - 'A' + 10);
    } else {
      return std::nullopt;
    }
    hash.words[i / 16] = hash.words[i / 16] << 4 | value;
  }
  return hash;
}

std::optional<Hash256> Hash256::from_bytes(ByteView from) {
  if (from.size() != bytes) return std::nullopt;
  Hash256 hash;
  for (std::size_t i = 0; i < bytes; ++i) hash.words[i / 8] = hash.words[i / 8] << 8 | from[i];
  return hash;
}

Bytes Hash256::to_bytes() const {
  Bytes out(bytes);
  for (std::size_t i = 0; i < bytes; ++i) {
    out[i] = static_cast<std::uint8_t>(words[i / 8] >> (56 - 8 * (i % 8)));
  }
  return out;
}

}  // namespace heliograph
