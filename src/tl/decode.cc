#include "tl/decode.h"

#include "tl/reader.h"
#include "tl/schema.h"

namespace heliograph::tl {

namespace {

Error fetch_error() {
  return Error::invalid("INPUT_FETCH_ERROR", "The request does not follow the schema.");
}

}  // namespace

Result<Request> decode_request(ByteView body, const CodecLimits& limits) {
  Reader reader(body, limits);
  std::uint32_t id = 0;
  if (!reader.read_id(id)) return fail(fetch_error());
  const Variant* variant = find_variant(id);
  if (variant == nullptr || !kStructures[variant->structure]->function) {
    std::uint8_t shown[4];
    for (int i = 0; i < 4; ++i) shown[i] = static_cast<std::uint8_t>(id >> (24 - 8 * i));
    return fail(Error::invalid("INPUT_METHOD_INVALID", "No method has the id " + to_hex(shown) + "."));
  }
  const Structure& structure = *kStructures[variant->structure];
  Request request(AnyBox(&structure, structure.create()), id);
  if (!reader.read_fields(*variant, request.object().object()) || !reader.remaining().empty())
    return fail(fetch_error());
  return request;
}

Status detail::decode_slot(const Op& op, void* slot, ByteView& from, const CodecLimits& limits, bool whole) {
  Reader reader(from, limits);
  const Member member{"", 0, op.kind, op.vector != Vector::none, false, op.type};
  if (!reader.read_slot(op, member, slot)) return fail(fetch_error());
  from = reader.remaining();
  if (whole && !from.empty()) return fail(fetch_error());
  return {};
}

}  // namespace heliograph::tl
