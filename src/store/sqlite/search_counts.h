// Counts of searches on one SQLite connection.
#pragma once

#include "store/search_counts.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

class SqliteSearchCounts final : public SearchCounts {
 public:
  explicit SqliteSearchCounts(Session& session) : session_(session), db_(session.db) {}
  Status add(const SearchAsked& asked) override;
  Status add(const SearchLed& led) override;
  Status add(const TermMet& met) override;
  Result<std::int64_t> asked(std::string_view words, Day from) override;
  Result<std::vector<SearchAsked>> most_asked(Day from, std::int64_t least, std::size_t limit) override;
  Result<std::vector<SearchLed>> led_to(std::string_view words, Day from, std::size_t limit) override;
  Result<std::vector<TermMet>> met(std::string_view term, Day from) override;
  Status drop_before(Day day) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
