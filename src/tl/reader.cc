#include "tl/reader.h"

#include "tl/convert.h"
#include "tl/schema.h"
#include "tl/slot.h"

namespace heliograph::tl {

namespace {

// What one element of a vector needs at least on the wire.
constexpr std::size_t least_size(Kind kind) {
  switch (kind) {
    case Kind::int64:
    case Kind::float64:
      return 8;
    case Kind::int128:
      return 16;
    case Kind::int256:
      return 32;
    default:
      return 4;
  }
}

constexpr std::size_t kAllocationCost = 32;  // what the allocator adds to an object, generously

}  // namespace

bool Reader::charge(std::size_t bytes) {
  if (bytes > memory_) return false;
  memory_ -= bytes;
  return true;
}

template <typename T>
bool Reader::read_plain(T& value) {
  if (static_cast<std::size_t>(end_ - at_) < sizeof value) return false;
  std::memcpy(&value, at_, sizeof value);
  at_ += sizeof value;
  return true;
}

bool Reader::read_id(std::uint32_t& id) {
  return read_plain(id);
}

bool Reader::read_bool(bool& value) {
  std::uint32_t id = 0;
  if (!read_plain(id)) return false;
  value = id == kBoolTrueId;
  return value || id == kBoolFalseId;
}

// A length of one byte below 254, or of three bytes behind 254; then the bytes; then padding to four.
bool Reader::read_string(ByteView& value) {
  const auto left = static_cast<std::size_t>(end_ - at_);
  if (left < 4) return false;
  std::size_t size = at_[0];
  std::size_t head = 1;
  if (size == 255) return false;
  if (size == 254) {
    size = at_[1] | at_[2] << 8 | at_[3] << 16;
    head = 4;
  }
  const std::size_t whole = (head + size + 3) / 4 * 4;
  if (whole > left) return false;
  value = {at_ + head, size};
  at_ += whole;
  return charge(size);
}

bool Reader::read_object(const Variant& variant, AnyBox& box) {
  const Structure& structure = *kStructures[variant.structure];
  if (depth_ == 0 || !charge(structure.size + kAllocationCost)) return false;
  box = AnyBox(&structure, structure.create());
  --depth_;
  const bool good = read_fields(variant, box.object());
  ++depth_;
  return good;
}

bool Reader::read_any(std::uint16_t type, AnyBox& box) {
  std::uint32_t id = 0;
  if (!read_plain(id)) return false;
  const Variant* variant = find_variant(id);
  if (variant == nullptr || kStructures[variant->structure]->function) return false;
  if (type != 0 && variant->type != type) return false;
  return read_object(*variant, box);
}

bool Reader::read_bare(std::uint16_t structure, AnyBox& box) {
  return read_object(kVariants[kStructures[structure]->first_variant], box);
}

template <typename T>
bool Reader::read_value(const Op& op, T& value) {
  if constexpr (std::same_as<T, std::string>) {
    ByteView view;
    if (!read_string(view)) return false;
    value.assign(as_text(view));
    return true;
  } else if constexpr (std::same_as<T, Bytes>) {
    ByteView view;
    if (op.kind == Kind::rest) {
      view = remaining();
      at_ = end_;
      if (!charge(view.size())) return false;
    } else if (!read_string(view)) {
      return false;
    }
    value.assign(view.begin(), view.end());
    return true;
  } else if constexpr (std::same_as<T, AnyBox>) {
    return op.kind == Kind::bare ? read_bare(op.type, value) : read_any(op.type, value);
  } else if constexpr (std::same_as<T, bool>) {
    return read_bool(value);
  } else {
    return read_plain(value);
  }
}

template <typename T>
bool Reader::read_vector(const Op& op, const Member& member, void* slot) {
  std::uint32_t id = kVectorId;
  std::int32_t count = 0;
  if (op.vector == Vector::boxed && !read_plain(id)) return false;
  if (id != kVectorId || !read_plain(count) || count < 0) return false;
  const auto size = static_cast<std::size_t>(count);
  if (size > remaining().size() / least_size(op.kind) || !charge(size * sizeof(T))) return false;
  auto& values = place<std::vector<T>>(slot, member.optional);
  if constexpr (std::same_as<T, bool>) {
    for (std::size_t i = 0; i < size; ++i) {
      bool value = false;
      if (!read_bool(value)) return false;
      values.push_back(value);
    }
  } else {
    values.resize(size);
    for (T& value : values) {
      if (!read_value(op, value)) return false;
    }
  }
  return true;
}

bool Reader::read_slot(const Op& op, const Member& member, void* slot) {
  if (op.vector != Vector::none) {
    return with_type(op.kind, [&]<typename T>() { return read_vector<T>(op, member, slot); });
  }
  if (op.kind != member.kind) return read_converted(op, member, slot);
  return with_type(op.kind, [&]<typename T>() { return read_value(op, place<T>(slot, member.optional)); });
}

// The layer has a type that is unlike the member's.
bool Reader::read_converted(const Op& op, const Member& member, void* slot) {
  if (op.kind == Kind::string) {
    std::string text;
    if (!read_value(op, text) || !charge(256)) return false;
    *static_cast<AnyBox*>(slot) = text_box(std::move(text));
    return true;
  }
  if (op.kind == Kind::int64) {
    std::int64_t user_id = 0;
    if (!read_plain(user_id) || !charge(256)) return false;
    *static_cast<AnyBox*>(slot) = user_box(user_id);
    return true;
  }
  if (op.kind == Kind::int32) {
    std::int32_t value = 0;
    if (!read_plain(value)) return false;
    if (member.kind == Kind::int64) {
      place<std::int64_t>(slot, member.optional) = value;
    } else {
      place<double>(slot, member.optional) = value;
    }
    return true;
  }
  return read_bool(place<bool>(slot, member.optional));
}

bool Reader::read_fields(const Variant& variant, void* object) {
  const Structure& structure = *kStructures[variant.structure];
  std::uint32_t words[4] = {};
  for (const Op* op = kOps + variant.first_op; op != kOps + variant.first_op + variant.op_count; ++op) {
    if (op->kind == Kind::flags) {
      if (!read_plain(words[op->member % 4])) return false;
      continue;
    }
    if (op->condition != kNone && ((words[op->condition / 32] >> (op->condition % 32)) & 1) == 0) continue;
    const Member& member = structure.members[op->member];
    void* slot = static_cast<std::byte*>(object) + member.offset;
    if (op->kind == Kind::flag) {
      place<bool>(slot, member.optional) = true;
    } else if (!read_slot(*op, member, slot)) {
      return false;
    }
  }
  return true;
}

}  // namespace heliograph::tl
