#include "ledger/tree.h"

#include <bit>

namespace heliograph::ledger {

namespace {

constexpr std::size_t kHashSize = 32;

// The largest power of two below `count`; count > 1.
std::uint64_t split(std::uint64_t count) {
  return std::bit_floor(count - 1);
}

Hash hash_at(ByteView hashes, std::size_t index) {
  Hash out;
  std::memcpy(out.data(), hashes.data() + index * kHashSize, kHashSize);
  return out;
}

}  // namespace

Hash hashes_root(ByteView hashes) {
  const auto count = hashes.size() / kHashSize;
  if (count == 0) return empty_root();
  if (count == 1) return hash_at(hashes, 0);
  const auto left = split(count) * kHashSize;
  return node_hash(hashes_root(hashes.first(left)), hashes_root(hashes.subspan(left)));
}

Result<Hash> TreeReader::node(int level, std::uint64_t index) {
  const int tile_level = level / 8;
  const int height = level % 8;  // above the tile's hashes
  const auto first = index << height;
  const auto tile_index = first / kTileWidth;
  const auto key = std::pair(tile_level, tile_index);
  auto found = tiles_.find(key);
  if (found == tiles_.end()) {
    const TileId id{tile_level, tile_index, tile_width(size_, tile_level, tile_index)};
    if (id.width == 0) return fail(Error::internal("LEDGER_TILE_SHORT"));
    HG_ASSIGN(auto bytes, read_(id));
    if (bytes.size() != id.width * kHashSize) return fail(Error::internal("LEDGER_TILE_SHORT"));
    found = tiles_.emplace(key, std::move(bytes)).first;
  }
  const auto from = (first % kTileWidth) * kHashSize;
  const auto length = (std::size_t{1} << height) * kHashSize;
  if (from + length > found->second.size()) return fail(Error::internal("LEDGER_TILE_SHORT"));
  return hashes_root(ByteView(found->second).subspan(from, length));
}

Result<Hash> TreeReader::range(std::uint64_t first, std::uint64_t end) {
  const auto count = end - first;
  if (count == 0) return empty_root();
  // A complete subtree: its first leaf is always at a multiple of its size.
  if (std::has_single_bit(count)) {
    const int level = std::countr_zero(count);
    return node(level, first >> level);
  }
  const auto middle = first + split(count);
  HG_ASSIGN(const auto left, range(first, middle));
  HG_ASSIGN(const auto right, range(middle, end));
  return node_hash(left, right);
}

Result<Hash> TreeReader::root() {
  return range(0, size_);
}

Result<Hash> TreeReader::root_at(std::uint64_t size) {
  if (size > size_) return fail(Error::invalid("LEDGER_RANGE"));
  return range(0, size);
}

Status TreeReader::include(std::uint64_t index, std::uint64_t first, std::uint64_t end, Proof& out) {
  if (end - first == 1) return {};
  const auto middle = first + split(end - first);
  const bool left = index < middle;
  HG_TRY(left ? include(index, first, middle, out) : include(index, middle, end, out));
  HG_ASSIGN(const auto sibling, left ? range(middle, end) : range(first, middle));
  out.push_back(sibling);
  return {};
}

Result<Proof> TreeReader::inclusion(std::uint64_t index) {
  if (index >= size_) return fail(Error::invalid("LEDGER_RANGE"));
  Proof out;
  HG_TRY(include(index, 0, size_, out));
  return out;
}

// RFC 6962, section 2.1.2: SUBPROOF(m, D[n], b).
Status TreeReader::extend(std::uint64_t old_size, std::uint64_t first, std::uint64_t end, bool whole,
                          Proof& out) {
  if (old_size == end - first) {
    if (whole) return {};
    HG_ASSIGN(const auto hash, range(first, end));
    out.push_back(hash);
    return {};
  }
  const auto half = split(end - first);
  if (old_size <= half) {
    HG_TRY(extend(old_size, first, first + half, whole, out));
    HG_ASSIGN(const auto right, range(first + half, end));
    out.push_back(right);
  } else {
    HG_TRY(extend(old_size - half, first + half, end, false, out));
    HG_ASSIGN(const auto left, range(first, first + half));
    out.push_back(left);
  }
  return {};
}

Result<Proof> TreeReader::consistency(std::uint64_t old_size) {
  if (old_size > size_) return fail(Error::invalid("LEDGER_RANGE"));
  Proof out;
  if (old_size == 0 || old_size == size_) return out;
  HG_TRY(extend(old_size, 0, size_, true, out));
  return out;
}

// RFC 9162, section 2.1.3.2.
bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Hash& root,
                      const Proof& proof) {
  if (index >= size) return false;
  auto node = index, last = size - 1;
  Hash hash = leaf;
  for (const auto& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      hash = node_hash(sibling, hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

// RFC 9162, section 2.1.4.2.
bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                        const Proof& proof) {
  if (old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (old_size == 0) return proof.empty() && old_root == empty_root();
  std::size_t next = 0;
  Hash first;
  if (std::has_single_bit(old_size)) {
    first = old_root;  // its own root is left out of the proof
  } else {
    if (proof.empty()) return false;
    first = proof[next++];
  }
  auto node = old_size - 1, last = size - 1;
  while ((node & 1) != 0) {
    node >>= 1;
    last >>= 1;
  }
  Hash older = first, newer = first;
  for (; next < proof.size(); ++next) {
    if (last == 0) return false;
    const auto& sibling = proof[next];
    if ((node & 1) != 0 || node == last) {
      older = node_hash(sibling, older);
      newer = node_hash(sibling, newer);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      newer = node_hash(newer, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && older == old_root && newer == root;
}

void GrowingTree::add(const Hash& leaf) {
  Hash hash = leaf;
  for (auto bits = size_; (bits & 1) != 0; bits >>= 1) {
    hash = node_hash(subtrees_.back(), hash);
    subtrees_.pop_back();
  }
  subtrees_.push_back(hash);
  ++size_;
}

Hash GrowingTree::root() const {
  if (subtrees_.empty()) return empty_root();
  Hash hash = subtrees_.back();
  for (std::size_t i = subtrees_.size() - 1; i-- > 0;) hash = node_hash(subtrees_[i], hash);
  return hash;
}

}  // namespace heliograph::ledger
