// Any bytes as a configuration file: a Config or an explanation.
#include "base/assert.h"
#include "base/bytes.h"
#include "config/config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto config = heliograph::config::parse_config(heliograph::as_text({data, size}), "fuzz.toml");
  HG_ASSERT(config || !config.error().message.empty());
  return 0;
}
