// Walks the tables over input. Private to src/tl; decode.h has the promises.
#pragma once

#include "base/bytes.h"
#include "tl/box.h"
#include "tl/decode.h"
#include "tl/descriptor.h"

namespace heliograph::tl {

class Reader {
 public:
  Reader(ByteView from, const CodecLimits& limits)
      : at_(from.data()),
        end_(from.data() + from.size()),
        depth_(limits.depth),
        memory_(limits.memory_base_bytes + from.size() * limits.memory_per_input_byte) {}

  // Each answers false when the input is not what it should be; the value is then unspecified but valid.
  bool read_id(std::uint32_t& id);
  bool read_fields(const Variant& variant, void* object);
  bool read_slot(const Op& op, const Member& member, void* slot);

  ByteView remaining() const { return {at_, end_}; }

 private:
  template <typename T>
  bool read_plain(T& value);
  bool read_string(ByteView& value);
  bool read_bool(bool& value);
  bool read_any(std::uint16_t type, AnyBox& box);
  bool read_bare(std::uint16_t structure, AnyBox& box);
  bool read_object(const Variant& variant, AnyBox& box);
  template <typename T>
  bool read_value(const Op& op, T& value);
  template <typename T>
  bool read_vector(const Op& op, const Member& member, void* slot);
  bool read_converted(const Op& op, const Member& member, void* slot);
  bool charge(std::size_t bytes);

  const std::uint8_t* at_;
  const std::uint8_t* end_;
  int depth_;
  std::size_t memory_;
};

}  // namespace heliograph::tl
