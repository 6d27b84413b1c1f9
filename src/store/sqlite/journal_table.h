// The sealed journal on one SQLite connection.
#pragma once

#include "store/journal.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteJournal final : public JournalTable {
 public:
  explicit SqliteJournal(Session& session) : session_(session), db_(session.db) {}
  Result<std::int64_t> add(const JournalRow& row) override;
  Result<bool> update(const JournalRow& row) override;
  Result<std::vector<JournalRow>> rows(UserId user, UnixSeconds from, UnixSeconds to, std::int64_t after,
                                       std::size_t limit) override;
  Result<std::size_t> sweep(UnixSeconds before, UnixSeconds now, std::size_t limit) override;
  Result<std::int64_t> add_key(const JournalKey& key) override;
  Status update_key(const JournalKey& key) override;
  Result<std::vector<JournalKey>> keys() override;
  Result<std::optional<JournalKey>> find_key(std::int64_t number) override;
  Result<std::int64_t> add_hold(const JournalHold& hold) override;
  Result<std::vector<JournalHold>> holds_of(std::int64_t request) override;
  Status end_holds(std::int64_t request, UnixSeconds until) override;
  Status extend_holds(std::int64_t request, UnixSeconds until) override;
  Result<JournalFigures> figures(UnixSeconds now) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
