#include <png.h>

#include "images/decode.h"

namespace heliograph::images {

namespace {
// libpng's simple interface keeps its state here; freed whatever happens.
struct PngImage {
  PngImage() { image.version = PNG_IMAGE_VERSION; }
  ~PngImage() { png_image_free(&image); }
  PngImage(const PngImage&) = delete;
  png_image image{};
};
}  // namespace

Result<Decoded> decode_png(ByteView file, const DecodeLimits& limits) {
  PngImage png;
  if (png_image_begin_read_from_memory(&png.image, file.data(), file.size()) == 0) return broken();
  HG_TRY(check_dimensions(png.image.width, png.image.height, limits));
  png.image.format = PNG_FORMAT_RGB;
  Decoded decoded;
  decoded.width = static_cast<std::int32_t>(png.image.width);
  decoded.height = static_cast<std::int32_t>(png.image.height);
  decoded.raster = Raster(decoded.width, decoded.height);
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&png.image, &white, decoded.raster.rgb.data(), 0, nullptr) == 0) return broken();
  return decoded;
}

}  // namespace heliograph::images
