// From a file's bytes to pixels. Runs in the worker only: what it reads comes from strangers, through
// libraries that have had their holes.
#pragma once

#include "images/images.h"
#include "images/raster.h"

namespace heliograph::images {

struct DecodeLimits {
  std::int32_t sides_max = 10'000;
  std::int32_t ratio_max = 20;
  // Pictures that their format can give in a smaller size (JPEG) may come in one whose longer side is not
  // below this.
  std::int32_t enough = 2560;
};

struct Decoded {
  Raster raster;           // upright; what is transparent has become white
  std::int32_t width = 0;  // of the picture itself
  std::int32_t height = 0;
};

// invalid PHOTO_EXT_INVALID, PHOTO_INVALID_DIMENSIONS (told from the header, before any pixel is made),
// IMAGE_PROCESS_FAILED.
Result<Decoded> decode_image(ByteView file, const DecodeLimits& limits);

// One a format; decode_image() calls them.
Result<Decoded> decode_jpeg(ByteView file, const DecodeLimits& limits);
Result<Decoded> decode_png(ByteView file, const DecodeLimits& limits);
Result<Decoded> decode_gif(ByteView file, const DecodeLimits& limits);   // the first frame
Result<Decoded> decode_webp(ByteView file, const DecodeLimits& limits);  // the first frame

Status check_dimensions(std::int64_t width, std::int64_t height, const DecodeLimits& limits);
// The orientation that an Exif block asks for: 1 .. 8; 1 where it says nothing or cannot be read.
int exif_orientation(ByteView exif);

std::unexpected<Error> broken();

}  // namespace heliograph::images
