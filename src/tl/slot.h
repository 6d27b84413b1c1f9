// Typed access to a struct's members through their descriptors. Private to src/tl.
//
// Box<T> and std::vector<Box<T>> of every T are read as AnyBox and std::vector<AnyBox>: Box adds no state.
// This library alone is compiled with -fno-strict-aliasing for it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "tl/box.h"
#include "tl/descriptor.h"

namespace heliograph::tl {

using Int128 = std::array<std::uint8_t, 16>;
using Int256 = std::array<std::uint8_t, 32>;

template <typename T>
const T* peek(const void* slot, bool optional) {
  if (!optional) return static_cast<const T*>(slot);
  const auto& held = *static_cast<const std::optional<T>*>(slot);
  return held ? &*held : nullptr;
}

template <typename T>
T& place(void* slot, bool optional) {
  return optional ? static_cast<std::optional<T>*>(slot)->emplace() : *static_cast<T*>(slot);
}

// Calls visit.template operator()<T>() with the C++ type of one value of the kind.
template <typename Visit>
decltype(auto) with_type(Kind kind, Visit&& visit) {
  switch (kind) {
    case Kind::int32:
      return visit.template operator()<std::int32_t>();
    case Kind::int64:
      return visit.template operator()<std::int64_t>();
    case Kind::float64:
      return visit.template operator()<double>();
    case Kind::string:
      return visit.template operator()<std::string>();
    case Kind::bytes:
    case Kind::rest:
      return visit.template operator()<Bytes>();
    case Kind::int128:
      return visit.template operator()<Int128>();
    case Kind::int256:
      return visit.template operator()<Int256>();
    case Kind::boxed:
    case Kind::bare:
      return visit.template operator()<AnyBox>();
    case Kind::boolean:
    case Kind::flag:
    case Kind::flags:
      break;
  }
  return visit.template operator()<bool>();
}

}  // namespace heliograph::tl
