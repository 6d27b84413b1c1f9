// Base64 and decimal numbers as signed notes and proofs spell them: one spelling a value, no other accepted.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace heliograph::ledger {

// RFC 4648, section 4, with padding.
std::string to_base64(ByteView bytes);
// Nullopt unless `text` is exactly what to_base64() gives for some bytes.
std::optional<Bytes> from_base64(std::string_view text);
// The same, of `size` bytes.
template <std::size_t Size>
std::optional<std::array<std::uint8_t, Size>> from_base64_exactly(std::string_view text) {
  const auto bytes = from_base64(text);
  if (!bytes || bytes->size() != Size) return std::nullopt;
  std::array<std::uint8_t, Size> out;
  std::memcpy(out.data(), bytes->data(), Size);
  return out;
}

// Digits only, no leading zero but "0" itself, at most 18 of them.
std::optional<std::uint64_t> from_decimal(std::string_view text);

// Cuts `text` up to the first line break and takes both off it; nullopt when there is none.
std::optional<std::string_view> take_line(std::string_view& text);

}  // namespace heliograph::ledger
