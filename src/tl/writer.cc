#include "tl/writer.h"

#include "tl/convert.h"
#include "tl/schema.h"
#include "tl/slot.h"

namespace heliograph::tl {

namespace {

inline const void* slot_of(const void* object, const Member& member) {
  return static_cast<const std::byte*>(object) + member.offset;
}

bool is_set(const Member& member, const void* slot) {
  if (member.kind == Kind::boxed && !member.vector)
    return static_cast<bool>(*static_cast<const AnyBox*>(slot));
  if (member.optional) {
    if (member.vector) {
      return with_type(member.kind,
                       [&]<typename T>() { return peek<std::vector<T>>(slot, true) != nullptr; });
    }
    return with_type(member.kind, [&]<typename T>() { return peek<T>(slot, true) != nullptr; });
  }
  if (member.vector) {
    return with_type(member.kind,
                     [&]<typename T>() { return !static_cast<const std::vector<T>*>(slot)->empty(); });
  }
  switch (member.kind) {
    case Kind::flag:
    case Kind::boolean:
      return *static_cast<const bool*>(slot);
    case Kind::boxed:
    case Kind::bare:
      return static_cast<bool>(*static_cast<const AnyBox*>(slot));
    default:
      return true;
  }
}

}  // namespace

const Variant* form_of(const Structure& structure, std::uint32_t layer_bit) {
  const Variant* variant = kVariants + structure.first_variant;
  for (const Variant* end = variant + structure.variant_count; variant != end; ++variant) {
    if (variant->layers & layer_bit) return variant;
  }
  return nullptr;
}

void Writer::put_bool(bool value) {
  put_plain(value ? kBoolTrueId : kBoolFalseId);
}

bool Writer::put_string(const void* data, std::size_t size) {
  if (size >= 1 << 24) return false;
  const std::size_t head = size < 254 ? 1 : 4;
  const std::size_t whole = (head + size + 3) / 4 * 4;
  std::uint8_t* to = room(whole);
  std::memset(to + whole - 4, 0, 4);  // the padding
  if (head == 1) {
    to[0] = static_cast<std::uint8_t>(size);
  } else {
    store_le(to, static_cast<std::uint32_t>(size << 8 | 254));
  }
  if (size != 0) std::memcpy(to + head, data, size);
  return true;
}

bool Writer::put_structure(const Structure& structure, const void* object) {
  const Variant* variant = form_of(structure, layer_bit_);
  if (variant == nullptr) return false;
  put_plain(variant->id);
  return put_fields(structure, object, *variant);
}

bool Writer::put_box(const AnyBox& box, std::uint16_t type) {
  if (!box) return false;
  const Variant* variant = form_of(*box.structure(), layer_bit_);
  if (variant == nullptr || (type != 0 && variant->type != type)) return false;
  put_plain(variant->id);
  return put_fields(*box.structure(), box.object(), *variant);
}

bool Writer::put_fallback(std::uint16_t type, bool only_always) {
  const TypeInfo& info = kTypes[type];
  for (std::size_t i = 0; i < info.fallback_count; ++i) {
    const Fallback& fallback = kFallbacks[info.first_fallback + i];
    if ((fallback.layers & layer_bit_) == 0 || (only_always && !fallback.always)) continue;
    const Variant& variant = kVariants[fallback.variant];
    const auto mark = at_;
    put_plain(variant.id);
    if (put_fields(*kStructures[variant.structure], nullptr, variant)) return true;
    at_ = mark;
  }
  return false;
}

bool Writer::put_required(const AnyBox& box, const Op& op) {
  const auto mark = at_;
  if (op.kind == Kind::bare) {
    const Structure& structure = *kStructures[op.type];
    return box.structure() == &structure &&
           put_fields(structure, box.object(), kVariants[structure.first_variant]);
  }
  if (put_box(box, op.type)) return true;
  at_ = mark;
  return put_fallback(op.type, false);
}

template <typename T>
bool Writer::put_value(const Op& op, const T& value) {
  if constexpr (std::same_as<T, std::string>) {
    return put_string(value.data(), value.size());
  } else if constexpr (std::same_as<T, Bytes>) {
    if (op.kind != Kind::rest) return put_string(value.data(), value.size());
    if (!value.empty()) std::memcpy(room(value.size()), value.data(), value.size());
  } else if constexpr (std::same_as<T, AnyBox>) {
    return put_required(value, op);
  } else if constexpr (std::same_as<T, bool>) {
    put_bool(value);
  } else {
    put_plain(value);
  }
  return true;
}

template <typename T>
bool Writer::put_vector(const Op& op, const std::vector<T>& values) {
  if (op.vector == Vector::boxed) put_plain(kVectorId);
  const auto count_at = at_;
  put_plain(std::uint32_t{0});
  std::uint32_t count = 0;
  for (const auto& value : values) {
    const auto mark = at_;
    bool good = false;
    if constexpr (std::same_as<T, AnyBox>) {
      good = op.kind == Kind::bare ? put_required(value, op) : put_box(value, op.type);
    } else if constexpr (std::same_as<T, bool>) {
      good = put_value(op, bool{value});
    } else {
      good = put_value(op, value);
    }
    if (good) {
      ++count;
    } else {
      at_ = mark;
    }
  }
  store_le(out_.data() + count_at, count);
  return true;
}

bool Writer::put_default(const Op& op) {
  if (op.vector != Vector::none) return put_vector(op, std::vector<std::int32_t>{});
  return with_type(op.kind, [&]<typename T>() { return put_value(op, T{}); });
}

bool Writer::put_slot(const Op& op, const Member& member, const void* slot) {
  if (op.vector != Vector::none) {
    return with_type(op.kind, [&]<typename T>() {
      const auto* values = peek<std::vector<T>>(slot, member.optional);
      return values == nullptr ? put_default(op) : put_vector(op, *values);
    });
  }
  if (op.kind != member.kind) return put_converted(op, member, slot);
  return with_type(op.kind, [&]<typename T>() {
    const T* value = peek<T>(slot, member.optional);
    return value == nullptr ? put_default(op) : put_value(op, *value);
  });
}

// The layer has a type that is unlike the member's.
bool Writer::put_converted(const Op& op, const Member& member, const void* slot) {
  if (op.kind == Kind::string) {
    const std::string* text = text_of(*static_cast<const AnyBox*>(slot));
    return text == nullptr ? put_default(op) : put_value(op, *text);
  }
  if (op.kind == Kind::int64) {
    const auto user_id = user_of(*static_cast<const AnyBox*>(slot));
    if (!user_id) return false;
    put_plain(*user_id);
    return true;
  }
  if (op.kind == Kind::int32) {
    std::int32_t narrow = 0;
    if (member.kind == Kind::int64) {
      const auto* value = peek<std::int64_t>(slot, member.optional);
      if (value != nullptr && !std::in_range<std::int32_t>(*value)) return false;
      narrow = value == nullptr ? 0 : static_cast<std::int32_t>(*value);
    } else if (const auto* value = peek<double>(slot, member.optional)) {
      if (!(*value > -2147483648.0 && *value < 2147483648.0)) return false;
      narrow = static_cast<std::int32_t>(*value);
    }
    put_plain(narrow);
    return true;
  }
  const bool* value = peek<bool>(slot, member.optional);
  put_bool(value != nullptr && *value);
  return true;
}

// Answers whether the op's bit is to be set; what was appended stays only then.
bool Writer::put_conditional(const Structure& structure, const void* object, const Op& op) {
  const Member& member = structure.members[op.member];
  const void* slot = slot_of(object, member);
  if (!is_set(member, slot)) return false;
  if (op.kind == Kind::flag) return *peek<bool>(slot, member.optional);
  const auto mark = at_;
  if (op.kind == Kind::boxed && op.vector == Vector::none && member.kind == Kind::boxed) {
    if (put_box(*static_cast<const AnyBox*>(slot), op.type)) return true;
    at_ = mark;
    if (put_fallback(op.type, true)) return true;
  } else if (put_slot(op, member, slot)) {
    if (!member.vector || member.optional) return true;
    // A plain vector is absent when empty, also when it became so just now.
    if (load_le<std::uint32_t>(out_.data() + mark + (op.vector == Vector::boxed ? 4 : 0)) != 0) return true;
  }
  at_ = mark;
  return false;
}

bool Writer::put_fields(const Structure& structure, const void* object, const Variant& variant) {
  if (depth_ == 0) return false;
  --depth_;
  std::size_t words_at[4] = {};
  std::uint32_t words[4] = {};
  bool good = true;
  const Op* const first = kOps + variant.first_op;
  const Op* const end = first + variant.op_count;
  for (const Op* op = first; good && op != end; ++op) {
    if (op->kind == Kind::flags) {
      words_at[op->member % 4] = at_;
      put_plain(std::uint32_t{0});
      continue;
    }
    if (op->condition == kNone) {
      if (op->member == kNone) {
        good = put_default(*op);
      } else {
        const Member& member = structure.members[op->member];
        good = put_slot(*op, member, slot_of(object, member));
      }
      continue;
    }
    if (op->member == kNone) continue;
    bool set = false;
    if (op->shared == 0 && op->kind == Kind::flag && !structure.members[op->member].optional) {
      set = *static_cast<const bool*>(slot_of(object, structure.members[op->member]));
    } else if (op->shared) {
      // All fields of the bit are there, or none.
      for (const Op* other = first; !set && other != end; ++other) {
        if (other->kind == Kind::flags || other->condition != op->condition || other->member == kNone)
          continue;
        const Member& member = structure.members[other->member];
        set = is_set(member, slot_of(object, member));
      }
      const Member& member = structure.members[op->member];
      if (set && op->kind != Kind::flag) good = put_slot(*op, member, slot_of(object, member));
    } else {
      set = put_conditional(structure, object, *op);
    }
    if (set) {
      words[op->condition / 32] |= std::uint32_t{1} << (op->condition % 32);
    }
  }
  for (int i = 0; i < 4; ++i) {
    if (words[i] != 0) store_le(out_.data() + words_at[i], words[i]);
  }
  ++depth_;
  return good;
}

}  // namespace heliograph::tl
