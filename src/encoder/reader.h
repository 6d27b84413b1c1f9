// Reads a file of weights front to back. What is not there is not read: then `ok` is false, and stays so.
#pragma once

#include <cstring>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace heliograph::encoder {

struct Reader {
  ByteView rest;
  bool ok = true;

  ByteView bytes(std::uint64_t count) {
    if (!ok || count > rest.size()) {
      ok = false;
      return {};
    }
    const auto taken = rest.first(static_cast<std::size_t>(count));
    rest = rest.subspan(taken.size());
    return taken;
  }
  // 0 where there is nothing more.
  template <typename T>
  T number() {
    T value{};
    const auto taken = bytes(sizeof value);
    if (ok) std::memcpy(&value, taken.data(), sizeof value);
    return value;
  }
  template <typename T>
  std::vector<T> numbers(std::uint64_t count) {
    const auto taken = bytes(count > rest.size() ? ~std::uint64_t{0} : count * sizeof(T));
    std::vector<T> values(taken.size() / sizeof(T));
    if (!values.empty()) std::memcpy(values.data(), taken.data(), values.size() * sizeof(T));
    return values;
  }
  std::string text(std::uint64_t size) { return std::string(as_text(bytes(size))); }
};

}  // namespace heliograph::encoder
