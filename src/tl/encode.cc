#include "tl/encode.h"

#include "tl/schema.h"
#include "tl/writer.h"

namespace heliograph::tl {

namespace {

Error not_expressible(const char* name) {
  return Error::internal("TL_NOT_EXPRESSIBLE", std::string(name) + " has no form in the client's layer.");
}

// The member of `box` that has the type that this form of the method answers.
const Member* part_of_type(const Structure& structure, std::uint16_t type, bool vector) {
  for (std::size_t i = 0; i < structure.member_count; ++i) {
    const Member& member = structure.members[i];
    if (member.kind == Kind::boxed && member.type == type && member.vector == vector) return &member;
  }
  return nullptr;
}

bool put_part(Writer& writer, const AnyBox& box, std::uint16_t result) {
  if (result == kBoolResult) {
    writer.put_bool(true);
    return true;
  }
  const bool vector = (result & kVectorResult) != 0;
  const auto type = static_cast<std::uint16_t>(result & ~kVectorResult);
  const Member* part = part_of_type(*box.structure(), type, vector);
  if (part == nullptr) return false;
  const Op op{Kind::boxed, vector ? Vector::boxed : Vector::none, 0, kNone, 0, type};
  return writer.put_slot(op, *part, static_cast<const std::byte*>(box.object()) + part->offset);
}

// Runs `put` with a writer; takes back what it appended if it fails.
template <typename Put>
Status append_with(Bytes& out, std::int32_t layer, const char* name, Put&& put) {
  const auto mark = out.size();
  bool good = false;
  {
    Writer writer(out, layer);
    good = put(writer);
  }
  if (good) return {};
  out.resize(mark);
  return fail(not_expressible(name));
}

}  // namespace

Status detail::encode_slot(Bytes& out, const Op& op, const void* slot, std::int32_t layer) {
  const Member member{"", 0, op.kind, op.vector != Vector::none, false, op.type};
  const char* name = "A value";
  if (op.kind == Kind::boxed && op.vector == Vector::none) {
    const AnyBox& box = *static_cast<const AnyBox*>(slot);
    if (box) name = box.structure()->name;
  }
  return append_with(out, layer, name, [&](Writer& writer) { return writer.put_slot(op, member, slot); });
}

Status detail::encode_structure(Bytes& out, const Structure& structure, const void* object,
                                std::int32_t layer) {
  return append_with(out, layer, structure.name,
                     [&](Writer& writer) { return writer.put_structure(structure, object); });
}

Status detail::encode_reply(Bytes& out, std::uint32_t method_id, const Op& op, const void* slot,
                            std::int32_t layer) {
  const Variant* method = find_variant(method_id);
  const bool one_box = op.kind == Kind::boxed && op.vector == Vector::none;
  if (method == nullptr || !one_box) return encode_slot(out, op, slot, layer);
  const AnyBox& box = *static_cast<const AnyBox*>(slot);
  if (!box || method->type == 0) return encode_slot(out, op, slot, layer);
  const Variant* form = form_of(*box.structure(), layer_bit(layer));
  if (form != nullptr && form->type == method->type) return encode_slot(out, op, slot, layer);
  if (op.type == method->type) return encode_slot(out, op, slot, layer);
  return append_with(out, layer, box.structure()->name,
                     [&](Writer& writer) { return put_part(writer, box, method->type); });
}

}  // namespace heliograph::tl
