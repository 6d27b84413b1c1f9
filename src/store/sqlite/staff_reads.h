// The journal of what the staff has read of people's data: only added to, also while a server runs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store::sqlite {

struct StaffRead {
  std::int64_t id = 0;
  UnixSeconds at = 0;
  std::string who;   // on the machine
  std::string what;  // the command
  UserId account;    // whose data
  std::string reason;
};

// On disk when this returns; `read.id` does not matter. `place`: a data folder or a database file. Errors: as
// Snapshot::open(); STORE_BUSY, STORE_FULL, STORE_READONLY, STORE_FAILED.
Status record_staff_read(const std::filesystem::path& place, const StaffRead& read);
// All of them, oldest first.
Result<std::vector<StaffRead>> staff_reads(const std::filesystem::path& place);

}  // namespace heliograph::store::sqlite
