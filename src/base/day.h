// Days as people write them in files and on command lines: YYYY-MM-DD, in UTC.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace heliograph {

// The day's first second. None unless there is such a day.
std::optional<UnixSeconds> parse_day(std::string_view text);
std::string day_text(UnixSeconds at);

}  // namespace heliograph
