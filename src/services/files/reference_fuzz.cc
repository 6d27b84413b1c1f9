// Any bytes given for a file reference; the first eight name the object. The fuzzer sees what its input is
// compared with, and so makes good ones after a while: those are good for this object and in this form alone.
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
  if (!references.check(media, given)) return 0;
  HG_ASSERT(!references.check(media + 1, given));
  Bytes changed = to_bytes(given);
  changed.back() ^= 1;
  HG_ASSERT(!references.check(media, changed));
  return 0;
}
