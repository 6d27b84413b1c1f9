// The encoding of small documents in the store: one description of the fields serves both directions.
//
//   struct Draft {
//     std::string text;
//     UnixSeconds date = 0;
//     void fields(auto& codec) { codec(text, date); }
//   };
//   Bytes b = encode(draft);   Result<Draft> d = decode<Draft>(b);
//
// Format: integers as LEB128 (signed ones zigzag), strings and structs length-prefixed, sequences counted, an
// optional as a 0/1 and the value. Evolution: fields may only be added at the end of a struct; a shorter
// stored value leaves the new fields at their defaults, and unknown trailing fields are ignored.
// decode() never reads outside its input, and allocates no more than a small multiple of its length.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"

namespace heliograph {

namespace codec {

template <typename T>
concept Number = std::integral<T> || std::is_enum_v<T>;

class Encoder {
 public:
  template <typename... Fields>
  void operator()(Fields&... fields) {
    (put(fields), ...);
  }
  Bytes out;

 private:
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      out.push_back(static_cast<std::uint8_t>(value | 0x80));
      value >>= 7;
    }
    out.push_back(static_cast<std::uint8_t>(value));
  }
  template <Number T>
  void put(T value) {
    if constexpr (std::is_enum_v<T>) {
      put(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::is_signed_v<T>) {
      const auto wide = static_cast<std::int64_t>(value);
      number(static_cast<std::uint64_t>(wide) << 1 ^ static_cast<std::uint64_t>(wide >> 63));
    } else {
      number(value);
    }
  }
  void put(const std::string& text) {
    number(text.size());
    append(out, as_bytes(text));
  }
  void put(const Bytes& bytes) {
    number(bytes.size());
    append(out, bytes);
  }
  template <typename Tag, typename Rep>
  void put(Id<Tag, Rep> id) {
    put(id.value);
  }
  void put(Peer peer) {
    put(peer.kind);
    put(peer.id);
  }
  template <typename T>
  void put(std::optional<T>& value) {
    number(value.has_value());
    if (value) put(*value);
  }
  template <typename T>
    requires(!std::same_as<T, std::uint8_t>)  // Bytes have their own form
  void put(std::vector<T>& values) {
    number(values.size());
    for (auto& value : values) put(value);
  }
  template <typename T>
    requires requires(T& value, Encoder& e) { value.fields(e); }
  void put(T& value) {
    Encoder inner;
    value.fields(inner);
    put(inner.out);
  }
};

class Decoder {
 public:
  explicit Decoder(ByteView in) : in_(in) {}
  template <typename... Fields>
  void operator()(Fields&... fields) {
    (get_if_more(fields), ...);
  }
  bool ok() const { return ok_; }

 private:
  template <typename T>
  void get_if_more(T& value) {
    if (ok_ && !in_.empty()) get(value);
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (in_.empty()) break;
      const auto byte = in_.front();
      in_ = in_.subspan(1);
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    return 0;
  }
  ByteView take() {
    const auto size = number();
    if (size > in_.size()) {
      ok_ = false;
      return {};
    }
    const auto taken = in_.first(size);
    in_ = in_.subspan(size);
    return taken;
  }
  template <Number T>
  void get(T& value) {
    if constexpr (std::is_enum_v<T>) {
      std::underlying_type_t<T> raw{};
      get(raw);
      value = static_cast<T>(raw);
    } else if constexpr (std::is_signed_v<T>) {
      const auto raw = number();
      value = static_cast<T>(static_cast<std::int64_t>(raw >> 1) ^ -static_cast<std::int64_t>(raw & 1));
    } else {
      value = static_cast<T>(number());
    }
  }
  void get(std::string& text) { text = as_text(take()); }
  void get(Bytes& bytes) { bytes = to_bytes(take()); }
  template <typename Tag, typename Rep>
  void get(Id<Tag, Rep>& id) {
    get(id.value);
  }
  void get(Peer& peer) {
    get(peer.kind);
    get(peer.id);
  }
  template <typename T>
  void get(std::optional<T>& value) {
    if (number() != 0) {
      value.emplace();
      get(*value);
    } else {
      value.reset();
    }
  }
  template <typename T>
    requires(!std::same_as<T, std::uint8_t>)
  void get(std::vector<T>& values) {
    const auto count = number();
    if (count > in_.size()) {  // every element takes at least a byte
      ok_ = false;
      return;
    }
    values.clear();
    for (std::uint64_t i = 0; i < count && ok_; ++i) get(values.emplace_back());
  }
  template <typename T>
    requires requires(T& value, Decoder& d) { value.fields(d); }
  void get(T& value) {
    Decoder inner(take());
    value.fields(inner);
    ok_ = ok_ && inner.ok_;
  }

  ByteView in_;
  bool ok_ = true;
};

}  // namespace codec

template <typename T>
Bytes encode(T value) {
  codec::Encoder encoder;
  value.fields(encoder);
  return std::move(encoder.out);
}

// internal CODEC_CORRUPT when the bytes are not an encoding of T: stored data is ours, so that is our fault.
template <typename T>
Result<T> decode(ByteView bytes) {
  T value;
  codec::Decoder decoder(bytes);
  value.fields(decoder);
  if (!decoder.ok()) return fail(Error::internal("CODEC_CORRUPT", "A stored value cannot be read."));
  return value;
}

}  // namespace heliograph
