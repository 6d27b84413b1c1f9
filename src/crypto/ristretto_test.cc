#include "crypto/ristretto.h"

#include <gtest/gtest.h>

#include "crypto/hash.h"

namespace heliograph::crypto {
namespace {

std::string hex(const Point& point) {
  return to_hex(point.bytes);
}

// RFC 9496, appendix A.1: small multiples of the generator.
TEST(Ristretto, MultiplesOfTheGenerator) {
  EXPECT_EQ(hex(Point::base(Scalar::of(0))), std::string(64, '0'));
  EXPECT_EQ(hex(Point::base(Scalar::of(1))),
            "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76");
  EXPECT_EQ(hex(Point::base(Scalar::of(2))),
            "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919");
  EXPECT_EQ(hex(Point::base(Scalar::of(1)) + Point::base(Scalar::of(1))), hex(Point::base(Scalar::of(2))));
}

// RFC 9496, appendix A.3.
TEST(Ristretto, ElementsFromHashes) {
  const auto digest = sha512(as_bytes("Ristretto is traditionally a short shot of espresso coffee"));
  EXPECT_EQ(hex(Point::from_hash(digest)),
            "3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46");
}

TEST(Ristretto, TheGroupLawsHold) {
  SeededRandom random(7);
  const auto a = Scalar::generate(random), b = Scalar::generate(random);
  const auto p = Point::base(a), q = Point::base(b);
  EXPECT_EQ(p + q, Point::base(a + b));
  EXPECT_EQ(p - q, Point::base(a - b));
  EXPECT_EQ(b * p, Point::base(a * b));
  EXPECT_EQ(p - p, Point{});
  EXPECT_EQ(p + Point{}, p);
  EXPECT_EQ(Scalar::of(0) * p, Point{});
  EXPECT_EQ(Scalar::of(5) * Point{}, Point{});
}

TEST(Ristretto, WhatIsNoElementIsRefused) {
  EXPECT_TRUE(Point::parse(Bytes(32, 0)));
  EXPECT_FALSE(Point::parse(Bytes(32, 0xff)));
  EXPECT_FALSE(Point::parse(Bytes(31, 0)));
  // RFC 9496, appendix A.2: a negative field element.
  EXPECT_FALSE(Point::parse(from_hex("0100000000000000000000000000000000000000000000000000000000000000")));
}

TEST(Ristretto, ScalarsAreReduced) {
  auto order = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  EXPECT_FALSE(Scalar::parse(order));
  order[0] -= 1;
  ASSERT_TRUE(Scalar::parse(order));
  EXPECT_EQ(*Scalar::parse(order) + Scalar::of(1), Scalar::of(0));
  EXPECT_FALSE(Scalar::parse(Bytes(33, 0)));
}

}  // namespace
}  // namespace heliograph::crypto
