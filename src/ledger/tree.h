// The arithmetic of the Merkle tree: roots, inclusion and consistency proofs (RFC 6962, section 2.1), made
// from tiles and checked without them. Pure; nothing here trusts its input.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "base/result.h"
#include "ledger/hash.h"
#include "ledger/tile.h"

namespace heliograph::ledger {

using Proof = std::vector<Hash>;

// The hashes of a tree of one size, read tile by tile; each tile is read once.
class TreeReader {
 public:
  // The concatenated hashes of a tile, of exactly its width.
  using ReadTile = std::function<Result<Bytes>(const TileId&)>;
  TreeReader(std::uint64_t size, ReadTile read) : size_(size), read_(std::move(read)) {}

  // Errors: those of reading; internal LEDGER_TILE_SHORT when a tile is not as long as it must be.
  Result<Hash> root();
  // invalid LEDGER_RANGE unless index < size.
  Result<Proof> inclusion(std::uint64_t index);
  // From the tree of `old_size` leaves to this one. invalid LEDGER_RANGE unless old_size <= size. Empty from
  // 0 and from the size itself.
  Result<Proof> consistency(std::uint64_t old_size);
  // The root of this tree when it had `size` leaves.
  Result<Hash> root_at(std::uint64_t size);

 private:
  // Of leaves [first, end), in the shape that a tree of end - first leaves has.
  Result<Hash> range(std::uint64_t first, std::uint64_t end);
  // Of 2^level leaves from index << level.
  Result<Hash> node(int level, std::uint64_t index);
  Status include(std::uint64_t index, std::uint64_t first, std::uint64_t end, Proof& out);
  Status extend(std::uint64_t old_size, std::uint64_t first, std::uint64_t end, bool whole, Proof& out);

  std::uint64_t size_;
  ReadTile read_;
  std::map<std::pair<int, std::uint64_t>, Bytes> tiles_;
};

// The root over up to 256 hashes, 32 bytes each, laid one after another.
Hash hashes_root(ByteView hashes);

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Hash& root,
                      const Proof& proof);
bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                        const Proof& proof);

// The roots of a tree that grows leaf by leaf, from its rightmost subtrees alone.
class GrowingTree {
 public:
  void add(const Hash& leaf);
  std::uint64_t size() const { return size_; }
  Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> subtrees_;  // complete, largest first: one for every bit of size_
};

}  // namespace heliograph::ledger
