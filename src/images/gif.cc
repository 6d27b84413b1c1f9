#include <gif_lib.h>

#include <algorithm>
#include <cstring>

#include "images/decode.h"

namespace heliograph::images {

namespace {

int read_bytes(GifFileType* gif, GifByteType* into, int count) {
  auto& left = *static_cast<ByteView*>(gif->UserData);
  const auto size = std::min(left.size(), static_cast<std::size_t>(std::max(count, 0)));
  std::memcpy(into, left.data(), size);
  left = left.subspan(size);
  return static_cast<int>(size);
}

struct Gif {
  explicit Gif(ByteView bytes) : left(bytes), file(DGifOpen(&left, read_bytes, &error)) {}
  ~Gif() {
    if (file != nullptr) DGifCloseFile(file, &error);
  }
  Gif(const Gif&) = delete;
  int error = 0;
  ByteView left;
  GifFileType* file;
};

// Up to the first picture; the color that is to be seen through, or -1. False: there is no picture.
bool find_first(GifFileType* gif, int& transparent) {
  for (;;) {
    GifRecordType type = UNDEFINED_RECORD_TYPE;
    if (DGifGetRecordType(gif, &type) == GIF_ERROR) return false;
    if (type == IMAGE_DESC_RECORD_TYPE) return DGifGetImageDesc(gif) != GIF_ERROR;
    if (type != EXTENSION_RECORD_TYPE) return false;
    int code = 0;
    GifByteType* block = nullptr;
    if (DGifGetExtension(gif, &code, &block) == GIF_ERROR) return false;
    while (block != nullptr) {
      GraphicsControlBlock control{};
      if (code == GRAPHICS_EXT_FUNC_CODE && DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK) {
        transparent = control.TransparentColor;
      }
      if (DGifGetExtensionNext(gif, &block) == GIF_ERROR) return false;
    }
  }
}

}  // namespace

Result<Decoded> decode_gif(ByteView file, const DecodeLimits& limits) {
  Gif gif(file);
  if (gif.file == nullptr) return broken();
  HG_TRY(check_dimensions(gif.file->SWidth, gif.file->SHeight, limits));
  int transparent = -1;
  if (!find_first(gif.file, transparent)) return broken();
  const auto& frame = gif.file->Image;
  const auto* colors = frame.ColorMap != nullptr ? frame.ColorMap : gif.file->SColorMap;
  if (colors == nullptr || frame.Width < 1 || frame.Height < 1) return broken();
  HG_TRY(check_dimensions(frame.Width, frame.Height, {limits.sides_max, limits.sides_max, 0}));

  Decoded decoded;
  decoded.width = gif.file->SWidth;
  decoded.height = gif.file->SHeight;
  decoded.raster = Raster(decoded.width, decoded.height);
  std::ranges::fill(decoded.raster.rgb, std::uint8_t{255});
  Bytes line(static_cast<std::size_t>(frame.Width));
  // Interlaced files give every eighth row first, then those between.
  struct Pass {
    int first, step;
  };
  static constexpr Pass one[] = {{0, 1}};
  static constexpr Pass four[] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
  const auto passes = frame.Interlace ? std::span<const Pass>(four) : std::span<const Pass>(one);
  for (const auto& pass : passes) {
    for (int y = pass.first; y < frame.Height; y += pass.step) {
      if (DGifGetLine(gif.file, line.data(), frame.Width) == GIF_ERROR) return broken();
      const int to_y = frame.Top + y;
      if (to_y < 0 || to_y >= decoded.height) continue;
      auto* row = decoded.raster.row(to_y);
      for (int x = 0; x < frame.Width; ++x) {
        const int to_x = frame.Left + x;
        const int index = line[static_cast<std::size_t>(x)];
        if (to_x < 0 || to_x >= decoded.width || index == transparent || index >= colors->ColorCount)
          continue;
        const auto& color = colors->Colors[index];
        auto* to = row + static_cast<std::ptrdiff_t>(to_x) * 3;
        to[0] = color.Red;
        to[1] = color.Green;
        to[2] = color.Blue;
      }
    }
  }
  return decoded;
}

}  // namespace heliograph::images
