#include "images/pdq.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "images/decode.h"
#include "images/testing/samples.h"

namespace heliograph::images {
namespace {

// The pictures of tools/pdq/vectors.py, in integers so that they come out the same.
Raster picture(const std::string& name, std::int32_t w, std::int32_t h) {
  Raster raster(w, h);
  std::uint32_t noise = 1;
  for (std::int32_t y = 0; y < h; ++y) {
    auto* to = raster.row(y);
    for (std::int32_t x = 0; x < w; ++x, to += 3) {
      const auto put = [to](std::int32_t r, std::int32_t g, std::int32_t b) {
        to[0] = static_cast<std::uint8_t>(r);
        to[1] = static_cast<std::uint8_t>(g);
        to[2] = static_cast<std::uint8_t>(b);
      };
      if (name == "gradient") {
        put(255 * x * y / (w * h), 255 * (w - x) * y / (w * h), 128);
      } else if (name == "checks") {
        const auto value = (x / 7 + y / 11) % 2 * 255;
        put(value, value, value);
      } else if (name == "shapes") {
        if ((4 * x - w) * (4 * x - w) + (4 * y - h) * (4 * y - h) < w * h) {
          put(230, 40, 60);
        } else if (2 * x > w && 3 * y > h && 5 * x < 4 * w) {
          put(20, 160, 90);
        } else if (x + y < w) {
          put(250, 250, 240);
        } else {
          put(90, 110, 200);
        }
      } else if (name == "waves") {
        const auto value = x * x / 37 + y * y / 53 + x * y / 29;
        put(value % 256, (value + 2 * x) % 256, value / 3 % 256);
      } else {
        for (int c = 0; c < 3; ++c) {
          noise = (noise * 1103515245u + 12345u) & 0x7fffffffu;
          to[c] = static_cast<std::uint8_t>(noise >> 16);
        }
      }
    }
  }
  return raster;
}

TEST(Pdq, IsWhatAnotherImplementationSays) {
  std::ifstream vectors(HELIOGRAPH_SOURCE_DIR "/src/images/testing/pdq_vectors.txt");
  int lines = 0;
  for (std::string line; std::getline(vectors, line); ++lines) {
    std::istringstream words(line);
    std::string name;
    std::int32_t w = 0, h = 0;
    int quality = 0;
    words >> name >> w >> h >> quality;
    const auto made = pdq(picture(name, w, h));
    EXPECT_EQ(made.quality, quality) << name << ' ' << w << 'x' << h;
    for (const auto& turn : made.turns) {
      std::string hex;
      words >> hex;
      // Where there is nothing to see, waves of no strength lie at the median, and fall to either side of it.
      EXPECT_LE(distance(turn, *Hash256::from_hex(hex)), quality < 50 ? 2 : 0)
          << name << ' ' << w << 'x' << h;
    }
  }
  EXPECT_EQ(lines, 50);
}

TEST(Pdq, HardlyChangesWhenAPictureIsMadeSmallerAndCompressed) {
  const auto whole = picture("shapes", 900, 600);
  const auto small = decode_image(testing::jpeg(shrunk(whole, 450, 300)), {});
  ASSERT_TRUE(small);
  const auto a = pdq(whole), b = pdq(small->raster);
  EXPECT_LT(distance(a.turns[0], b.turns[0]), 20);
  EXPECT_GT(distance(a.turns[0], pdq(picture("waves", 900, 600)).turns[0]), 90);
}

TEST(Pdq, HasTheHashOfEveryTurn) {
  const auto whole = picture("shapes", 300, 200);
  const auto made = pdq(whole);
  // The numbers of Exif; among the eight of the turned picture is the one of the picture as it was.
  for (int orientation = 2; orientation <= 8; ++orientation) {
    const auto other = pdq(oriented(whole, orientation));
    int nearest = 256;
    for (const auto& turn : other.turns) nearest = std::min(nearest, distance(turn, made.turns[0]));
    EXPECT_LT(nearest, 31) << orientation;
  }
}

TEST(Pdq, APictureWithNothingToSeeHasNoQuality) {
  EXPECT_EQ(pdq(Raster(300, 200)).quality, 0);
  EXPECT_EQ(pdq(Raster(4, 4)).quality, 0);
  EXPECT_EQ(pdq(Raster(4, 4)).turns[0].bits_set(), 0);
}

}  // namespace
}  // namespace heliograph::images
