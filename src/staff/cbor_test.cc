#include "staff/cbor.h"

#include <gtest/gtest.h>

namespace heliograph::staff {
namespace {

TEST(Cbor, ItemsHaveTheirSize) {
  const struct {
    Bytes bytes;
    std::size_t size;
  } cases[] = {
      {{0x00}, 1},              // 0
      {{0x18, 0xff, 0x00}, 2},  // 255, and something after it
      {{0x1b, 0, 0, 0, 0, 0, 0, 0, 1}, 9},
      {{0x42, 1, 2}, 3},             // two bytes
      {{0x62, 'h', 'i'}, 3},         // "hi"
      {{0x82, 0x01, 0x41, 7}, 4},    // [1, h'07']
      {{0xa1, 0x61, 'k', 0x80}, 4},  // {"k": []}
      {{0xf5}, 1},                   // true
  };
  for (const auto& c : cases) EXPECT_EQ(cbor_item_size(c.bytes), c.size) << to_hex(c.bytes);
}

TEST(Cbor, WhatPromisesMoreThanThereIsIsRefused) {
  for (const Bytes& bytes : {Bytes{}, Bytes{0x18}, Bytes{0x42, 1}, Bytes{0x82, 1}, Bytes{0xa1, 1},
                             Bytes{0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0},
                             Bytes{0xbb, 0x80, 0, 0, 0, 0, 0, 0, 0, 0},  // a map of 2^63 pairs
                             Bytes{0x9f, 0xff}, Bytes{0x5f, 0xff},       // of no definite length
                             Bytes{0xc0, 0}, Bytes{0x1c},                // a tag; reserved
                             Bytes{0x81, 0x81, 0x81, 0x81, 0x81, 0x81}}) {
    EXPECT_EQ(cbor_item_size(bytes), std::nullopt) << to_hex(bytes);
  }
  EXPECT_EQ(cbor_item_size(Bytes(10'000, 0x81)), std::nullopt);
}

TEST(Cbor, ByteStringsAreFoundByTheirKey) {
  const Bytes map{0xa2, 0x61, 'a', 0x01, 0x61, 'b', 0x42, 7, 8};
  const auto found = cbor_bytes_in(map, "b");
  ASSERT_TRUE(found);
  EXPECT_EQ(to_bytes(*found), (Bytes{7, 8}));
  EXPECT_FALSE(cbor_bytes_in(map, "a"));
  EXPECT_FALSE(cbor_bytes_in(map, "c"));
  EXPECT_FALSE(cbor_bytes_in(Bytes{0x42, 7, 8}, "b"));
  EXPECT_FALSE(cbor_bytes_in({}, "b"));
}

}  // namespace
}  // namespace heliograph::staff
