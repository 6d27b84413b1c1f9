// Pixels in memory, eight bits of red, green and blue each.
#pragma once

#include "base/bytes.h"

namespace heliograph::images {

struct Raster {
  std::int32_t width = 0;
  std::int32_t height = 0;
  Bytes rgb;  // rows from the top, without gaps

  Raster() = default;
  Raster(std::int32_t w, std::int32_t h)
      : width(w), height(h), rgb(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 3) {}
  std::uint8_t* row(std::int32_t y) { return rgb.data() + offset(y); }
  const std::uint8_t* row(std::int32_t y) const { return rgb.data() + offset(y); }

 private:
  std::size_t offset(std::int32_t y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) * 3;
  }
};

// How a picture is to be turned before it is shown, in the numbers of Exif (1: not at all .. 8).
Raster oriented(Raster raster, int orientation);
// The largest square in the middle.
Raster squared(const Raster& raster);
// Made smaller, each new pixel the mean of what it covers; 1 <= width <= raster.width, and so for the height.
Raster shrunk(const Raster& raster, std::int32_t width, std::int32_t height);
// Of the same size, blurred and grey: no more of it is left than 24 by 24 shades.
Raster veiled(const Raster& raster);

}  // namespace heliograph::images
