#include "tl/gzip.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace heliograph::tl {
namespace {

TEST(Gzip, RoundTrip) {
  const Bytes text(5000, 'a');
  const auto packed = gzip_if_smaller(text);
  ASSERT_TRUE(packed);
  EXPECT_LT(packed->size(), 100u);
  EXPECT_EQ(gunzip(*packed, 5000).value(), text) << "exactly at the limit";
}

TEST(Gzip, ABombStopsAtTheLimit) {
  const auto bomb = gzip_if_smaller(Bytes(50 << 20, 0));
  ASSERT_TRUE(bomb);
  EXPECT_EQ(gunzip(*bomb, 1 << 20).error().code, "GZIP_TOO_LARGE");
}

TEST(Gzip, DamagedOrCutDataIsRefused) {
  auto packed = *gzip_if_smaller(Bytes(5000, 'a'));
  for (std::size_t size = 0; size < packed.size(); ++size) {
    EXPECT_EQ(gunzip(ByteView(packed).first(size), 1 << 20).error().code, "GZIP_INVALID") << size;
  }
  packed[packed.size() / 2] ^= 0x55;
  EXPECT_FALSE(gunzip(packed, 1 << 20));
}

TEST(Gzip, WhatDoesNotShrinkIsLeftAlone) {
  SeededRandom random(1);
  EXPECT_FALSE(gzip_if_smaller(random.bytes(2000)));
  EXPECT_FALSE(gzip_if_smaller(random.bytes(100'000)));
}

TEST(Gzip, TakesAPackedObjectApart) {
  const Bytes plain(500, 7);
  const auto packed = gzip_if_smaller(plain).value();
  Bytes object;
  append_le<std::uint32_t>(object, 0x3072cfa1);
  object.push_back(static_cast<std::uint8_t>(packed.size()));
  append(object, packed);
  while (object.size() % 4 != 0) object.push_back(0);
  ASSERT_TRUE(is_gzip_packed(object));
  EXPECT_EQ(unpack_gzip_packed(object, 1000).value(), plain);
  EXPECT_EQ(unpack_gzip_packed(object, 499).error().code, "GZIP_TOO_LARGE");
  EXPECT_EQ(unpack_gzip_packed(ByteView(object).first(9), 1000).error().code, "GZIP_INVALID");
}

}  // namespace
}  // namespace heliograph::tl
