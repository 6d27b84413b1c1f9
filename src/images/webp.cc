#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
#include <memory>

#include "images/decode.h"

namespace heliograph::images {

namespace {

struct Frame {
  Frame() = default;
  ~Frame() { WebPDemuxReleaseIterator(&iterator); }
  Frame(const Frame&) = delete;
  WebPIterator iterator{};
};

int orientation_in(const WebPDemuxer* demuxer) {
  WebPChunkIterator chunk{};
  int orientation = 1;
  if (WebPDemuxGetChunk(demuxer, "EXIF", 1, &chunk) != 0) {
    orientation = exif_orientation({chunk.chunk.bytes, chunk.chunk.size});
  }
  WebPDemuxReleaseChunkIterator(&chunk);
  return orientation;
}

}  // namespace

Result<Decoded> decode_webp(ByteView file, const DecodeLimits& limits) {
  const WebPData data{file.data(), file.size()};
  const std::unique_ptr<WebPDemuxer, decltype(&WebPDemuxDelete)> demuxer(WebPDemux(&data), WebPDemuxDelete);
  if (!demuxer) return broken();
  const std::int64_t width = WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_WIDTH);
  const std::int64_t height = WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_HEIGHT);
  HG_TRY(check_dimensions(width, height, limits));
  Frame frame;
  if (WebPDemuxGetFrame(demuxer.get(), 1, &frame.iterator) == 0) return broken();
  const auto& first = frame.iterator;
  if (first.width < 1 || first.height < 1 || first.x_offset < 0 || first.y_offset < 0 ||
      first.x_offset + first.width > width || first.y_offset + first.height > height) {
    return broken();
  }
  int real_width = 0, real_height = 0;
  if (WebPGetInfo(first.fragment.bytes, first.fragment.size, &real_width, &real_height) == 0 ||
      real_width != first.width || real_height != first.height) {
    return broken();
  }
  const auto stride = static_cast<std::size_t>(first.width) * 4;
  Bytes rgba(stride * static_cast<std::size_t>(first.height));
  if (WebPDecodeRGBAInto(first.fragment.bytes, first.fragment.size, rgba.data(), rgba.size(),
                         static_cast<int>(stride)) == nullptr) {
    return broken();
  }
  Raster raster(static_cast<std::int32_t>(width), static_cast<std::int32_t>(height));
  std::ranges::fill(raster.rgb, std::uint8_t{255});
  for (int y = 0; y < first.height; ++y) {
    const auto* from = rgba.data() + stride * static_cast<std::size_t>(y);
    auto* to = raster.row(first.y_offset + y) + static_cast<std::ptrdiff_t>(first.x_offset) * 3;
    for (int x = 0; x < first.width; ++x, from += 4, to += 3) {
      for (int c = 0; c < 3; ++c) {
        to[c] = static_cast<std::uint8_t>((from[c] * from[3] + 255 * (255 - from[3])) / 255);
      }
    }
  }
  Decoded decoded;
  decoded.raster = oriented(std::move(raster), orientation_in(demuxer.get()));
  decoded.width = decoded.raster.width;
  decoded.height = decoded.raster.height;
  return decoded;
}

}  // namespace heliograph::images
