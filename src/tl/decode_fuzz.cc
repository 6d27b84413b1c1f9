// Any bytes as a method call and as an object. What decodes must encode again on every layer that can express
// it, to bytes that decode.
#include <cstdlib>

#include "tl/decode.h"
#include "tl/encode.h"
#include "tl/schema.h"

namespace {

using namespace heliograph;

void check(const tl::AnyBox& box, bool method) {
  for (const std::int32_t layer : {tl::min_layer(), 198, tl::max_layer()}) {
    Bytes out;
    if (!tl::detail::encode_structure(out, *box.structure(), box.object(), layer)) {
      if (!out.empty()) std::abort();
      continue;
    }
    // What was shorter in the input's layer may be longer now, so the memory limit is not the point here.
    const tl::CodecLimits limits{.depth = 64, .memory_base_bytes = 1 << 30};
    if (method ? !tl::decode_request(out, limits) : !tl::decode<tl::AnyBox>(out, limits)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  if (const auto request = tl::decode_request(input)) {
    check(request->object(), true);
    const tl::AnyBox twin = request->object().copy_any();
    check(twin, true);
  }
  if (const auto object = tl::decode<tl::AnyBox>(input)) check(*object, false);
  (void)tl::decode<std::vector<tl::AnyBox>>(input);
  return 0;
}
