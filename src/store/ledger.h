// What the transparency ledger (src/ledger) keeps: private records with their public entries, the log's
// entries and hashes as they are served, the sizes it has had, and witnesses' signatures. Bytes are the
// ledger's own; the store does not look into them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace heliograph::store {

struct LedgerRecord {
  std::int64_t id = 0;                      // in the order of recording
  Bytes entry;                              // as the log shows it
  std::optional<std::uint64_t> leaf_index;  // empty: not in the log yet
  UnixSeconds recorded_at = 0;
  bool spent = false;  // the act that it stands for has been done
  Bytes sealed;        // the private record
};

struct LedgerTree {
  std::uint64_t size = 0;
  Bytes root;
  UnixSeconds at = 0;
};

struct LedgerCosignature {
  std::uint64_t size = 0;
  std::string witness;  // the key's name and id
  std::string line;     // of the signed note
};

class LedgerTable {
 public:
  virtual ~LedgerTable() = default;

  // Gives the record's id.
  virtual Result<std::int64_t> add_record(ByteView entry, UnixSeconds recorded_at, ByteView sealed) = 0;
  virtual Result<std::optional<LedgerRecord>> find_record(std::int64_t id) = 0;
  // Marks the record as spent. False when there is none with this id and entry, or it is spent already.
  virtual Result<bool> spend(std::int64_t id, ByteView entry) = 0;
  // Those not in the log yet, by id; without the private records.
  virtual Result<std::vector<LedgerRecord>> waiting(std::size_t limit) = 0;
  virtual Result<std::int64_t> count_waiting() = 0;
  // Gives a waiting record its place. internal LEDGER_PLACED when it is not waiting.
  virtual Status place(std::int64_t id, std::uint64_t leaf_index) = 0;
  // Those with id > `after`, by id; without the private records.
  virtual Result<std::vector<LedgerRecord>> records_after(std::int64_t after, std::size_t limit) = 0;
  // Those with first <= leaf_index < end, by leaf_index.
  virtual Result<std::vector<LedgerRecord>> placed(std::uint64_t first, std::uint64_t end,
                                                   std::size_t limit) = 0;

  // A tile's bytes, as far as it has come. Level -1: entries.
  virtual Result<std::optional<Bytes>> tile(int level, std::uint64_t index) = 0;
  virtual Status put_tile(int level, std::uint64_t index, ByteView bytes) = 0;

  // internal LEDGER_TREE_EXISTS when there is a tree of this size: one size has one root for ever.
  virtual Status add_tree(const LedgerTree& tree) = 0;
  virtual Result<std::optional<LedgerTree>> newest_tree() = 0;
  virtual Result<std::optional<LedgerTree>> find_tree(std::uint64_t size) = 0;
  // The largest size with `at` before that time; 0: none. Sizes and times grow together, unless the clock was
  // set back.
  virtual Result<std::uint64_t> size_before(UnixSeconds at) = 0;

  // Replaces the one of the same size and witness.
  virtual Status put_cosignature(const LedgerCosignature& cosignature) = 0;
  virtual Result<std::vector<LedgerCosignature>> cosignatures(std::uint64_t size) = 0;
  // The largest size that the witness has signed; 0: none.
  virtual Result<std::uint64_t> cosigned_size(std::string_view witness) = 0;
};

}  // namespace heliograph::store
