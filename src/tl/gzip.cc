#include "tl/gzip.h"

#include <zlib.h>

#include <algorithm>

#include "tl/decode.h"

namespace heliograph::tl {
namespace {

constexpr int window_bits = 15;
constexpr int gzip_header = 16;
constexpr int any_header = 32;
constexpr int level = 4;
constexpr std::size_t sample_bytes = 4096;

Bytef* writable(const std::uint8_t* data) {
  return const_cast<Bytef*>(data);
}

std::optional<Bytes> deflate_all(ByteView data, std::size_t size_max) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, window_bits | gzip_header, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return std::nullopt;
  }
  Bytes out(size_max);
  stream.next_in = writable(data.data());
  stream.avail_in = static_cast<uInt>(data.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  const int status = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (status != Z_STREAM_END) return std::nullopt;  // did not fit: not worth it
  out.shrink_to_fit();
  return out;
}

}  // namespace

Result<Bytes> gunzip(ByteView packed, std::size_t size_max) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits | any_header) != Z_OK) {
    return fail(Error::internal("GZIP_UNAVAILABLE"));
  }
  stream.next_in = writable(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  Bytes out;
  int status = Z_OK;
  while (status == Z_OK) {
    const auto had = out.size();
    if (had > size_max) break;
    // One byte over the limit tells "exactly at the limit" from "too large".
    out.resize(std::min(size_max + 1, std::max(had * 2, packed.size() * 3 + 64)));
    stream.next_out = out.data() + had;
    stream.avail_out = static_cast<uInt>(out.size() - had);
    status = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (out.size() > size_max) return fail(Error::invalid("GZIP_TOO_LARGE"));
  if (status != Z_STREAM_END) return fail(Error::invalid("GZIP_INVALID"));
  return out;
}

std::optional<Bytes> gzip_if_smaller(ByteView data) {
  if (data.size() > 4 * sample_bytes) {
    const auto sample = data.first(sample_bytes);
    if (!deflate_all(sample, sample_bytes * 9 / 10)) return std::nullopt;
  }
  return deflate_all(data, data.size() * 9 / 10);
}

bool is_gzip_packed(ByteView object) {
  constexpr std::uint32_t gzip_packed_id = 0x3072cfa1;
  return object.size() >= 4 && load_le<std::uint32_t>(object.data()) == gzip_packed_id;
}

Result<Bytes> unpack_gzip_packed(ByteView object, std::size_t size_max) {
  ByteView rest = object.subspan(4);
  auto content = decode_prefix<std::string>(rest);
  if (!content) return fail(Error::invalid("GZIP_INVALID", "The packed data is cut short."));
  return gunzip(as_bytes(*content), size_max);
}

}  // namespace heliograph::tl
