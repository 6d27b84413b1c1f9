// What is searched for, counted: see store/search_counts.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kSearchCountTables = R"sql(
CREATE TABLE search_days (
  words TEXT NOT NULL,
  day INTEGER NOT NULL,                   -- since 1970
  asked INTEGER NOT NULL,
  PRIMARY KEY (words, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_days_day ON search_days (day);

CREATE TABLE search_leads (
  words TEXT NOT NULL,
  subject TEXT NOT NULL,                  -- as the ledger names it
  day INTEGER NOT NULL,
  shown INTEGER NOT NULL,
  PRIMARY KEY (words, subject, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_leads_day ON search_leads (day);

CREATE TABLE term_days (
  term TEXT NOT NULL,                     -- as the matcher names it
  day INTEGER NOT NULL,
  asked INTEGER NOT NULL,
  evaded INTEGER NOT NULL,
  shown_anyway INTEGER NOT NULL,
  overblocked INTEGER NOT NULL,
  PRIMARY KEY (term, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX term_days_day ON term_days (day);
)sql";

}  // namespace heliograph::store::sqlite
