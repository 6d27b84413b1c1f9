// Names of the resources of a tiled log (c2sp.org/tlog-tiles): which hashes or entries, and where they are
// served.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph::ledger {

inline constexpr unsigned kTileWidth = 256;
// In place of a level: the bundles of entries.
inline constexpr int kEntriesLevel = -1;

struct TileId {
  int level = 0;                // 0 (leaf hashes) .. 63, or kEntriesLevel
  std::uint64_t index = 0;      // within the level
  unsigned width = kTileWidth;  // 1 .. 256; less than 256: a partial tile

  bool operator==(const TileId&) const = default;
};

// "<L>/<N>[.p/<W>]" or "entries/<N>[.p/<W>]", N in groups of three digits ("x001/x234/067"): what follows
// "tile/".
std::string tile_path(const TileId& tile);
// Nullopt for everything that tile_path() would not write.
std::optional<TileId> parse_tile_path(std::string_view path);

// How many whole subtrees of level `level` (256^level leaves each) a tree of `size` leaves has.
inline std::uint64_t tiles_hashes(std::uint64_t size, int level) {
  const int shift = 8 * (level < 0 ? 0 : level);
  return shift >= 64 ? 0 : size >> shift;
}
// The width of a tile in a tree of `size` leaves; 0 when it has none of it.
inline unsigned tile_width(std::uint64_t size, int level, std::uint64_t index) {
  const auto hashes = tiles_hashes(size, level);
  if (index >= (hashes + kTileWidth - 1) / kTileWidth) return 0;
  const auto left = hashes - index * kTileWidth;
  return left < kTileWidth ? static_cast<unsigned>(left) : kTileWidth;
}

}  // namespace heliograph::ledger
