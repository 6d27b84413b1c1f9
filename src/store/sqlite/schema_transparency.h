// Transparency reports: see store/transparency.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kTransparencyTables = R"sql(
CREATE TABLE public_reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  state INTEGER NOT NULL,
  document TEXT NOT NULL,
  note TEXT NOT NULL,
  reason TEXT NOT NULL,
  reviewed_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  reviewed_at INTEGER NOT NULL,
  published_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX public_reports_period ON public_reports (to_at, from_at, version);

CREATE TABLE report_followers (
  user INTEGER PRIMARY KEY,
  country TEXT NOT NULL,
  told INTEGER NOT NULL
) STRICT;

CREATE TABLE outgoing_statements (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  puid TEXT NOT NULL UNIQUE,
  case_id INTEGER NOT NULL,
  payload TEXT NOT NULL,
  state INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  answer TEXT NOT NULL
) STRICT;
CREATE INDEX outgoing_statements_due ON outgoing_statements (next_at, id) WHERE state = 1;

-- Times by which reports count.
CREATE INDEX cases_opened_at ON cases (opened_at);
CREATE INDEX case_members_added ON case_members (added_at);
CREATE INDEX reports_at ON reports (at);
CREATE INDEX appeals_at ON appeals (at);
CREATE INDEX appeals_decided_at ON appeals (decided_at) WHERE decided_at != 0;
CREATE INDEX guard_term_events_at ON guard_term_events (at);
)sql";

}  // namespace heliograph::store::sqlite
