#include "ledger/sequence.h"

#include <algorithm>
#include <map>

namespace heliograph::ledger {

namespace {

constexpr std::size_t kHashSize = 32;

// What will stand in the log, before its place is known.
struct Slot {
  std::optional<RecordId> record;  // none: padding
  Book book = Book::content;
  Bytes entry;
};

void append_be64(Bytes& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

Status put_hash(store::Tx& tx, int level, std::uint64_t index, const Hash& hash) {
  const auto tile_index = index / kTileWidth;
  HG_ASSIGN(const auto found, tx.ledger().tile(level, tile_index));
  Bytes tile = found.value_or(Bytes{});
  if (tile.size() != index % kTileWidth * kHashSize) {
    return fail(Error::internal("LEDGER_CORRUPT", "A tile of the ledger is not as long as the tree."));
  }
  append(tile, hash);
  HG_TRY(tx.ledger().put_tile(level, tile_index, tile));
  if (tile.size() < kTileWidth * kHashSize) return {};
  return put_hash(tx, level + 1, tile_index, hashes_root(tile));
}

Status put_bundle(store::Tx& tx, std::uint64_t index, const Bytes& bundle) {
  HG_TRY(tx.ledger().put_tile(kEntriesLevel, index, bundle));
  HG_ASSIGN(const auto entries, split_bundle(bundle));
  if (entries.size() < kTileWidth) return {};
  return put_hash(tx, 1, index, hashes_root(bundle_hashes(entries)));
}

// Appends to the entries from `size` on.
Status append_entries(store::Tx& tx, std::uint64_t size, const std::vector<Slot>& slots) {
  Bytes bundle;
  if (size % kTileWidth != 0) {
    HG_ASSIGN(const auto partial, tx.ledger().tile(kEntriesLevel, size / kTileWidth));
    bundle = partial.value_or(Bytes{});
  }
  for (const auto& slot : slots) {
    append_to_bundle(bundle, slot.entry);
    if (++size % kTileWidth != 0) continue;
    HG_TRY(put_bundle(tx, size / kTileWidth - 1, bundle));
    bundle.clear();
  }
  if (!bundle.empty()) HG_TRY(put_bundle(tx, size / kTileWidth, bundle));
  return {};
}

Result<std::vector<Slot>> gather(store::Tx& tx, const BatchPlan& plan, Batch& batch) {
  HG_ASSIGN(auto waiting, tx.ledger().waiting(plan.records_max + 1));
  if (waiting.size() > plan.records_max) {
    batch.more = true;
    waiting.pop_back();
  }
  batch.records = waiting.size();
  std::map<Book, std::size_t> counts;
  std::vector<Slot> slots;
  for (auto& record : waiting) {
    HG_ASSIGN(const auto entry, Entry::parse(record.entry));
    ++counts[entry.book];
    batch.newest = RecordId{record.id};
    slots.push_back({batch.newest, entry.book, std::move(record.entry)});
  }
  for (const auto book : kBooks) {
    const auto count = counts[book];
    const auto padded = std::max<std::size_t>((count + plan.pad_to - 1) / plan.pad_to, 1) * plan.pad_to;
    for (auto i = count; i < padded; ++i) slots.push_back({std::nullopt, book, {}});
  }
  return slots;
}

// An order that says nothing about which entry came first, or which is padding.
void shuffle(std::vector<Slot>& slots, const Hash& order) {
  std::vector<std::pair<Hash, std::size_t>> keys;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    Bytes number;
    append_be64(number, i);
    keys.emplace_back(crypto::hmac_sha256(order, {number}), i);
  }
  std::ranges::sort(keys);
  std::vector<Slot> out;
  out.reserve(slots.size());
  for (const auto& [key, i] : keys) out.push_back(std::move(slots[i]));
  slots = std::move(out);
}

Result<Hash> to_hash(ByteView bytes) {
  Hash out;
  if (bytes.size() != out.size()) return fail(Error::internal("LEDGER_CORRUPT"));
  std::memcpy(out.data(), bytes.data(), out.size());
  return out;
}

}  // namespace

crypto::Scalar Padding::blinding(std::uint64_t index) const {
  Bytes number;
  append_be64(number, index);
  return crypto::Scalar::from_wide(crypto::hmac_sha512(key_.view(), {as_bytes("blinding"), number}));
}

StoredRecord Padding::at(Book book, std::uint64_t index) const {
  Bytes number;
  append_be64(number, index);
  StoredRecord out;
  out.book = book;
  out.parts.push_back({std::string(kPaddingField), ""});
  out.salt = to_bytes(crypto::hmac_sha256(key_.view(), {as_bytes("salt"), number}));
  out.blinding = to_bytes(blinding(index).bytes);
  return out;
}

Result<Bytes> read_tile(store::Tx& tx, const TileId& tile) {
  const auto missing = fail(Error::not_found("LEDGER_TILE_MISSING", "The log has no such tile."));
  if (tile.level >= 1) {
    HG_ASSIGN(auto bytes, tx.ledger().tile(tile.level, tile.index));
    if (!bytes || bytes->size() < tile.width * kHashSize) return missing;
    bytes->resize(tile.width * kHashSize);
    return std::move(*bytes);
  }
  HG_ASSIGN(auto bundle, tx.ledger().tile(kEntriesLevel, tile.index));
  if (!bundle) return missing;
  HG_ASSIGN(auto entries, split_bundle(*bundle));
  if (entries.size() < tile.width) return missing;
  entries.resize(tile.width);
  if (tile.level == 0) return bundle_hashes(entries);
  const auto end = entries.back().data() + entries.back().size();
  bundle->resize(static_cast<std::size_t>(end - bundle->data()));
  return std::move(*bundle);
}

TreeReader tree_in(store::Tx& tx, std::uint64_t size) {
  return TreeReader(size, [&tx](const TileId& tile) { return read_tile(tx, tile); });
}

Result<Batch> sequence(store::Tx& tx, const Padding& padding, const BatchPlan& plan) {
  HG_ASSIGN(const auto newest, tx.ledger().newest_tree());
  Batch batch;
  batch.at = plan.now;
  if (newest) {
    batch.first = newest->size;
    HG_ASSIGN(const auto signed_root, to_hash(newest->root));
    HG_ASSIGN(const auto stored_root, tree_in(tx, newest->size).root());
    if (stored_root != signed_root) {
      return fail(
          Error::internal("LEDGER_CORRUPT", "The ledger's stored tree is not the one that was signed."));
    }
  }
  HG_ASSIGN(auto slots, gather(tx, plan, batch));
  shuffle(slots, plan.order);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    auto& slot = slots[i];
    const auto index = batch.first + i;
    if (slot.record) {
      HG_TRY(tx.ledger().place(slot.record->value, index));
    } else {
      slot.entry = entry_of(padding.at(slot.book, index)).encode();
    }
  }
  HG_TRY(append_entries(tx, batch.first, slots));
  batch.size = batch.first + slots.size();
  HG_ASSIGN(batch.root, tree_in(tx, batch.size).root());
  HG_TRY(tx.ledger().add_tree({batch.size, to_bytes(batch.root), batch.at}));
  return batch;
}

}  // namespace heliograph::ledger
