// Generated structs -> bytes, in the form of a client's layer.
//
// A value that the layer cannot express is left out of an optional field (its flag is cleared) or of a
// vector; in a required field, and for types that schema/downgrade.txt names also in an optional one, a
// stand-in takes its place. Only if there is none either, encoding fails:
// Error::internal("TL_NOT_EXPRESSIBLE"); what was appended is then taken back. A required Box that is null
// counts as such a value. So no output is ever broken.
//
// Flag words are computed: a bit is set if any field that hangs on it has a value; its other fields are then
// written with default values. Threads: all functions are pure.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "tl/box.h"
#include "tl/shape.h"

namespace heliograph::tl {

namespace detail {
Status encode_slot(Bytes& out, const Op& op, const void* slot, std::int32_t layer);
Status encode_structure(Bytes& out, const Structure& structure, const void* object, std::int32_t layer);
Status encode_reply(Bytes& out, std::uint32_t method_id, const Op& op, const void* slot, std::int32_t layer);
}  // namespace detail

// Appends one boxed value: a generated struct, Box<T>, AnyBox, bool, std::int32_t, std::int64_t, or a
// std::vector of these (with the vector's own id). Bytes are appended as they are.
template <typename T>
Status encode_to(Bytes& out, const T& value, std::int32_t layer) {
  if constexpr (Generated<T>) {
    return detail::encode_structure(out, *kStructures[T::kIndex], &value, layer);
  } else {
    return detail::encode_slot(out, detail::ShapeOf<T>::kOp, &value, layer);
  }
}

template <typename T>
Result<Bytes> encode(const T& value, std::int32_t layer) {
  Bytes out;
  if (Status status = encode_to(out, value, layer); !status) return fail(std::move(status).error());
  return out;
}

template <MethodStruct F>
Result<Bytes> encode_request(const F& call, std::int32_t layer) {
  return encode(call, layer);
}

// Appends the answer to a method that was called by the id `method_id` (Request::id). Where that form of the
// method answers another type than F::Reply, the part of the value that has this type is sent (the `updates`
// of messages.invitedUsers; `true` where a Bool is due).
template <typename T>
Status encode_reply(Bytes& out, std::uint32_t method_id, const T& reply, std::int32_t layer) {
  return detail::encode_reply(out, method_id, detail::ShapeOf<T>::kOp, &reply, layer);
}

}  // namespace heliograph::tl
