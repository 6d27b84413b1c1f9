// Byte strings and their little conversions.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using MutableByteView = std::span<std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes to_bytes(ByteView view) {
  return {view.begin(), view.end()};
}
inline void append(Bytes& to, ByteView what) {
  to.insert(to.end(), what.begin(), what.end());
}

// Little-endian integers, as MTProto and TL use throughout. The caller has checked the length.
template <typename T>
T load_le(const std::uint8_t* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
template <typename T>
void store_le(std::uint8_t* to, T value) {
  std::memcpy(to, &value, sizeof value);
}
template <typename T>
void append_le(Bytes& to, T value) {
  const auto at = to.size();
  to.resize(at + sizeof value);
  store_le(to.data() + at, value);
}
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "load_le and store_le assume it");

// Lower-case hexadecimal, two digits a byte.
std::string to_hex(ByteView bytes);
// Ignores blanks and line breaks; anything else that is not a hex digit gives an empty result.
Bytes from_hex(std::string_view hex);

}  // namespace heliograph
