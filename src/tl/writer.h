// Walks the tables over structs. Private to src/tl; encode.h has the promises.
#pragma once

#include "base/bytes.h"
#include "tl/box.h"
#include "tl/descriptor.h"

namespace heliograph::tl {

class Writer {
 public:
  Writer(Bytes& out, std::int32_t layer) : out_(out), layer_bit_(layer_bit(layer)) {}

  // Each answers false if the layer cannot express the value; what it appended is then the caller's to take
  // back.
  bool put_structure(const Structure& structure, const void* object);
  bool put_box(const AnyBox& box, std::uint16_t type);
  bool put_slot(const Op& op, const Member& member, const void* slot);
  bool put_fallback(std::uint16_t type, bool only_always);
  // Nullptr if the layer lacks the structure.
  const Variant* form_of(const Structure& structure) const;
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
    const auto at = out_.size();
    out_.resize(at + sizeof value);
    std::memcpy(out_.data() + at, &value, sizeof value);
  }

  Bytes& out_;
  std::uint32_t layer_bit_;
  int depth_ = 64;
};

}  // namespace heliograph::tl
