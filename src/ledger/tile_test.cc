#include "ledger/tile.h"

#include <gtest/gtest.h>

namespace heliograph::ledger {
namespace {

TEST(Tile, PathsAreThoseOfTheSpecification) {
  EXPECT_EQ(tile_path({0, 1234067, 256}), "0/x001/x234/067");
  EXPECT_EQ(tile_path({1, 0, 17}), "1/000.p/17");
  EXPECT_EQ(tile_path({kEntriesLevel, 999, 256}), "entries/999");
  EXPECT_EQ(tile_path({kEntriesLevel, 1000, 255}), "entries/x001/000.p/255");
}

TEST(Tile, EveryPathIsReadBack) {
  for (const int level : {kEntriesLevel, 0, 1, 7, 63}) {
    for (const std::uint64_t index : {0ull, 7ull, 999ull, 1000ull, 999'999ull, 123'456'789'012'345'678ull}) {
      for (const unsigned width : {1u, 99u, 255u, 256u}) {
        const TileId tile{level, index, width};
        EXPECT_EQ(parse_tile_path(tile_path(tile)), tile) << tile_path(tile);
      }
    }
  }
}

TEST(Tile, ThereIsOneSpellingOnly) {
  for (const auto* path : {"",
                           "0",
                           "0/",
                           "/000",
                           "00/000",
                           "64/000",
                           "-1/000",
                           "0/1",
                           "0/0000",
                           "0/001/000",
                           "0/x000/001",
                           "0/x001/x000",
                           "0/000.p/0",
                           "0/000.p/256",
                           "0/000.p/01",
                           "0/000.p/",
                           "0/000.p",
                           "0/000/",
                           "0/000.p/1/x",
                           "data/000",
                           "entries/00a",
                           "0/x001/x001/x001/x001/x001/x001/001",
                           "0/000?",
                           "0/x00"}) {
    EXPECT_FALSE(parse_tile_path(path)) << path;
  }
}

// The specification's example: 70,000 leaves.
TEST(Tile, WidthsInATree) {
  EXPECT_EQ(tile_width(70'000, 0, 272), 256u);
  EXPECT_EQ(tile_width(70'000, 0, 273), 112u);
  EXPECT_EQ(tile_width(70'000, 0, 274), 0u);
  EXPECT_EQ(tile_width(70'000, 1, 0), 256u);
  EXPECT_EQ(tile_width(70'000, 1, 1), 17u);
  EXPECT_EQ(tile_width(70'000, 2, 0), 1u);
  EXPECT_EQ(tile_width(70'000, 3, 0), 0u);
  EXPECT_EQ(tile_width(256, 1, 0), 1u);
  EXPECT_EQ(tile_width(0, 0, 0), 0u);
  EXPECT_EQ(tile_width(~0ull, 63, 0), 0u);
}

}  // namespace
}  // namespace heliograph::ledger
