#include <algorithm>
#include <optional>

#include "images/encode.h"

namespace heliograph::images {

namespace {

constexpr std::size_t header_size = 623;
constexpr std::size_t height_at = 164;  // two bytes each, the higher one first
constexpr std::size_t width_at = 166;

// What clients put before a stripped preview: the header of any JPEG of that quality that this program
// writes. The tests compare it with what the client libraries have.
const Bytes& header() {
  static const Bytes made = [] {
    const auto jpeg = encode_jpeg(Raster(8, 8), stripped_quality, false);
    Bytes bytes = jpeg && jpeg->size() > header_size ? to_bytes(ByteView(*jpeg).first(header_size)) : Bytes();
    if (!bytes.empty()) bytes[height_at - 1] = bytes[height_at] = bytes[width_at - 1] = bytes[width_at] = 0;
    return bytes;
  }();
  return made;
}

}  // namespace

Bytes strip_jpeg(ByteView jpeg) {
  if (header().empty() || jpeg.size() < header_size + 2) return {};
  Bytes begin = to_bytes(jpeg.first(header_size));
  const auto height = begin[height_at], width = begin[width_at];
  begin[height_at] = begin[width_at] = 0;
  if (begin != header()) return {};
  Bytes stripped{1, height, width};
  append(stripped, jpeg.subspan(header_size, jpeg.size() - header_size - 2));
  return stripped;
}

Bytes unstrip_jpeg(ByteView stripped) {
  if (stripped.size() < 3 || stripped[0] != 1) return {};
  Bytes jpeg = header();
  jpeg[height_at] = stripped[1];
  jpeg[width_at] = stripped[2];
  append(jpeg, stripped.subspan(3));
  jpeg.push_back(0xff);
  jpeg.push_back(0xd9);
  return jpeg;
}

}  // namespace heliograph::images
