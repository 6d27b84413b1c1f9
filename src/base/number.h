// Numbers as people write them.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph {

// A whole number above 0 and nothing else.
inline std::optional<std::int64_t> positive_number(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || out <= 0) return std::nullopt;
  return out;
}

}  // namespace heliograph
