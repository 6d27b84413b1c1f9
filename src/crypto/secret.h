// Handling of secret bytes: comparing, wiping, keys that wipe themselves.
#pragma once

#include <array>

#include "base/bytes.h"
#include "base/random.h"

namespace heliograph::crypto {

// Same answer as ==, in a time that depends on the lengths only. Different lengths are never equal.
bool equal_constant_time(ByteView a, ByteView b);

// Overwrites memory in a way the compiler may not leave out.
void wipe(MutableByteView secret);

// A 256-bit key that is wiped when it goes. Copies are as secret as the original.
class SecretKey {
 public:
  static constexpr std::size_t size = 32;

  SecretKey() = default;
  explicit SecretKey(const std::array<std::uint8_t, size>& bytes) : bytes_(bytes) {}
  static SecretKey generate(Random& random) {
    SecretKey key;
    random.fill(key.bytes_);
    return key;
  }
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey() { wipe(bytes_); }

  ByteView view() const { return bytes_; }
  const std::uint8_t* data() const { return bytes_.data(); }

  // An independent key for one purpose (HMAC-SHA256 over the label). The same label gives the same key.
  SecretKey derive(std::string_view label) const;

 private:
  std::array<std::uint8_t, size> bytes_{};
};

}  // namespace heliograph::crypto
