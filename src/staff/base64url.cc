#include "staff/base64url.h"

namespace heliograph::staff {

namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::string to_base64url(ByteView bytes) {
  std::string out;
  out.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t bits = 0;
  int have = 0;
  for (const auto byte : bytes) {
    bits = bits << 8 | byte;
    for (have += 8; have >= 6; have -= 6) out += kLetters[bits >> (have - 6) & 63];
  }
  if (have > 0) out += kLetters[bits << (6 - have) & 63];
  return out;
}

std::optional<Bytes> from_base64url(std::string_view text) {
  Bytes out;
  out.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int have = 0;
  for (const char letter : text) {
    const auto value = kLetters.find(letter);
    if (value == kLetters.npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    have += 6;
    if (have >= 8) {
      have -= 8;
      out.push_back(static_cast<std::uint8_t>(bits >> have));
    }
  }
  // Neither a letter too many nor bits that say nothing.
  if (have >= 6 || (bits & ((1U << have) - 1)) != 0) return std::nullopt;
  return out;
}

}  // namespace heliograph::staff
