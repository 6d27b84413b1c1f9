#include "ledger/verify.h"

#include <algorithm>
#include <map>

#include "ledger/cell_proof.h"
#include "ledger/entry.h"
#include "ledger/tree.h"

namespace heliograph::ledger {

namespace {

constexpr std::string_view kEntriesName = "entries/";

Error wrong(std::string what) {
  return Error::forbidden("LEDGER_WRONG", std::move(what));
}

// Computes the tiles of a growing tree and compares each with what the log serves.
class TileCheck {
 public:
  TileCheck(const Fetch& fetch, std::uint64_t size) : fetch_(fetch), size_(size) {}

  Status add(int level, const Hash& hash) {
    if (levels_.size() <= static_cast<std::size_t>(level))
      levels_.resize(static_cast<std::size_t>(level) + 1);
    auto& tile = levels_[static_cast<std::size_t>(level)];
    append(tile.hashes, hash);
    if (tile.hashes.size() < kTileWidth * sizeof(Hash)) return {};
    HG_TRY(compare(level, tile));
    const auto root = hashes_root(tile.hashes);
    tile.hashes.clear();
    ++tile.index;
    return add(level + 1, root);
  }
  // After the last leaf: what is left are the partial tiles.
  Status finish() {
    for (std::size_t level = 0; level < levels_.size(); ++level) {
      if (!levels_[level].hashes.empty()) HG_TRY(compare(static_cast<int>(level), levels_[level]));
    }
    return {};
  }

 private:
  struct Tile {
    std::uint64_t index = 0;
    Bytes hashes;
  };
  Status compare(int level, const Tile& tile) {
    const TileId id{level, tile.index, tile_width(size_, level, tile.index)};
    const auto path = "tile/" + tile_path(id);
    HG_ASSIGN(const auto served, fetch_(path));
    if (served != tile.hashes) return fail(wrong(path + " is not what the entries hash to."));
    return {};
  }

  const Fetch& fetch_;
  const std::uint64_t size_;
  std::vector<Tile> levels_;
};

Result<std::vector<ByteView>> split_exactly(const Bytes& bundle, const std::string& path, unsigned width) {
  auto entries = split_bundle(bundle);
  if (!entries || entries->size() != width) {
    return fail(wrong(path + " does not hold " + std::to_string(width) + " entries."));
  }
  return entries;
}

// Which entries the openings open.
class OpeningCheck {
 public:
  explicit OpeningCheck(const std::vector<Opening>& openings)
      : openings_(openings), found_(openings.size()) {}

  void add(std::uint64_t index, const Entry& entry) {
    for (std::size_t i = 0; i < openings_.size(); ++i) {
      if (!found_[i] && openings_[i].opens(entry)) found_[i] = index;
    }
  }
  Result<std::vector<std::uint64_t>> finish() const {
    std::vector<std::uint64_t> out;
    for (const auto& index : found_) {
      if (!index) {
        return fail(Error::forbidden("LEDGER_OPENING_MISSING",
                                     "Opening " + std::to_string(out.size() + 1) +
                                         " opens no entry of this log: it is not what the log holds, or is "
                                         "in the log with a later checkpoint."));
      }
      out.push_back(*index);
    }
    return out;
  }

 private:
  const std::vector<Opening>& openings_;
  std::vector<std::optional<std::uint64_t>> found_;
};

std::string seen_before(const Checkpoint& seen) {
  return "The checkpoint of size " + std::to_string(seen.size) + " that was seen before";
}

}  // namespace

Result<Verified> verify_log(const Fetch& fetch, const VerifierKey& key, const std::vector<Checkpoint>& seen,
                            Random& random, const std::vector<Opening>& openings) {
  Verified out;
  HG_ASSIGN(const auto fetched, fetch("checkpoint"));
  out.note = as_text(fetched);
  HG_ASSIGN(const auto note, Note::parse(out.note));
  HG_ASSIGN(out.tree, open_checkpoint(note, key));
  const auto size = out.tree.size;

  std::multimap<std::uint64_t, const Checkpoint*> earlier;
  for (const auto& each : seen) {
    if (each.origin != key.name) continue;
    if (each.size > size) {
      return fail(wrong(seen_before(each) + " is of a longer log: the log has gone back to " +
                        std::to_string(size) + " entries."));
    }
    earlier.emplace(each.size, &each);
  }
  GrowingTree tree;
  auto next = earlier.begin();
  const auto compare_earlier = [&]() -> Status {
    for (; next != earlier.end() && next->first == tree.size(); ++next, ++out.earlier) {
      if (tree.root() != next->second->root) {
        return fail(wrong(seen_before(*next->second) + " has another root: the log has two histories."));
      }
    }
    return {};
  };

  // A log of an older server has no list; one that leaves its proofs out shows in how many there are.
  CellList list;
  const auto lines = fetch("cells");
  if (lines) {
    HG_ASSIGN(list, CellList::parse(as_text(*lines)));
  }
  CellProofCheck cells(list, random);
  OpeningCheck opened(openings);
  TileCheck tiles(fetch, size);
  HG_TRY(compare_earlier());
  for (std::uint64_t n = 0; n * kTileWidth < size; ++n) {
    const TileId id{kEntriesLevel, n, tile_width(size, kEntriesLevel, n)};
    const auto path = "tile/" + tile_path(id);
    HG_ASSIGN(const auto bundle, fetch(path));
    HG_ASSIGN(const auto entries, split_exactly(bundle, path, id.width));
    for (const auto bytes : entries) {
      const auto entry = Entry::parse(bytes);
      if (!entry) return fail(wrong("Entry " + std::to_string(tree.size()) + " is malformed."));
      ++out.entries[static_cast<std::size_t>(entry->book)];
      opened.add(tree.size(), *entry);
      const auto hash = leaf_hash(bytes);
      tree.add(hash);
      HG_TRY(tiles.add(0, hash));
      HG_TRY(compare_earlier());
    }
    const auto proofs = lines ? fetch("cells/proofs/" + tile_path(id).substr(kEntriesName.size())) : lines;
    if (!proofs) continue;
    HG_ASSIGN(const auto proven, add_bundle(cells, {key.name, n * kTileWidth}, entries, *proofs));
    out.proven += proven;
    HG_TRY(cells.finish());
  }
  HG_TRY(tiles.finish());
  if (tree.root() != out.tree.root)
    return fail(wrong("The entries do not hash to the root that was signed."));
  HG_ASSIGN(out.opened, opened.finish());
  return out;
}

}  // namespace heliograph::ledger
