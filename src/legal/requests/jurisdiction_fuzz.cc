// Rules files, as operators write them.
#include "legal/requests/rules.h"

using namespace heliograph;
using namespace heliograph::legal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = read_jurisdiction({"fuzz.toml", as_text({data, size})});
  if (!read) return 0;
  for (const auto& [type, rules] : read->types) {
    if (!check_floor(type, rules)) __builtin_trap();
  }
  return 0;
}
