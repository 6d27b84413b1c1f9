// Any bytes as a text with links.
#include "base/assert.h"
#include "safety/scan/links.h"

using namespace heliograph;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static std::vector<safety::Link> links;
  safety::extract_links({reinterpret_cast<const char*>(data), size}, links);
  HG_ASSERT(links.size() <= 100);
  for (const auto& link : links) HG_ASSERT(link.begin <= link.end && link.end <= size);
  return 0;
}
