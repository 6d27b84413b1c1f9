// Guarded terms on one SQLite connection.
#pragma once

#include "store/guard_terms.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteGuardTerms final : public GuardTerms {
 public:
  explicit SqliteGuardTerms(Session& session) : session_(session), db_(session.db) {}
  Result<std::int64_t> add(const GuardTerm& term) override;
  Result<std::optional<GuardTerm>> find(std::int64_t id) override;
  Result<std::optional<GuardTerm>> find_canonical(std::string_view canonical) override;
  Status update(const GuardTerm& term) override;
  Result<std::vector<GuardTerm>> list(const GuardTermFilter& filter, std::int64_t before,
                                      std::size_t limit) override;
  Result<std::vector<GuardTerm>> expired(UnixSeconds now, std::size_t limit) override;
  Result<std::int64_t> changes() override;
  Status note(const GuardTermEvent& event) override;
  Result<std::vector<GuardTermEvent>> history(std::int64_t term, std::size_t limit) override;

 private:
  Status must_be_free(const GuardTerm& term);

  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
