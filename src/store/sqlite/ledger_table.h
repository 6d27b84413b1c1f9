// The ledger's tables on one SQLite connection.
#pragma once

#include "store/ledger.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteLedger final : public LedgerTable {
 public:
  explicit SqliteLedger(Session& session) : session_(session), db_(session.db) {}
  Result<std::int64_t> add_record(ByteView entry, UnixSeconds recorded_at, ByteView sealed) override;
  Result<std::optional<LedgerRecord>> find_record(std::int64_t id) override;
  Result<bool> spend(std::int64_t id, ByteView entry) override;
  Result<std::vector<LedgerRecord>> waiting(std::size_t limit) override;
  Result<std::int64_t> count_waiting() override;
  Status place(std::int64_t id, std::uint64_t leaf_index) override;
  Result<std::vector<LedgerRecord>> records_after(std::int64_t after, std::size_t limit) override;
  Result<std::vector<LedgerRecord>> placed(std::uint64_t first, std::uint64_t end,
                                           std::size_t limit) override;
  Result<std::optional<Bytes>> tile(int level, std::uint64_t index) override;
  Status put_tile(int level, std::uint64_t index, ByteView bytes) override;
  Status add_tree(const LedgerTree& tree) override;
  Result<std::optional<LedgerTree>> newest_tree() override;
  Result<std::optional<LedgerTree>> find_tree(std::uint64_t size) override;
  Result<std::uint64_t> size_before(UnixSeconds at) override;
  Status put_cosignature(const LedgerCosignature& cosignature) override;
  Result<std::vector<LedgerCosignature>> cosignatures(std::uint64_t size) override;
  Result<std::uint64_t> cosigned_size(std::string_view witness) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
