// The log of what is to be indexed, on one SQLite connection.
#pragma once

#include "store/search_log.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteSearchLog final : public SearchLog {
 public:
  explicit SqliteSearchLog(Session& session) : session_(session), db_(session.db) {}
  Status append(const SearchChange& change) override;
  Result<std::vector<SearchChange>> after(std::int64_t number, std::size_t limit) override;
  Result<std::int64_t> last() override;
  Result<std::int64_t> dropped() override;
  Status drop_up_to(std::int64_t number) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
