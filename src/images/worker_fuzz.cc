// The worker's protocol, both ways: any request is answered, and no answer is believed too easily.
#include "base/assert.h"
#include "images/worker.h"

namespace {
using namespace heliograph;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const auto answer = images::answer_to(bytes);
  HG_ASSERT(!answer.empty());
  static_cast<void>(images::pictures_from(answer));
  if (const auto made = images::pictures_from(bytes)) {
    for (const auto& picture : made->sizes) HG_ASSERT(images::sniff(picture.jpeg) == images::Format::jpeg);
  }
  if (const auto seen = images::seen_from(bytes)) HG_ASSERT(seen->sexual >= 0 && seen->sexual <= 1000);
  return 0;
}
