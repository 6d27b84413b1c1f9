// Reading and writing the few TL values that MTProto's own messages are made of (core.telegram.org/mtproto/
// TL-formal, serialize). Little-endian, everything padded to 4 bytes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace heliograph::mtproto {

// Reads from bytes that a stranger sent. Reading past the end sets failed() and gives zeros and empty views
// from then on; check once at the end. Views point into the bytes given.
class WireReader {
 public:
  explicit WireReader(ByteView bytes) : rest_(bytes) {}

  std::uint32_t u32() { return number<std::uint32_t>(); }
  std::int32_t i32() { return number<std::int32_t>(); }
  std::int64_t i64() { return number<std::int64_t>(); }

  ByteView raw(std::size_t size) {
    if (size > rest_.size()) return fail();
    const auto out = rest_.first(size);
    rest_ = rest_.subspan(size);
    return out;
  }

  // TL `bytes` or `string`: a length of 1 or 4 bytes, the content, zeros up to a multiple of 4.
  ByteView bytes() {
    if (rest_.empty()) return fail();
    std::size_t size = rest_[0];
    std::size_t header = 1;
    if (size == 255) return fail();
    if (size == 254) {
      if (rest_.size() < 4) return fail();
      size = load_le<std::uint32_t>(rest_.data()) >> 8;
      header = 4;
    }
    const auto padded = (header + size + 3) / 4 * 4;
    const auto whole = raw(padded);
    return failed_ ? ByteView{} : whole.subspan(header, size);
  }

  // Boxed Vector<long> of at most `count_max` elements.
  std::vector<std::int64_t> longs(std::size_t count_max) {
    constexpr std::uint32_t vector_id = 0x1cb5c415;
    if (u32() != vector_id) fail();
    const std::size_t count = u32();
    if (count > count_max || count > rest_.size() / 8) fail();
    if (failed_) return {};
    std::vector<std::int64_t> out(count);
    for (auto& value : out) value = i64();
    return out;
  }

  bool failed() const { return failed_; }
  ByteView rest() const { return rest_; }

 private:
  template <typename T>
  T number() {
    const auto from = raw(sizeof(T));
    return failed_ ? T{} : load_le<T>(from.data());
  }
  ByteView fail() {
    failed_ = true;
    rest_ = {};
    return {};
  }

  ByteView rest_;
  bool failed_ = false;
};

class WireWriter {
 public:
  WireWriter() = default;
  explicit WireWriter(std::size_t reserve) { bytes_.reserve(reserve); }

  WireWriter& u32(std::uint32_t value) { return append_number(value); }
  WireWriter& i32(std::int32_t value) { return append_number(value); }
  WireWriter& i64(std::int64_t value) { return append_number(value); }
  WireWriter& raw(ByteView value) {
    append(bytes_, value);
    return *this;
  }
  // At most 2^24 - 1 bytes.
  WireWriter& bytes(ByteView value) {
    if (value.size() < 254) {
      bytes_.push_back(static_cast<std::uint8_t>(value.size()));
    } else {
      append_number(static_cast<std::uint32_t>(value.size() << 8 | 254));
    }
    raw(value);
    while (bytes_.size() % 4 != 0) bytes_.push_back(0);
    return *this;
  }
  WireWriter& longs(const std::vector<std::int64_t>& values) {
    u32(0x1cb5c415).u32(static_cast<std::uint32_t>(values.size()));
    for (const auto value : values) i64(value);
    return *this;
  }

  Bytes take() { return std::move(bytes_); }

 private:
  template <typename T>
  WireWriter& append_number(T value) {
    append_le(bytes_, value);
    return *this;
  }
  Bytes bytes_;
};

}  // namespace heliograph::mtproto
