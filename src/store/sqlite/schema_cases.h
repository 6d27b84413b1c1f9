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

// The step that brings reports, the queue of cases by rank, their history and appeals. What waits keeps its
// order.
inline constexpr std::string_view kReportTables = R"sql(
ALTER TABLE cases ADD COLUMN queue INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN reports INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN assignee INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN assigned_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
UPDATE cases SET rank = 68719476736 + severity * 3600 - opened_at;
DROP INDEX cases_queue;
CREATE INDEX cases_queue ON cases (rank DESC, id) WHERE state = 1;
CREATE INDEX cases_queues ON cases (queue, rank DESC, id) WHERE state = 1;
CREATE INDEX cases_due ON cases (queue, due_at) WHERE state = 1;
CREATE INDEX cases_opened ON cases (queue, opened_at) WHERE state = 1;
CREATE INDEX cases_untold ON cases (id) WHERE state != 1 AND reports > 0;
CREATE INDEX cases_decided ON cases (decided_at) WHERE state IN (2, 3);

CREATE TABLE case_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  staff INTEGER NOT NULL,
  what TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX case_events_case ON case_events (case_id, id);

CREATE TABLE appeals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id INTEGER NOT NULL,
  user INTEGER NOT NULL,
  state INTEGER NOT NULL,
  at INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,
  first INTEGER NOT NULL,
  second INTEGER NOT NULL,
  assignee INTEGER NOT NULL,
  assigned_until INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX appeals_case ON appeals (case_id, id);
CREATE INDEX appeals_waiting ON appeals (id) WHERE state = 1;
CREATE UNIQUE INDEX appeals_one ON appeals (case_id, user) WHERE state = 1;

CREATE TABLE reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id INTEGER NOT NULL,
  source INTEGER NOT NULL,
  reporter INTEGER NOT NULL,
  flagger TEXT NOT NULL,
  receipt BLOB,
  category INTEGER NOT NULL,
  option TEXT NOT NULL,
  country TEXT NOT NULL,
  language TEXT NOT NULL,
  state INTEGER NOT NULL,
  at INTEGER NOT NULL,
  settled_at INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX reports_case ON reports (case_id, id);
CREATE INDEX reports_whose ON reports (case_id, reporter, id) WHERE reporter != 0;
CREATE INDEX reports_reporter ON reports (reporter, id) WHERE reporter != 0;
CREATE INDEX reports_settled ON reports (reporter, settled_at) WHERE reporter != 0 AND state != 1;
CREATE UNIQUE INDEX reports_receipt ON reports (receipt) WHERE receipt IS NOT NULL;

-- Photos and documents that were reported: kept, whatever becomes of the message.
CREATE TABLE evidence_media (
  media INTEGER NOT NULL,
  case_id INTEGER NOT NULL,
  PRIMARY KEY (media, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE flaggers (
  name TEXT PRIMARY KEY,
  authority INTEGER NOT NULL,
  token BLOB NOT NULL UNIQUE,
  added_at INTEGER NOT NULL,
  disabled_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reporters (
  user INTEGER PRIMARY KEY,
  warned_at INTEGER NOT NULL,
  paused_until INTEGER NOT NULL
) STRICT;
)sql";

// How much a limited account may do; those that are limited already do not write in public.
inline constexpr std::string_view kLimits = R"sql(
ALTER TABLE accounts ADD COLUMN limited_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN limited_as INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN paced_at INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET limited_as = 1 WHERE limited_until != 0;
)sql";

}  // namespace heliograph::store::sqlite
