// The prime-order group ristretto255 (RFC 9496) over libsodium: elements and scalars as their 32-byte
// canonical encodings. All are pure functions, safe on any thread. Nothing here branches on a scalar's value
// but where stated.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"

namespace heliograph::crypto {

// A number modulo the group's order.
struct Scalar {
  std::array<std::uint8_t, 32> bytes{};  // little-endian, reduced

  static Scalar of(std::uint64_t value);
  // Uniform: 64 bytes, reduced.
  static Scalar from_wide(const std::array<std::uint8_t, 64>& wide);
  static Scalar generate(Random& random);
  // invalid SCALAR_INVALID unless it is 32 bytes, below the order.
  static Result<Scalar> parse(ByteView encoded);

  bool operator==(const Scalar&) const = default;
};

Scalar operator+(const Scalar& a, const Scalar& b);
Scalar operator-(const Scalar& a, const Scalar& b);
Scalar operator*(const Scalar& a, const Scalar& b);

// An element of the group; the default is the identity.
struct Point {
  std::array<std::uint8_t, 32> bytes{};

  // invalid POINT_INVALID unless it is 32 bytes that encode an element.
  static Result<Point> parse(ByteView encoded);
  // The element that RFC 9496 derives from 64 uniform bytes: nobody knows its logarithm.
  static Point from_hash(const std::array<std::uint8_t, 64>& uniform);
  // The generator times `scalar`.
  static Point base(const Scalar& scalar);

  bool operator==(const Point&) const = default;
};

// Both must be elements, as everything that parse(), from_hash() and these operators give is.
Point operator+(const Point& a, const Point& b);
Point operator-(const Point& a, const Point& b);
Point operator*(const Scalar& scalar, const Point& point);

}  // namespace heliograph::crypto
