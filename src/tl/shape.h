// How a C++ type of a reply or argument looks on the wire; the templates of encode.h and decode.h use it.
#pragma once

#include <concepts>
#include <string>
#include <type_traits>
#include <vector>

#include "base/bytes.h"
#include "tl/box.h"
#include "tl/descriptor.h"

namespace heliograph::tl {

// A generated struct of a constructor or of a method.
template <typename C>
concept Generated = requires {
  { C::kIndex } -> std::convertible_to<std::uint16_t>;
};
template <typename F>
concept MethodStruct = Generated<F> && requires { typename F::Reply; };

namespace detail {

template <typename T>
struct ShapeOf;

template <Kind kind, std::uint16_t type = 0>
struct ScalarShape {
  static constexpr Op kOp{kind, Vector::none, 0, kNone, 0, type};
};
template <>
struct ShapeOf<std::int32_t> : ScalarShape<Kind::int32> {};
template <>
struct ShapeOf<std::int64_t> : ScalarShape<Kind::int64> {};
template <>
struct ShapeOf<double> : ScalarShape<Kind::float64> {};
template <>
struct ShapeOf<std::string> : ScalarShape<Kind::string> {};
template <>
struct ShapeOf<bool> : ScalarShape<Kind::boolean> {};
template <>
struct ShapeOf<Bytes> : ScalarShape<Kind::rest> {};
template <>
struct ShapeOf<AnyBox> : ScalarShape<Kind::boxed> {};
template <typename T>
struct ShapeOf<Box<T>> : ScalarShape<Kind::boxed, T::kType> {};
template <typename T>
struct ShapeOf<std::vector<T>> {
  static constexpr Op kOp{ShapeOf<T>::kOp.kind, Vector::boxed, 0, kNone, 0, ShapeOf<T>::kOp.type};
};
template <>
struct ShapeOf<std::vector<Bytes>> {
  static constexpr Op kOp{Kind::bytes, Vector::boxed, 0, kNone, 0, 0};
};

}  // namespace detail
}  // namespace heliograph::tl
