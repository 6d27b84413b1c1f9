// The tables of the transparency ledger: see store/ledger.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kLedgerTables = R"sql(
CREATE TABLE ledger_records (
  id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given out twice
  entry BLOB NOT NULL,
  leaf_index INTEGER UNIQUE,              -- NULL: not in the log yet
  recorded_at INTEGER NOT NULL,
  spent INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX ledger_records_waiting ON ledger_records (id) WHERE leaf_index IS NULL;

CREATE TABLE ledger_tiles (
  level INTEGER NOT NULL,                 -- -1: entries
  n INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (level, n)
) STRICT;

CREATE TABLE ledger_trees (
  size INTEGER PRIMARY KEY,
  root BLOB NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_trees_at ON ledger_trees (at);

CREATE TABLE ledger_cosignatures (
  size INTEGER NOT NULL,
  witness TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (witness, size)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_cosignatures_size ON ledger_cosignatures (size);
)sql";

}  // namespace heliograph::store::sqlite
