// The hash by which a client says which list it already has (core.telegram.org/api/offsets#hash-generation).
#pragma once

#include <cstdint>

namespace heliograph::api {

class ListHash {
 public:
  void add(std::int64_t number) {
    hash_ ^= hash_ >> 21;
    hash_ ^= hash_ << 35;
    hash_ ^= hash_ >> 4;
    hash_ += static_cast<std::uint64_t>(number);
  }
  std::int64_t value() const { return static_cast<std::int64_t>(hash_); }

 private:
  std::uint64_t hash_ = 0;
};

}  // namespace heliograph::api
