// Any bytes as a policy file: refused or usable, never more.
#include "safety/policy/policy.h"

using namespace heliograph;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto policy = safety::Policy::parse({reinterpret_cast<const char*>(data), size}, "f.toml");
  if (!policy) return 0;
  safety::Scores scores;
  scores.fill(1.0f);
  (*policy)->decide(scores, {});
  return 0;
}
