#include "ledger/tile.h"

#include "ledger/text.h"

namespace heliograph::ledger {

namespace {

constexpr int kGroupsMax = 6;  // 10^18 tiles

std::string three_digits(std::uint64_t value) {
  auto text = std::to_string(value);
  return std::string(3 - text.size(), '0') + text;
}

}  // namespace

std::string tile_path(const TileId& tile) {
  std::string number = three_digits(tile.index % 1000);
  for (auto rest = tile.index / 1000; rest > 0; rest /= 1000) {
    number = "x" + three_digits(rest % 1000) + "/" + number;
  }
  std::string out = tile.level == kEntriesLevel ? "entries" : std::to_string(tile.level);
  out += "/" + number;
  if (tile.width != kTileWidth) out += ".p/" + std::to_string(tile.width);
  return out;
}

std::optional<TileId> parse_tile_path(std::string_view path) {
  const auto whole = path;
  TileId out;
  const auto slash = path.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  if (const auto level = path.substr(0, slash); level == "entries") {
    out.level = kEntriesLevel;
  } else if (const auto number = from_decimal(level); number && *number < 64) {
    out.level = static_cast<int>(*number);
  } else {
    return std::nullopt;
  }
  path.remove_prefix(slash + 1);
  if (const auto partial = path.find(".p/"); partial != std::string_view::npos) {
    const auto width = from_decimal(path.substr(partial + 3));
    if (!width || *width < 1 || *width >= kTileWidth) return std::nullopt;
    out.width = static_cast<unsigned>(*width);
    path = path.substr(0, partial);
  }
  for (int groups = 0; !path.empty(); ++groups) {
    if (groups == kGroupsMax) return std::nullopt;
    if (path.front() == 'x') path.remove_prefix(1);
    for (int digit = 0; digit < 3; ++digit) {
      if (path.empty() || path.front() < '0' || path.front() > '9') return std::nullopt;
      out.index = out.index * 10 + static_cast<std::uint64_t>(path.front() - '0');
      path.remove_prefix(1);
    }
    if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  }
  if (tile_path(out) != whole) return std::nullopt;  // one name a tile
  return out;
}

}  // namespace heliograph::ledger
