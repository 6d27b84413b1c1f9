// The tables of cases: see store/cases.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kCaseTables = R"sql(
CREATE TABLE cases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given out twice
  subject TEXT NOT NULL,
  user INTEGER NOT NULL,
  state INTEGER NOT NULL,
  category INTEGER NOT NULL,
  effect INTEGER NOT NULL,
  severity INTEGER NOT NULL,
  strike INTEGER NOT NULL,
  strike_until INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,
  record INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX cases_subject ON cases (subject);
CREATE UNIQUE INDEX cases_open ON cases (subject) WHERE state = 1;
CREATE INDEX cases_queue ON cases (severity DESC, id) WHERE state = 1;
CREATE INDEX cases_user ON cases (user, id);
CREATE INDEX cases_strikes ON cases (user, strike_until) WHERE strike != 0;

-- Accounts that may do less: see store/accounts.h.
ALTER TABLE accounts ADD COLUMN limited_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN delisted INTEGER NOT NULL DEFAULT 0;

CREATE TABLE judge_queue (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,
  peer INTEGER NOT NULL,
  message INTEGER NOT NULL
) STRICT;
CREATE INDEX judge_queue_kind ON judge_queue (kind, number);
)sql";

// The step that brings campaigns.
inline constexpr std::string_view kCampaignTables = R"sql(
CREATE TABLE case_members (
  case_id INTEGER NOT NULL,
  subject TEXT NOT NULL,
  user INTEGER NOT NULL,
  effect INTEGER NOT NULL,
  strike INTEGER NOT NULL,
  strike_until INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  record INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (case_id, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_members_subject ON case_members (subject);
CREATE INDEX case_members_user ON case_members (user);
)sql";

}  // namespace heliograph::store::sqlite
