#include "ledger/tree.h"

#include <gtest/gtest.h>

#include "ledger/entry.h"

namespace heliograph::ledger {
namespace {

Hash leaf(std::uint64_t i) {
  return leaf_hash(as_bytes(std::to_string(i)));
}

// RFC 6962, section 2.1, word for word.
Hash mth(std::uint64_t first, std::uint64_t end) {
  if (first == end) return empty_root();
  if (end - first == 1) return leaf(first);
  std::uint64_t k = 1;
  while (2 * k < end - first) k *= 2;
  return node_hash(mth(first, first + k), mth(first + k, end));
}

Result<Bytes> tile_of(const TileId& tile) {
  std::uint64_t span = 1;
  for (int i = 0; i < tile.level; ++i) span *= 256;
  Bytes out;
  for (unsigned i = 0; i < tile.width; ++i) {
    const auto at = tile.index * 256 + i;
    append(out, mth(at * span, (at + 1) * span));
  }
  return out;
}

// Every size that turns a corner at a power of two, and both sides of a full tile.
const std::uint64_t kSizes[] = {1, 2, 3, 4, 5, 7, 8, 9, 64, 100, 255, 256, 257, 300, 512, 513, 1000};

TEST(Tree, RootsAreThoseOfTheRfc) {
  EXPECT_EQ(to_hex(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(TreeReader(0, tile_of).root().value(), empty_root());
  GrowingTree growing;
  EXPECT_EQ(growing.root(), empty_root());
  for (const auto size : kSizes) {
    while (growing.size() < size) growing.add(leaf(growing.size()));
    EXPECT_EQ(TreeReader(size, tile_of).root().value(), mth(0, size)) << size;
    EXPECT_EQ(growing.root(), mth(0, size)) << size;
  }
}

TEST(Tree, InclusionIsProvenAndNothingElse) {
  for (const auto size : kSizes) {
    TreeReader tree(size, tile_of);
    const auto root = mth(0, size);
    for (std::uint64_t i = 0; i < size; i += 1 + size / 40) {
      const auto proof = tree.inclusion(i).value();
      EXPECT_TRUE(verify_inclusion(leaf(i), i, size, root, proof)) << i << " of " << size;
      EXPECT_FALSE(verify_inclusion(leaf(i + 1), i, size, root, proof));
      EXPECT_FALSE(verify_inclusion(leaf(i), i + size, size, root, proof));
      if (size > 1) {
        EXPECT_FALSE(verify_inclusion(leaf(i), (i + 1) % size, size, root, proof));
      }
      auto longer = proof;
      longer.push_back(root);
      EXPECT_FALSE(verify_inclusion(leaf(i), i, size, root, longer));
      for (std::size_t k = 0; k < proof.size(); ++k) {
        auto changed = proof;
        changed[k][0] ^= 1;
        EXPECT_FALSE(verify_inclusion(leaf(i), i, size, root, changed));
      }
      if (!proof.empty()) {
        EXPECT_FALSE(verify_inclusion(leaf(i), i, size, root, Proof(proof.begin(), proof.end() - 1)));
      }
    }
    EXPECT_EQ(tree.inclusion(size).error().code, "LEDGER_RANGE");
  }
}

TEST(Tree, ConsistencyIsProvenAndNothingElse) {
  for (const auto size : kSizes) {
    TreeReader tree(size, tile_of);
    const auto root = mth(0, size);
    for (const auto old : kSizes) {
      if (old > size) break;
      const auto old_root = mth(0, old);
      EXPECT_EQ(tree.root_at(old).value(), old_root);
      const auto proof = tree.consistency(old).value();
      EXPECT_TRUE(verify_consistency(old, old_root, size, root, proof)) << old << " to " << size;
      auto wrong = old_root;
      wrong[5] ^= 1;
      EXPECT_FALSE(verify_consistency(old, wrong, size, root, proof)) << old << " to " << size;
      EXPECT_FALSE(verify_consistency(old, old_root, size, wrong, proof)) << old << " to " << size;
      for (std::size_t k = 0; k < proof.size(); ++k) {
        auto changed = proof;
        changed[k][0] ^= 1;
        EXPECT_FALSE(verify_consistency(old, old_root, size, root, changed));
      }
    }
    EXPECT_EQ(tree.consistency(size + 1).error().code, "LEDGER_RANGE");
    EXPECT_TRUE(verify_consistency(0, empty_root(), size, root, {}));
  }
}

TEST(Tree, ATileThatIsTooShortIsNoTile) {
  TreeReader tree(300, [](const TileId& tile) -> Result<Bytes> { return Bytes(tile.width * 32 - 1); });
  EXPECT_EQ(tree.root().error().code, "LEDGER_TILE_SHORT");
}

}  // namespace
}  // namespace heliograph::ledger
