// Walks the tables over structs. Private to src/tl; encode.h has the promises.
#pragma once

#include <algorithm>

#include "base/bytes.h"
#include "tl/box.h"
#include "tl/descriptor.h"

namespace heliograph::tl {

// Nullptr if the layer lacks the structure.
const Variant* form_of(const Structure& structure, std::uint32_t layer_bit);

class Writer {
 public:
  // Appends to `out`, which holds the result only once the writer is gone.
  Writer(Bytes& out, std::int32_t layer) : out_(out), at_(out.size()), layer_bit_(layer_bit(layer)) {}
  ~Writer() { out_.resize(at_); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Each answers false if the layer cannot express the value; what it appended is then the caller's to take
  // back.
  bool put_structure(const Structure& structure, const void* object);
  bool put_box(const AnyBox& box, std::uint16_t type);
  bool put_slot(const Op& op, const Member& member, const void* slot);
  bool put_fallback(std::uint16_t type, bool only_always);
  void put_bool(bool value);

 private:
  bool put_fields(const Structure& structure, const void* object, const Variant& variant);
  bool put_conditional(const Structure& structure, const void* object, const Op& op);
  bool put_default(const Op& op);
  bool put_string(const void* data, std::size_t size);
  bool put_required(const AnyBox& box, const Op& op);
  template <typename T>
  bool put_value(const Op& op, const T& value);
  template <typename T>
  bool put_vector(const Op& op, const std::vector<T>& values);
  bool put_converted(const Op& op, const Member& member, const void* slot);
  template <typename T>
  void put_plain(const T& value) {
    std::memcpy(room(sizeof value), &value, sizeof value);
  }
  // Where the next `size` bytes go. Growing in big steps keeps the vector from clearing a few bytes at a
  // time.
  std::uint8_t* room(std::size_t size) {
    if (out_.size() - at_ < size) out_.resize(at_ + size + std::max(at_, std::size_t{512}));
    at_ += size;
    return out_.data() + at_ - size;
  }

  Bytes& out_;
  std::size_t at_;  // the end of what is written; out_ is longer
  std::uint32_t layer_bit_;
  int depth_ = 64;
};

}  // namespace heliograph::tl
