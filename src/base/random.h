// Randomness as an interface: the real source is in crypto/random.h, tests hand in a seeded one.
#pragma once

#include <random>

#include "base/bytes.h"

namespace heliograph {

// Thread-safe unless the implementation says otherwise.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(MutableByteView out) = 0;

  template <typename T>
  T next() {
    T value;
    fill({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
    return value;
  }
  Bytes bytes(std::size_t count) {
    Bytes out(count);
    fill(out);
    return out;
  }
  // Uniform in [0, limit); limit > 0.
  std::uint64_t below(std::uint64_t limit) {
    const std::uint64_t threshold = (0 - limit) % limit;
    for (;;) {
      const auto value = next<std::uint64_t>();
      if (value >= threshold) return value % limit;
    }
  }
};

// For tests and simulation: the same seed gives the same bytes. Not thread-safe, not secret.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  void fill(MutableByteView out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(engine_());
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace heliograph
