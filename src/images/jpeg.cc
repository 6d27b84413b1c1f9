#include <csetjmp>
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>
// After jpeglib.h.
#include <jerror.h>

#include <algorithm>

#include "images/decode.h"
#include "images/encode.h"

namespace heliograph::images {

namespace {

// libjpeg reports through a jump: nothing with a destructor may live between setjmp and where it jumps from.
struct Errors {
  jpeg_error_mgr base;
  std::jmp_buf jump;
};

void on_error(j_common_ptr info) {
  std::longjmp(reinterpret_cast<Errors*>(info->err)->jump, 1);
}
// Cameras write harmless oddities; what matters is whether pixels are missing.
void on_message(j_common_ptr info, int level) {
  const auto code = info->err->msg_code;
  if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)) ++info->err->num_warnings;
}
void on_output(j_common_ptr) {}

jpeg_error_mgr* prepare(Errors& errors) {
  auto* base = jpeg_std_error(&errors.base);
  base->error_exit = on_error;
  base->emit_message = on_message;
  base->output_message = on_output;
  return base;
}

// From black ink to red, green, blue; files made by Adobe's programs have their inks inverted.
void cmyk_to_rgb(const std::uint8_t* from, std::uint8_t* to, std::int32_t width, bool inverted) {
  for (std::int32_t x = 0; x < width; ++x, from += 4, to += 3) {
    const int k = inverted ? from[3] : 255 - from[3];
    for (int c = 0; c < 3; ++c) {
      const int ink = inverted ? from[c] : 255 - from[c];
      to[c] = static_cast<std::uint8_t>(ink * k / 255);
    }
  }
}

class JpegReader {
 public:
  JpegReader() { info_.err = prepare(errors_); }
  ~JpegReader() { jpeg_destroy_decompress(&info_); }
  JpegReader(const JpegReader&) = delete;

  bool read_header(ByteView file) {
    if (setjmp(errors_.jump) != 0) return false;
    jpeg_create_decompress(&info_);
    info_.mem->max_memory_to_use = 256 << 20;
    jpeg_mem_src(&info_, file.data(), file.size());
    jpeg_save_markers(&info_, JPEG_APP0 + 1, 0xffff);
    return jpeg_read_header(&info_, TRUE) == JPEG_HEADER_OK;
  }
  std::int64_t width() const { return info_.image_width; }
  std::int64_t height() const { return info_.image_height; }
  int orientation() const {
    for (const auto* marker = info_.marker_list; marker != nullptr; marker = marker->next) {
      const ByteView data(marker->data, marker->data_length);
      if (as_text(data).starts_with("Exif")) return exif_orientation(data);
    }
    return 1;
  }
  // How large the pixels will come.
  bool choose_size(std::int32_t enough, std::int32_t& width, std::int32_t& height) {
    if (setjmp(errors_.jump) != 0) return false;
    const bool four = info_.jpeg_color_space == JCS_CMYK || info_.jpeg_color_space == JCS_YCCK;
    info_.out_color_space = four ? JCS_CMYK : JCS_RGB;
    const auto longer = std::max(info_.image_width, info_.image_height);
    info_.scale_num = 1;
    info_.scale_denom = 1;
    while (info_.scale_denom < 8 && longer / (info_.scale_denom * 2) >= static_cast<unsigned>(enough)) {
      info_.scale_denom *= 2;
    }
    jpeg_calc_output_dimensions(&info_);
    width = static_cast<std::int32_t>(info_.output_width);
    height = static_cast<std::int32_t>(info_.output_height);
    return true;
  }
  // `line` has room for a row of four bytes a pixel. A file that ends too early counts as broken.
  bool read_pixels(Raster& into, std::uint8_t* line) {
    if (setjmp(errors_.jump) != 0) return false;
    jpeg_start_decompress(&info_);
    const bool four = info_.output_components == 4;
    while (info_.output_scanline < info_.output_height) {
      const auto y = static_cast<std::int32_t>(info_.output_scanline);
      JSAMPROW row = four ? line : into.row(y);
      if (jpeg_read_scanlines(&info_, &row, 1) != 1) return false;
      if (four) cmyk_to_rgb(line, into.row(y), into.width, info_.saw_Adobe_marker != 0);
    }
    // libjpeg fills up what is missing and only warns.
    return errors_.base.num_warnings == 0;
  }

 private:
  jpeg_decompress_struct info_{};
  Errors errors_{};
};

class JpegWriter {
 public:
  JpegWriter() { info_.err = prepare(errors_); }
  ~JpegWriter() {
    jpeg_destroy_compress(&info_);
    std::free(bytes_);
  }
  JpegWriter(const JpegWriter&) = delete;

  bool write(const Raster& raster, int quality, bool optimize) {
    if (setjmp(errors_.jump) != 0) return false;
    jpeg_create_compress(&info_);
    jpeg_mem_dest(&info_, &bytes_, &size_);
    info_.image_width = static_cast<JDIMENSION>(raster.width);
    info_.image_height = static_cast<JDIMENSION>(raster.height);
    info_.input_components = 3;
    info_.in_color_space = JCS_RGB;
    jpeg_set_defaults(&info_);
    jpeg_set_quality(&info_, quality, TRUE);
    info_.optimize_coding = optimize ? TRUE : FALSE;
    jpeg_start_compress(&info_, TRUE);
    while (info_.next_scanline < info_.image_height) {
      auto* row = const_cast<std::uint8_t*>(raster.row(static_cast<std::int32_t>(info_.next_scanline)));
      jpeg_write_scanlines(&info_, &row, 1);
    }
    jpeg_finish_compress(&info_);
    return true;
  }
  ByteView bytes() const { return {bytes_, size_}; }

 private:
  jpeg_compress_struct info_{};
  Errors errors_{};
  unsigned char* bytes_ = nullptr;
  unsigned long size_ = 0;
};

}  // namespace

Result<Decoded> decode_jpeg(ByteView file, const DecodeLimits& limits) {
  JpegReader reader;
  if (!reader.read_header(file)) return broken();
  HG_TRY(check_dimensions(reader.width(), reader.height(), limits));
  Decoded decoded;
  decoded.width = static_cast<std::int32_t>(reader.width());
  decoded.height = static_cast<std::int32_t>(reader.height());
  const int orientation = reader.orientation();
  if (orientation >= 5) std::swap(decoded.width, decoded.height);
  std::int32_t width = 0, height = 0;
  if (!reader.choose_size(limits.enough, width, height)) return broken();
  Raster raster(width, height);
  Bytes line(static_cast<std::size_t>(width) * 4);
  if (!reader.read_pixels(raster, line.data())) return broken();
  decoded.raster = oriented(std::move(raster), orientation);
  return decoded;
}

Result<Bytes> encode_jpeg(const Raster& raster, int quality, bool optimize) {
  JpegWriter writer;
  if (!writer.write(raster, quality, optimize)) return broken();
  return to_bytes(writer.bytes());
}

}  // namespace heliograph::images
