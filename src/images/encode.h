// From pixels to the JPEG files that clients are given: no metadata but the density that the format demands.
#pragma once

#include "base/result.h"
#include "images/raster.h"

namespace heliograph::images {

// `optimize`: with Huffman tables of its own, instead of the usual ones.
Result<Bytes> encode_jpeg(const Raster& raster, int quality, bool optimize);

// The preview that travels inside messages (photoStrippedSize): a small JPEG of quality 20 without the 623
// bytes before its data, which are the same for all, and without the two after it. In their place: 1, height,
// width. Empty where the header is not what clients will put there.
Bytes strip_jpeg(ByteView jpeg);
// What clients make of it. For tests.
Bytes unstrip_jpeg(ByteView stripped);

inline constexpr std::int32_t stripped_side_max = 40;
inline constexpr int stripped_quality = 20;

}  // namespace heliograph::images
