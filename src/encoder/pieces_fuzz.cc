// Any bytes as a vocabulary with a text after it: refused, or every text can be cut with it.
#include "base/assert.h"
#include "encoder/pieces.h"

using namespace heliograph;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  encoder::Reader in{{data, size}};
  const auto pieces = encoder::Pieces::read(in);
  if (!in.ok) return 0;
  const auto cut = pieces.cut(as_text(in.rest), 64);
  HG_ASSERT(cut.size() <= 64);
  for (const auto piece : cut) HG_ASSERT(piece < pieces.count());
  return 0;
}
