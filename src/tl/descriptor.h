// The tables that tools/tlgen writes, as the reader and the writer see them. For src/tl, its generated
// sources and the templates of its headers; everyone else uses box.h, decode.h, encode.h and schema.h.
//
// A structure is a constructor or method by name: one C++ struct, the union of its fields over all layers.
// A variant is one wire form of a structure: an id, the layers that have it, and a run of ops.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heliograph::tl {

enum class Kind : std::uint8_t {
  int32,
  int64,
  float64,
  string,
  bytes,
  int128,
  int256,
  boolean,  // a boxed Bool
  flag,     // only a flag bit
  boxed,
  bare,   // a boxed value in C++, its fields without an id on the wire
  rest,   // !X: all bytes that remain
  flags,  // a flags word; no member
};

enum class Vector : std::uint8_t { none, boxed, bare };

inline constexpr std::uint8_t kNone = 0xff;

struct Op {
  Kind kind;
  Vector vector;
  std::uint8_t member;     // index into the structure's members; kNone: the default value. flags: which word
  std::uint8_t condition;  // flags word * 32 + bit, or kNone
  std::uint8_t shared;     // other ops have the same condition, and at least one of all these has data
  std::uint16_t type;      // boxed: index into kTypes. bare: index into kStructures
};

struct Variant {
  std::uint32_t id;
  std::uint32_t layers;  // bit i: kLayers[i] has it
  std::uint32_t first_op;
  std::uint16_t op_count;
  std::uint16_t type;  // of the result: index into kTypes (0: any), or as below
  std::uint16_t structure;
};

inline constexpr std::uint16_t kBoolResult = 0x7fff;
inline constexpr std::uint16_t kVectorResult = 0x8000;  // plus the elements' type; 0 for plain ones

struct Member {
  const char* name;  // as in TL: "user_id"
  std::uint32_t offset;
  Kind kind;
  bool vector;
  bool optional;  // a std::optional; boxed values outside vectors never are
  std::uint16_t type;
};

struct Structure {
  const char* name;  // as in TL: "auth.sentCode"
  const Member* members;
  void* (*create)();
  void (*destroy)(void*);
  std::uint32_t size;
  std::uint16_t member_count;
  std::uint16_t index;
  std::uint16_t first_variant;
  std::uint16_t variant_count;  // newest layer first
  bool function;
};

struct TypeInfo {
  const char* name;
  std::uint16_t first_fallback;
  std::uint16_t fallback_count;
};

struct Fallback {
  std::uint32_t layers;
  std::uint16_t variant;
  bool always;  // also instead of a value that an optional field holds
};

extern const Structure* const kStructures[];
extern const std::size_t kStructureCount;
extern const Op kOps[];
extern const Variant kVariants[];
extern const TypeInfo kTypes[];  // [0] is "any"
extern const std::size_t kTypeCount;
extern const Fallback kFallbacks[];
extern const std::int32_t kLayers[];  // ascending
extern const std::size_t kLayerCount;
inline constexpr std::size_t kIdSlotCount = 8192;
extern const std::uint16_t kIdSlots[kIdSlotCount];

// Nullptr: no layer has this id.
inline const Variant* find_variant(std::uint32_t id) {
  for (std::size_t at = id % kIdSlotCount; kIdSlots[at] != 0; at = (at + 1) % kIdSlotCount) {
    const Variant& variant = kVariants[kIdSlots[at] - 1];
    if (variant.id == id) return &variant;
  }
  return nullptr;
}

// The newest known layer that is not above `layer`; the oldest for still older ones. As a bit of
// Variant::layers.
inline std::uint32_t layer_bit(std::int32_t layer) {
  std::size_t at = kLayerCount - 1;
  while (at > 0 && kLayers[at] > layer) --at;
  return std::uint32_t{1} << at;
}

template <typename T>
void* create() {
  return new T();
}
template <typename T>
void destroy(void* object) {
  delete static_cast<T*>(object);
}

}  // namespace heliograph::tl
