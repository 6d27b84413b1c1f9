// What falls due, on one SQLite connection.
#pragma once

#include "store/deadlines.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteDeadlines final : public Deadlines {
 public:
  explicit SqliteDeadlines(Session& session) : session_(session), db_(session.db) {}
  Status put(const Deadline& deadline) override;
  Result<std::vector<Deadline>> due(UnixSeconds now, std::size_t limit) override;
  Status erase(const Deadline& deadline) override;
  Status erase_of(std::int64_t case_id, std::string_view subject) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
