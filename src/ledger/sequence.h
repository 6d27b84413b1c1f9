// How entries become leaves: one transaction takes all that waits, pads it, and extends the tree. The tree's
// state lives in the store alone, so that a tree that a checkpoint is signed for is always on disk whole.
#pragma once

#include "crypto/secret.h"
#include "ledger/opening.h"
#include "ledger/tree.h"
#include "store/tx.h"

namespace heliograph::ledger {

// Entries that open to nothing, made from a key and their place: they need not be stored to be opened.
class Padding {
 public:
  explicit Padding(const crypto::SecretKey& key) : key_(key) {}
  StoredRecord at(Book book, std::uint64_t index) const;
  crypto::Scalar blinding(std::uint64_t index) const;

 private:
  crypto::SecretKey key_;
};

struct Batch {
  std::uint64_t first = 0;  // the size before
  std::uint64_t size = 0;   // and after
  Hash root{};
  UnixSeconds at = 0;
  std::size_t records = 0;  // not padding
  RecordId newest{};        // of these
  bool more = false;        // others still wait: take another batch at once
};

struct BatchPlan {
  std::size_t pad_to = 4;  // each book's entries: a multiple of it, and at least one
  std::size_t records_max = 10'000;
  Hash order{};  // random: what the order within the batch comes from
  UnixSeconds now = 0;
};

// In a write transaction. Errors: those of the store; internal LEDGER_CORRUPT when what is stored is not the
// tree that was signed.
Result<Batch> sequence(store::Tx& tx, const Padding& padding, const BatchPlan& plan);

// A tile or an entry bundle, of exactly its width. not_found LEDGER_TILE_MISSING when the tree has not come
// that far.
Result<Bytes> read_tile(store::Tx& tx, const TileId& tile);
// The tree of that size; `tx` must outlive it.
TreeReader tree_in(store::Tx& tx, std::uint64_t size);

}  // namespace heliograph::ledger
