// The journal of what the staff has read of people's data, for other programs than the server, also while it
// runs.
#pragma once

#include <filesystem>
#include <vector>

#include "store/staff.h"

namespace heliograph::store::sqlite {

// On disk when this returns; `read.id` does not matter. Errors and `place`: see change_staff().
Status record_staff_read(const std::filesystem::path& place, const StaffRead& read);
// All of them, oldest first.
Result<std::vector<StaffRead>> staff_reads(const std::filesystem::path& place);

}  // namespace heliograph::store::sqlite
