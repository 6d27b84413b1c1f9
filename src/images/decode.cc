#include "images/decode.h"

#include <algorithm>

namespace heliograph::images {

std::unexpected<Error> broken() {
  return fail(Error::invalid("IMAGE_PROCESS_FAILED", "The picture cannot be read."));
}

Status check_dimensions(std::int64_t width, std::int64_t height, const DecodeLimits& limits) {
  if (width < 1 || height < 1 || width + height > limits.sides_max ||
      std::max(width, height) > std::min(width, height) * limits.ratio_max) {
    return fail(Error::invalid("PHOTO_INVALID_DIMENSIONS", "The picture is too large, or too long."));
  }
  return {};
}

Result<Decoded> decode_image(ByteView file, const DecodeLimits& limits) {
  switch (sniff(file)) {
    case Format::jpeg:
      return decode_jpeg(file, limits);
    case Format::png:
      return decode_png(file, limits);
    case Format::gif:
      return decode_gif(file, limits);
    case Format::webp:
      return decode_webp(file, limits);
    case Format::unknown:
      break;
  }
  return fail(Error::invalid("PHOTO_EXT_INVALID", "This is no picture that can be shown."));
}

// TIFF inside Exif: byte order, then a directory of tags, one of which is the orientation (0x112).
int exif_orientation(ByteView exif) {
  if (as_text(exif).starts_with(std::string_view("Exif\0\0", 6))) exif = exif.subspan(6);
  if (exif.size() < 8) return 1;
  const auto order = as_text(exif.first(2));
  if (order != "II" && order != "MM") return 1;
  const bool little = order == "II";
  const auto number = [&](std::size_t at, std::size_t bytes) -> std::uint32_t {
    if (at > exif.size() || exif.size() - at < bytes) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
      value = value << 8 | exif[at + (little ? bytes - 1 - i : i)];
    }
    return value;
  };
  const std::size_t directory = number(4, 4);
  const auto entries = number(directory, 2);
  for (std::uint32_t i = 0; i < entries; ++i) {
    const auto at = directory + 2 + std::size_t{12} * i;
    if (at + 12 > exif.size()) return 1;
    if (number(at, 2) != 0x112) continue;
    const auto value = number(at + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

}  // namespace heliograph::images
