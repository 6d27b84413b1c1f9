// Does the database say what it should? Reads one snapshot, so it may run beside a live server, from another
// process. Changes nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace heliograph::store::sqlite {

struct Report {
  // One sentence each, in plain words, naming accounts and messages by number; never any text or personal
  // data. Empty: all is well. At most 200, the last of which then says that there are more.
  std::vector<std::string> findings;
  std::int64_t accounts = 0;
  std::int64_t messages = 0;
  std::int64_t updates = 0;

  bool ok() const { return findings.empty(); }
};

// `place`: a data folder, a backup, or a database file. Errors: not_found STORE_NOT_FOUND, unavailable
// STORE_TOO_NEW, STORE_TOO_OLD (a server has to bring it up to date first), STORE_FAILED.
Result<Report> check(const std::filesystem::path& place);

}  // namespace heliograph::store::sqlite
