// Bytes -> generated structs. Whatever the bytes are, decoding ends soon, allocates in proportion to them,
// and answers a value or an error; nothing is asserted about them.
//
// Errors (the codes are wire names):
//   INPUT_METHOD_INVALID  no layer has a method with this id (the message names the id)
//   INPUT_FETCH_ERROR     cut short, too long, too deep, too big, or an id where it may not stand
//
// Ids of all layers are accepted whatever the client's layer is: an id stands for one wire form. Threads: all
// functions are pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/result.h"
#include "tl/box.h"
#include "tl/shape.h"

namespace heliograph::tl {

struct CodecLimits {
  int depth = 32;  // boxes inside boxes
  // Memory that decoding may ask for: a fixed part and a part in proportion to the input.
  std::size_t memory_base_bytes = 64 << 10;
  std::size_t memory_per_input_byte = 32;
};

// A decoded method call: a struct of tl::fn.
class Request {
 public:
  Request(AnyBox object, std::uint32_t id) : object_(std::move(object)), id_(id) {}

  template <MethodStruct F>
  F* get_if() {
    return object_.get_if<F>();
  }
  template <MethodStruct F>
  const F* get_if() const {
    return object_.get_if<F>();
  }
  // F::kIndex of what is inside.
  std::uint16_t index() const { return object_.index(); }
  // "messages.sendMessage"
  std::string_view name() const { return object_.name(); }
  // As received; says which form of the method was called (encode_reply wants it).
  std::uint32_t id() const { return id_; }
  AnyBox& object() { return object_; }
  const AnyBox& object() const { return object_; }

 private:
  AnyBox object_;
  std::uint32_t id_;
};

// `body` is one whole method call. A wrapper (invokeWithLayer, initConnection, invokeAfterMsg, ...) keeps the
// call inside it undecoded in its field `query`. Service messages that are methods (tl::fn::mt) count as
// methods.
Result<Request> decode_request(ByteView body, const CodecLimits& limits = {});

namespace detail {
Status decode_slot(const Op& op, void* slot, ByteView& from, const CodecLimits& limits, bool whole);
}

// One value, and nothing after it: Box<T>, AnyBox (any constructor), bool, std::int32_t, std::int64_t,
// std::string or a std::vector of these, as in F::Reply. Bytes takes all bytes as they are.
template <typename T>
Result<T> decode(ByteView from, const CodecLimits& limits = {}) {
  T value{};
  if (Status status = detail::decode_slot(detail::ShapeOf<T>::kOp, &value, from, limits, true); !status) {
    return fail(std::move(status).error());
  }
  return value;
}
template <typename T>
Result<Box<T>> decode_boxed(ByteView from, const CodecLimits& limits = {}) {
  return decode<Box<T>>(from, limits);
}
// As decode, and moves `from` behind the value: for values with padding behind them.
template <typename T>
Result<T> decode_prefix(ByteView& from, const CodecLimits& limits = {}) {
  T value{};
  if (Status status = detail::decode_slot(detail::ShapeOf<T>::kOp, &value, from, limits, false); !status) {
    return fail(std::move(status).error());
  }
  return value;
}

}  // namespace heliograph::tl
