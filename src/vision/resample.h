// A picture in another size, larger or smaller, as the model's authors made it.
#pragma once

#include "images/raster.h"

namespace heliograph::vision {

// Each new pixel is the mean of its neighbourhood, weighted by a triangle that is as wide as two new pixels,
// or two old ones where those are larger.
images::Raster resampled(const images::Raster& from, std::int32_t width, std::int32_t height);

}  // namespace heliograph::vision
