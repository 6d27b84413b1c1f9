#include "images/pdq.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <vector>

namespace heliograph::images {

namespace {

constexpr std::int32_t side_min = 5;
constexpr std::size_t small = 64;  // what a picture is blurred and thinned out to
constexpr std::size_t waves = 16;  // of these, the lowest in each direction but the constant one
constexpr int blurs = 2;           // a box twice is a tent

using Luminance = std::vector<float>;
using Thumb = std::array<std::array<float, small>, small>;
using Spectrum = std::array<std::array<float, waves>, waves>;

Luminance luminance_of(const Raster& raster) {
  Luminance all(static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height));
  const auto* from = raster.rgb.data();
  for (auto& value : all) {
    value = 0.299f * static_cast<float>(from[0]) + 0.587f * static_cast<float>(from[1]) +
            0.114f * static_cast<float>(from[2]);
    from += 3;
  }
  return all;
}

// Half of what one pixel of the thumb covers: two boxes make the whole.
std::size_t box_of(std::size_t side) {
  return (side + 2 * small - 1) / (2 * small);
}

// The mean of `box` neighbours, of fewer at the ends. `count` lines side by side are blurred at once: `step`
// leads along a line, `next` to the line beside it.
void blur(const float* in, float* out, std::size_t length, std::size_t step, std::size_t count,
          std::size_t next, std::size_t box) {
  const std::size_t ahead = (box + 2) / 2 - 1;  // of the pixel in the middle
  std::vector<float> sums(count);
  float within = 0;
  const auto add = [&](std::size_t at) {
    const auto* from = in + at * step;
    for (std::size_t line = 0; line < count; ++line) sums[line] += from[line * next];
    ++within;
  };
  for (std::size_t at = 0; at < std::min(ahead, length); ++at) add(at);
  for (std::size_t at = 0; at < length; ++at) {
    if (at + ahead < length) add(at + ahead);
    if (at + ahead >= box) {
      const auto* from = in + (at + ahead - box) * step;
      for (std::size_t line = 0; line < count; ++line) sums[line] -= from[line * next];
      --within;
    }
    auto* to = out + at * step;
    for (std::size_t line = 0; line < count; ++line) to[line * next] = sums[line] / within;
  }
}

Thumb thumb_of(const Raster& raster) {
  const auto width = static_cast<std::size_t>(raster.width), height = static_cast<std::size_t>(raster.height);
  auto values = luminance_of(raster);
  if (width != small || height != small) {
    Luminance other(values.size());
    for (int i = 0; i < blurs; ++i) {
      for (std::size_t y = 0; y < height; ++y) {
        blur(&values[y * width], &other[y * width], width, 1, 1, 0, box_of(width));
      }
      blur(other.data(), values.data(), height, width, width, 1, box_of(height));
    }
  }
  Thumb thumb;
  for (std::size_t y = 0; y < small; ++y) {
    const auto from_y = (2 * y + 1) * height / (2 * small);
    for (std::size_t x = 0; x < small; ++x) {
      thumb[y][x] = values[from_y * width + (2 * x + 1) * width / (2 * small)];
    }
  }
  return thumb;
}

// Steps between neighbours, in whole hundredths of black to white, so that noise does not count.
int quality_of(const Thumb& thumb) {
  const auto step = [](float a, float b) { return std::abs(static_cast<int>((a - b) * 100 / 255)); };
  int sum = 0;
  for (std::size_t y = 0; y < small; ++y) {
    for (std::size_t x = 0; x < small; ++x) {
      if (y + 1 < small) sum += step(thumb[y][x], thumb[y + 1][x]);
      if (x + 1 < small) sum += step(thumb[y][x], thumb[y][x + 1]);
    }
  }
  return std::min(sum / 90, 100);
}

// The cosine transform's rows for the waves 1 to 16.
using Cosines = std::array<std::array<float, small>, waves>;
const Cosines& cosines() {
  static const Cosines made = [] {
    Cosines all;
    const auto scale = static_cast<double>(static_cast<float>(std::sqrt(2.0 / small)));
    for (std::size_t i = 0; i < waves; ++i) {
      for (std::size_t k = 0; k < small; ++k) {
        const auto wave = static_cast<double>((i + 1) * (2 * k + 1));
        all[i][k] = static_cast<float>(scale * std::cos(std::numbers::pi / 2.0 / small * wave));
      }
    }
    return all;
  }();
  return made;
}

Spectrum spectrum_of(const Thumb& thumb) {
  const auto& cosine = cosines();
  std::array<std::array<float, small>, waves> half{};
  for (std::size_t i = 0; i < waves; ++i) {
    for (std::size_t k = 0; k < small; ++k) {
      for (std::size_t x = 0; x < small; ++x) half[i][x] += cosine[i][k] * thumb[k][x];
    }
  }
  Spectrum spectrum{};
  for (std::size_t i = 0; i < waves; ++i) {
    for (std::size_t j = 0; j < waves; ++j) {
      for (std::size_t k = 0; k < small; ++k) spectrum[i][j] += half[i][k] * cosine[j][k];
    }
  }
  return spectrum;
}

// A bit for each wave that is stronger than the (lower) median.
Hash256 bits_of(const Spectrum& spectrum) {
  std::array<float, waves * waves> sorted;
  for (std::size_t i = 0; i < waves; ++i) std::ranges::copy(spectrum[i], &sorted[i * waves]);
  const auto middle = sorted.begin() + sorted.size() / 2 - 1;
  std::nth_element(sorted.begin(), middle, sorted.end());
  Hash256 hash;
  for (std::size_t i = 0; i < waves; ++i) {
    for (std::size_t j = 0; j < waves; ++j) {
      if (spectrum[i][j] > *middle) hash.set_bit(static_cast<int>(i * waves + j));
    }
  }
  return hash;
}

// A turned picture has the same waves: some negative, and rows for columns. Of the waves 1, 3, 5, ... (index
// 0, 2, 4) a mirror turns the sign.
Spectrum turned(const Spectrum& from, bool swapped, bool negative_rows, bool negative_columns) {
  Spectrum out;
  for (std::size_t i = 0; i < waves; ++i) {
    for (std::size_t j = 0; j < waves; ++j) {
      const bool negative = (negative_rows && i % 2 == 0) != (negative_columns && j % 2 == 0);
      (swapped ? out[j][i] : out[i][j]) = negative ? -from[i][j] : from[i][j];
    }
  }
  return out;
}

}  // namespace

Pdq pdq(const Raster& raster) {
  Pdq made;
  if (raster.width < side_min || raster.height < side_min) return made;
  const auto thumb = thumb_of(raster);
  made.quality = quality_of(thumb);
  const auto spectrum = spectrum_of(thumb);
  constexpr struct {
    bool swapped, negative_rows, negative_columns;
  } turns[] = {{false, false, false}, {true, false, true},  {false, true, true},  {true, true, false},
               {false, true, false},  {false, false, true}, {true, false, false}, {true, true, true}};
  for (std::size_t i = 0; i < made.turns.size(); ++i) {
    const auto& turn = turns[i];
    made.turns[i] = bits_of(turned(spectrum, turn.swapped, turn.negative_rows, turn.negative_columns));
  }
  return made;
}

}  // namespace heliograph::images
