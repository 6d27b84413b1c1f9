// The stored format: numbered steps, each an SQL script that takes a database from the version before it to
// its own. The version is SQLite's user_version. A released step is never edited; a change of format is a new
// step.
#pragma once

#include <span>
#include <string_view>

#include "store/sqlite/connection.h"

namespace heliograph::store::sqlite {

struct Step {
  int version;
  std::string_view sql;
};

// In ascending order of version, without gaps, from 1.
std::span<const Step> steps();
// The version this program writes.
int newest_version();

// Brings the database up to `target` (the newest by default), each step in one transaction of its own.
// A database of a newer version than this program knows: unavailable STORE_TOO_NEW, untouched.
// A database of another program: unavailable STORE_FOREIGN.
Status migrate(Connection& db);
Status migrate(Connection& db, int target);

// Whether this program can read the database: STORE_TOO_NEW, STORE_FOREIGN as above.
Status known(Connection& db);
// Whether it has the newest format: also STORE_TOO_OLD.
Status current(Connection& db);

// The version a database has; 0 for an empty one.
Result<int> version(Connection& db);

}  // namespace heliograph::store::sqlite
