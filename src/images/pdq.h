// PDQ: a hash of what a picture looks like, so that the same picture in another size or quality has one that
// differs in few bits. Published by Facebook in 2019 ("The TMK+PDQF Video-Hashing Algorithm and the PDQ
// Image-Hashing Algorithm"); this is our own implementation, with the same bits as theirs (pdq_test.cc).
#pragma once

#include <array>

#include "base/hash256.h"
#include "images/raster.h"

namespace heliograph::images {

struct Pdq {
  // The picture as it is, turned by 90, 180 and 270 degrees, mirrored upside down, left to right, along the
  // main diagonal, along the other one.
  std::array<Hash256, 8> turns;
  // How much there is to see, 0 to 100. Below 50 a hash says little: unlike pictures may share it.
  int quality = 0;
};

// Pictures with a side below 5 pixels have hashes of zeros and quality 0.
Pdq pdq(const Raster& raster);

}  // namespace heliograph::images
