// Periods that reports are about: whole days in UTC, so that summer time and zones do not matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace heliograph::transparency {

struct Period {
  UnixSeconds from = 0, to = 0;  // [from, to), both the first second of a day

  // "2026-07-01/2026-10-01".
  std::string text() const;
  bool operator==(const Period&) const = default;
};

// invalid PERIOD_INVALID: no such days, or the first is not before the second.
Result<Period> parse_period(std::string_view from, std::string_view to);
// The same of "2026-07-01/2026-10-01".
Result<Period> parse_period(std::string_view text);

enum class Schedule : std::uint8_t { none, monthly, quarterly, half_yearly, yearly };
inline constexpr std::string_view kScheduleNames[] = {"none", "monthly", "quarterly", "half-yearly",
                                                      "yearly"};
std::optional<Schedule> schedule_of(std::string_view name);

// The newest period of the schedule that is over at `now`. None for Schedule::none.
std::optional<Period> last_period(Schedule schedule, UnixSeconds now);
// The one that ends where this begins.
Period period_before(Schedule schedule, const Period& period);

// What somebody means by "2026", "2026-07", "2026-07-01" or "2026-07-01/2026-10-01"; none: no time.
std::optional<Period> time_named(std::string_view text);

// "1 July to 30 September 2026", in English.
std::string period_words(const Period& period);

}  // namespace heliograph::transparency
