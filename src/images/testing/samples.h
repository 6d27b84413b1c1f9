// Pictures for tests, made on the spot.
#pragma once

#include <png.h>
#include <webp/encode.h>

#include <cstdlib>
#include <stdexcept>

#include "images/encode.h"
#include "images/raster.h"

namespace heliograph::images::testing {

// Red grows to the right, green downwards; blue is 128.
inline Raster gradient(std::int32_t width, std::int32_t height) {
  Raster raster(width, height);
  for (std::int32_t y = 0; y < height; ++y) {
    auto* to = raster.row(y);
    for (std::int32_t x = 0; x < width; ++x, to += 3) {
      to[0] = static_cast<std::uint8_t>(255 * x / width);
      to[1] = static_cast<std::uint8_t>(255 * y / height);
      to[2] = 128;
    }
  }
  return raster;
}

inline Bytes jpeg(const Raster& raster) {
  auto bytes = encode_jpeg(raster, 90, false);
  if (!bytes) throw std::runtime_error("no JPEG");
  return std::move(*bytes);
}
inline Bytes jpeg(std::int32_t width, std::int32_t height) {
  return jpeg(gradient(width, height));
}

inline Bytes png(const Raster& raster) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(raster.width);
  image.height = static_cast<png_uint_32>(raster.height);
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, raster.rgb.data(), 0, nullptr);
  Bytes bytes(size);
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, raster.rgb.data(), 0, nullptr) == 0) {
    throw std::runtime_error("no PNG");
  }
  bytes.resize(size);
  return bytes;
}

inline Bytes webp(const Raster& raster) {
  std::uint8_t* out = nullptr;
  const auto size = WebPEncodeRGB(raster.rgb.data(), raster.width, raster.height, raster.width * 3, 90, &out);
  Bytes bytes(out, out + size);
  WebPFree(out);
  return bytes;
}

// Two by two: red, green / blue, white; a single frame.
inline Bytes gif() {
  return from_hex(
      "474946383961 0200 0200 91 00 00 ff0000 00ff00 0000ff ffffff"
      "2c 0000 0000 0200 0200 00 02 03 443405 00"
      "3b");
}

// An Exif block that says how to turn the picture, and where it was taken.
inline Bytes exif(int orientation) {
  Bytes tiff = from_hex("4d4d 002a 00000008 0002");
  append(tiff, from_hex("0112 0003 00000001"));
  tiff.push_back(0);
  tiff.push_back(static_cast<std::uint8_t>(orientation));
  append(tiff, from_hex("0000"));
  append(tiff, from_hex("8825 0004 00000001 00000000"));
  append(tiff, from_hex("00000000"));
  append(tiff, as_bytes("GPS 52.5200 N 13.4050 E"));
  Bytes block = to_bytes(as_bytes(std::string_view("Exif\0\0", 6)));
  append(block, tiff);
  return block;
}
// `jpeg` with the block right after its start.
inline Bytes with_exif(const Bytes& jpeg, int orientation) {
  const auto block = exif(orientation);
  Bytes bytes(jpeg.begin(), jpeg.begin() + 2);
  const auto size = block.size() + 2;
  bytes.insert(bytes.end(),
               {0xff, 0xe1, static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)});
  append(bytes, block);
  append(bytes, ByteView(jpeg).subspan(2));
  return bytes;
}

// A PNG whose header promises so many pixels, and that holds none of them.
inline Bytes bomb(std::uint32_t width, std::uint32_t height) {
  Bytes header = to_bytes(as_bytes("IHDR"));
  const auto number = [](Bytes& to, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) to.push_back(static_cast<std::uint8_t>(value >> shift));
  };
  number(header, width);
  number(header, height);
  append(header, from_hex("0802000000"));
  Bytes bytes = from_hex("89504e470d0a1a0a 0000000d");
  append(bytes, header);
  std::uint32_t crc = 0xffffffff;
  for (const auto byte : header) {
    crc ^= byte;
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  number(bytes, ~crc);
  append(bytes, from_hex("0000000a 49444154 789c 0300 0000 0001 00000000 0000000049454e44ae426082"));
  return bytes;
}

}  // namespace heliograph::images::testing
