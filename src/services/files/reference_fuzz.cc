// Any bytes given for a file reference: only what the server has made is taken. The first eight name the
// object.
#include <algorithm>

#include "base/assert.h"
#include "services/files/reference.h"

namespace {
using namespace heliograph;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 8) return 0;
  static const Bytes secret(32, 1);
  static ManualClock clock;
  static const services::FileReferences references(secret, clock, {});
  const auto media = load_le<std::int64_t>(data);
  const ByteView given(data + 8, size - 8);
  if (references.check(media, given)) HG_ASSERT(std::ranges::equal(given, references.make(media)));
  return 0;
}
