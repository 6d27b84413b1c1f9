// Guarded terms that the staff adds: see store/guard_terms.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kGuardTermTables = R"sql(
CREATE TABLE guard_terms (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  text TEXT NOT NULL,
  canonical TEXT NOT NULL,
  category INTEGER NOT NULL,
  effect INTEGER NOT NULL,
  locale TEXT NOT NULL,
  countries TEXT NOT NULL,                -- "DE FR"
  expires_at INTEGER NOT NULL,
  state INTEGER NOT NULL,
  source TEXT NOT NULL,
  case_id INTEGER NOT NULL,
  record INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX guard_terms_canonical ON guard_terms (canonical) WHERE state <= 2;
CREATE INDEX guard_terms_state ON guard_terms (state, id);
CREATE INDEX guard_terms_expires ON guard_terms (expires_at) WHERE state = 2 AND expires_at != 0;
CREATE INDEX guard_terms_version ON guard_terms (version);

CREATE TABLE guard_term_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  term INTEGER NOT NULL,
  at INTEGER NOT NULL,
  staff INTEGER NOT NULL,
  what TEXT NOT NULL,
  record INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX guard_term_events_term ON guard_term_events (term, id);
)sql";

}  // namespace heliograph::store::sqlite
