// Agencies that apply to be let in: see store/legal.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kAgencyApplications = R"sql(
CREATE TABLE agency_applications (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  reference BLOB NOT NULL UNIQUE,
  likeness BLOB NOT NULL,
  state INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,            -- 0: open
  decided_by INTEGER NOT NULL,
  agency INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX agency_applications_open ON agency_applications (received_at) WHERE decided_at = 0;
CREATE INDEX agency_applications_decided ON agency_applications (decided_at) WHERE decided_at != 0;
CREATE INDEX agency_applications_received ON agency_applications (received_at);
ALTER TABLE legal_acts ADD COLUMN application INTEGER NOT NULL DEFAULT 0;
)sql";

}  // namespace heliograph::store::sqlite
