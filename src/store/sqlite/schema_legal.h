// The legal desk and the sealed journal: see store/legal.h, store/journal.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kLegalTables = R"sql(
CREATE TABLE journal_keys (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  text TEXT NOT NULL,
  installed_at INTEGER NOT NULL,
  retired_at INTEGER NOT NULL
) STRICT;

CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL,
  tag BLOB NOT NULL UNIQUE,
  key INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX journal_user ON journal (user, to_at);
CREATE INDEX journal_to ON journal (to_at);

CREATE TABLE journal_holds (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request INTEGER NOT NULL,
  user INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT;
CREATE INDEX journal_holds_user ON journal_holds (user, until);
CREATE INDEX journal_holds_request ON journal_holds (request);

CREATE TABLE legal_agencies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  country TEXT NOT NULL,
  kind TEXT NOT NULL,
  state INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  onboarded_by INTEGER NOT NULL,
  daily_most INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE legal_officers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  agency INTEGER NOT NULL,
  state INTEGER NOT NULL,
  invitation BLOB UNIQUE,                 -- NULL: used
  invited_until INTEGER NOT NULL,
  passkey BLOB UNIQUE,                    -- NULL: none
  algorithm INTEGER NOT NULL,
  public_key BLOB NOT NULL,
  counter INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX legal_officers_agency ON legal_officers (agency, id);

CREATE TABLE legal_sessions (
  digest BLOB PRIMARY KEY,
  officer INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  proved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX legal_sessions_officer ON legal_sessions (officer);
CREATE INDEX legal_sessions_expires ON legal_sessions (expires_at);

CREATE TABLE legal_requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  bundle INTEGER NOT NULL,
  type INTEGER NOT NULL,
  state INTEGER NOT NULL,
  agency INTEGER NOT NULL,
  officer INTEGER NOT NULL,
  country TEXT NOT NULL,
  jurisdiction TEXT NOT NULL,
  user INTEGER NOT NULL,
  likeness BLOB NOT NULL,
  received_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  gates INTEGER NOT NULL,
  asked INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  record INTEGER NOT NULL,
  gag_until INTEGER NOT NULL,
  notified_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX legal_requests_open ON legal_requests (due_at, id) WHERE closed_at = 0;
CREATE INDEX legal_requests_due ON legal_requests (due_at, id);
CREATE INDEX legal_requests_agency ON legal_requests (agency, id);
CREATE INDEX legal_requests_officer ON legal_requests (officer, id);
CREATE INDEX legal_requests_likeness ON legal_requests (likeness, id) WHERE likeness != x'';
CREATE INDEX legal_requests_received ON legal_requests (agency, received_at);
CREATE INDEX legal_requests_oldest ON legal_requests (received_at) WHERE closed_at = 0;

CREATE TABLE legal_acts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request INTEGER NOT NULL,
  gate INTEGER NOT NULL,
  at INTEGER NOT NULL,
  staff INTEGER NOT NULL,
  officer INTEGER NOT NULL,
  what TEXT NOT NULL,
  record INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX legal_acts_request ON legal_acts (request, id);
CREATE TRIGGER legal_acts_stay BEFORE DELETE ON legal_acts
  BEGIN SELECT raise(ABORT, 'acts of the legal desk are only added to'); END;
CREATE TRIGGER legal_acts_are_so BEFORE UPDATE ON legal_acts
  BEGIN SELECT raise(ABORT, 'acts of the legal desk are only added to'); END;

CREATE TABLE legal_files (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request INTEGER NOT NULL,
  officer INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  size INTEGER NOT NULL,
  facts BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX legal_files_request ON legal_files (request, id);

CREATE TABLE legal_contributions (
  request INTEGER NOT NULL,
  share INTEGER NOT NULL,
  staff INTEGER NOT NULL,
  at INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (request, share)
) STRICT;

CREATE TABLE legal_packages (
  request INTEGER PRIMARY KEY,
  officer INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  collected_at INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE legal_clocks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  done_at INTEGER NOT NULL,               -- 0: it runs
  UNIQUE (request, kind)
) STRICT;
CREATE INDEX legal_clocks_due ON legal_clocks (due_at) WHERE done_at = 0;
)sql";

inline constexpr std::string_view kLegalDraftTables = R"sql(
CREATE TABLE legal_drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  officer INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX legal_drafts_officer ON legal_drafts (officer, changed_at);
CREATE INDEX legal_drafts_changed ON legal_drafts (changed_at);

-- Who had which name when, so that an order that names somebody as of a time means whoever had the name then.
-- Triggers write it, so that no way of changing a name goes past it.
CREATE TABLE username_history (
  key TEXT NOT NULL,
  peer INTEGER NOT NULL,
  from_at INTEGER NOT NULL,               -- 0: since before this was written down
  to_at INTEGER NOT NULL                  -- 0: still
) STRICT;
CREATE INDEX username_history_key ON username_history (key, from_at);
CREATE INDEX username_history_over ON username_history (to_at) WHERE to_at != 0;
INSERT INTO username_history (key, peer, from_at, to_at) SELECT key, peer, 0, 0 FROM usernames;
CREATE TRIGGER usernames_given AFTER INSERT ON usernames BEGIN
  INSERT INTO username_history (key, peer, from_at, to_at) VALUES (new.key, new.peer, unixepoch(), 0);
END;
CREATE TRIGGER usernames_taken AFTER DELETE ON usernames BEGIN
  UPDATE username_history SET to_at = unixepoch() WHERE key = old.key AND peer = old.peer AND to_at = 0;
END;
)sql";

// Acts about agencies and their officers; more ways to find requests that are alike.
inline constexpr std::string_view kLegalAgencyActs = R"sql(
ALTER TABLE legal_acts ADD COLUMN agency INTEGER NOT NULL DEFAULT 0;
ALTER TABLE legal_acts ADD COLUMN about INTEGER NOT NULL DEFAULT 0;
CREATE INDEX legal_acts_agency ON legal_acts (agency, id) WHERE agency != 0;
ALTER TABLE legal_requests ADD COLUMN case_likeness BLOB NOT NULL DEFAULT x'';
CREATE INDEX legal_requests_case ON legal_requests (case_likeness, id) WHERE case_likeness != x'';
CREATE INDEX legal_requests_user ON legal_requests (user, id) WHERE user != 0;
)sql";

}  // namespace heliograph::store::sqlite
