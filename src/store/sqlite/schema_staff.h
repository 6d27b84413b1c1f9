// The tables of the staff: see store/staff.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kStaffTables = R"sql(
CREATE TABLE staff_reads (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  account INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE TRIGGER staff_reads_stay BEFORE DELETE ON staff_reads
  BEGIN SELECT raise(ABORT, 'the journal of staff reads is only added to'); END;
CREATE TRIGGER staff_reads_are_so BEFORE UPDATE ON staff_reads
  BEGIN SELECT raise(ABORT, 'the journal of staff reads is only added to'); END;
)sql";

// The step that brings members of the staff and how they sign in.
inline constexpr std::string_view kStaffMemberTables = R"sql(
CREATE TABLE staff (
  id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given out twice
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,          -- folded
  role INTEGER NOT NULL,
  state INTEGER NOT NULL,
  languages TEXT NOT NULL,                -- words
  categories INTEGER NOT NULL,
  opt_outs INTEGER NOT NULL,
  settings TEXT NOT NULL,
  totp_sealed BLOB NOT NULL,
  totp_step INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  locked_until INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE staff_passkeys (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE,
  staff INTEGER NOT NULL,
  algorithm INTEGER NOT NULL,
  public_key BLOB NOT NULL,
  counter INTEGER NOT NULL,
  label TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_passkeys_staff ON staff_passkeys (staff);

CREATE TABLE staff_tokens (
  digest BLOB PRIMARY KEY,
  kind INTEGER NOT NULL,
  staff INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  proved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_tokens_staff ON staff_tokens (staff, kind);
CREATE INDEX staff_tokens_expires ON staff_tokens (expires_at);

ALTER TABLE staff_reads ADD COLUMN staff INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff_reads ADD COLUMN case_id INTEGER NOT NULL DEFAULT 0;
CREATE INDEX staff_reads_staff ON staff_reads (staff, id);
CREATE INDEX staff_reads_account ON staff_reads (account, id);

CREATE TABLE staff_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  about INTEGER NOT NULL
) STRICT;
CREATE TRIGGER staff_events_stay BEFORE DELETE ON staff_events
  BEGIN SELECT raise(ABORT, 'the journal of the staff is only added to'); END;
CREATE TRIGGER staff_events_are_so BEFORE UPDATE ON staff_events
  BEGIN SELECT raise(ABORT, 'the journal of the staff is only added to'); END;
)sql";

}  // namespace heliograph::store::sqlite
