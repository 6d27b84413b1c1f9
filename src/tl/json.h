// Generated structs -> JSON, for people and programs that do not speak TL:
//
//   {"_": "peerUser", "user_id": 7}
//
// An object is a constructor, named by "_"; its fields have the names of the newest schema that has them. A
// flag is there when it is set, an optional field when it has a value. A long is a number of up to 64 bits,
// int128, int256 and bytes are hexadecimal, text that is not UTF-8 has U+FFFD in the wrong places. Threads:
// all functions are pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tl/shape.h"

namespace heliograph::tl {

struct JsonOptions {
  std::span<const std::string_view> without{};  // fields that are left out, in every object
};

namespace detail {
void json_slot(std::string& out, const Op& op, const void* slot, const JsonOptions& options);
void json_structure(std::string& out, const Structure& structure, const void* object,
                    const JsonOptions& options);
}  // namespace detail

// Appends one value: what encode_to() takes. A box that is empty is null.
template <typename T>
void append_json(std::string& out, const T& value, const JsonOptions& options = {}) {
  if constexpr (Generated<T>) {
    detail::json_structure(out, *kStructures[T::kIndex], &value, options);
  } else {
    detail::json_slot(out, detail::ShapeOf<T>::kOp, &value, options);
  }
}

// A text as a JSON string, with its quotes.
void append_json_text(std::string& out, std::string_view text);

}  // namespace heliograph::tl
