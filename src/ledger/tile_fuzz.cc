// Names of tiles, as they come in URLs.
#include "base/bytes.h"
#include "ledger/tile.h"

using namespace heliograph;
using namespace heliograph::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text({data, size});
  const auto tile = parse_tile_path(text);
  if (tile && (tile_path(*tile) != text || tile->width < 1 || tile->width > kTileWidth)) __builtin_trap();
  return 0;
}
