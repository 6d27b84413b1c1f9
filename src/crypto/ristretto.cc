#include "crypto/ristretto.h"

#include <sodium.h>

#include "base/assert.h"

namespace heliograph::crypto {

namespace {

// The group's order, little-endian.
constexpr std::array<std::uint8_t, 32> kOrder{
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

bool is_zero(const std::array<std::uint8_t, 32>& bytes) {
  return sodium_is_zero(bytes.data(), bytes.size()) == 1;
}

}  // namespace

Scalar Scalar::of(std::uint64_t value) {
  Scalar out;
  store_le(out.bytes.data(), value);
  return out;
}

Scalar Scalar::from_wide(const std::array<std::uint8_t, 64>& wide) {
  Scalar out;
  crypto_core_ristretto255_scalar_reduce(out.bytes.data(), wide.data());
  return out;
}

Scalar Scalar::generate(Random& random) {
  std::array<std::uint8_t, 64> wide;
  random.fill(wide);
  const auto out = from_wide(wide);
  sodium_memzero(wide.data(), wide.size());
  return out;
}

Result<Scalar> Scalar::parse(ByteView encoded) {
  Scalar out;
  if (encoded.size() != out.bytes.size()) return fail(Error::invalid("SCALAR_INVALID"));
  std::memcpy(out.bytes.data(), encoded.data(), encoded.size());
  for (std::size_t i = out.bytes.size(); i-- > 0;) {
    if (out.bytes[i] < kOrder[i]) return out;
    if (out.bytes[i] > kOrder[i]) break;
  }
  return fail(Error::invalid("SCALAR_INVALID"));
}

Scalar operator+(const Scalar& a, const Scalar& b) {
  Scalar out;
  crypto_core_ristretto255_scalar_add(out.bytes.data(), a.bytes.data(), b.bytes.data());
  return out;
}

Scalar operator-(const Scalar& a, const Scalar& b) {
  Scalar out;
  crypto_core_ristretto255_scalar_sub(out.bytes.data(), a.bytes.data(), b.bytes.data());
  return out;
}

Scalar operator*(const Scalar& a, const Scalar& b) {
  Scalar out;
  crypto_core_ristretto255_scalar_mul(out.bytes.data(), a.bytes.data(), b.bytes.data());
  return out;
}

Result<Point> Point::parse(ByteView encoded) {
  Point out;
  if (encoded.size() != out.bytes.size()) return fail(Error::invalid("POINT_INVALID"));
  std::memcpy(out.bytes.data(), encoded.data(), encoded.size());
  // libsodium leaves out the identity, which is an element all the same.
  if (!is_zero(out.bytes) && crypto_core_ristretto255_is_valid_point(out.bytes.data()) != 1) {
    return fail(Error::invalid("POINT_INVALID"));
  }
  return out;
}

Point Point::from_hash(const std::array<std::uint8_t, 64>& uniform) {
  Point out;
  crypto_core_ristretto255_from_hash(out.bytes.data(), uniform.data());
  return out;
}

Point Point::base(const Scalar& scalar) {
  Point out;
  // Refuses only to give the identity, which is what `out` is.
  if (crypto_scalarmult_ristretto255_base(out.bytes.data(), scalar.bytes.data()) != 0) return Point{};
  return out;
}

Point operator+(const Point& a, const Point& b) {
  Point out;
  HG_ASSERT(crypto_core_ristretto255_add(out.bytes.data(), a.bytes.data(), b.bytes.data()) == 0);
  return out;
}

Point operator-(const Point& a, const Point& b) {
  Point out;
  HG_ASSERT(crypto_core_ristretto255_sub(out.bytes.data(), a.bytes.data(), b.bytes.data()) == 0);
  return out;
}

Point operator*(const Scalar& scalar, const Point& point) {
  Point out;
  if (crypto_scalarmult_ristretto255(out.bytes.data(), scalar.bytes.data(), point.bytes.data()) != 0) {
    return Point{};
  }
  return out;
}

}  // namespace heliograph::crypto
