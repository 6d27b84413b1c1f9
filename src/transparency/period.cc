#include "transparency/period.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/day.h"

namespace heliograph::transparency {

namespace {

using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day date_of(UnixSeconds at) {
  return year_month_day(
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(at))));
}

UnixSeconds seconds_of(const year_month_day& day) {
  return std::chrono::duration_cast<std::chrono::seconds>(sys_days(day).time_since_epoch()).count();
}

unsigned months_in(Schedule schedule) {
  switch (schedule) {
    case Schedule::none:
      return 0;
    case Schedule::monthly:
      return 1;
    case Schedule::quarterly:
      return 3;
    case Schedule::half_yearly:
      return 6;
    case Schedule::yearly:
      return 12;
  }
  return 0;
}

constexpr std::array<std::string_view, 12> kMonthNames = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

}  // namespace

std::string Period::text() const {
  return day_text(from) + "/" + day_text(to);
}

Result<Period> parse_period(std::string_view from, std::string_view to) {
  const auto begin = parse_day(from), end = parse_day(to);
  if (!begin || !end || *begin >= *end) {
    return fail(
        Error::invalid("PERIOD_INVALID",
                       "A period has two days, like 2026-07-01 and 2026-10-01: the first that counts, "
                       "and the first that does not count any more."));
  }
  return Period{*begin, *end};
}

Result<Period> parse_period(std::string_view text) {
  const auto slash = std::min(text.find('/'), text.size());
  return parse_period(text.substr(0, slash), text.substr(std::min(slash + 1, text.size())));
}

std::optional<Schedule> schedule_of(std::string_view name) {
  const auto found = std::ranges::find(kScheduleNames, name);
  if (found == std::end(kScheduleNames)) return std::nullopt;
  return static_cast<Schedule>(found - std::begin(kScheduleNames));
}

std::optional<Period> last_period(Schedule schedule, UnixSeconds now) {
  const auto length = months_in(schedule);
  if (length == 0) return std::nullopt;
  const auto today = date_of(now);
  const auto month = (static_cast<unsigned>(today.month()) - 1) / length * length + 1;
  const year_month_day end = today.year() / std::chrono::month(month) / 1;
  return Period{seconds_of(end - months(length)), seconds_of(end)};
}

Period period_before(Schedule schedule, const Period& period) {
  return {seconds_of(date_of(period.from) - months(months_in(schedule))), period.from};
}

std::optional<Period> time_named(std::string_view text) {
  if (const auto period = parse_period(text)) return *period;
  constexpr std::string_view first = "0000-01-01";
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  const auto begin = parse_day(std::string(text) + std::string(first.substr(text.size())));
  if (!begin) return std::nullopt;
  if (text.size() == 10) return Period{*begin, seconds_of(sys_days(date_of(*begin)) + std::chrono::days(1))};
  return Period{*begin, seconds_of(date_of(*begin) + months(text.size() == 4 ? 12 : 1))};
}

std::string period_words(const Period& period) {
  const auto first = date_of(period.from), last = date_of(period.to - 1);
  const auto day = [](const year_month_day& which, bool with_year) {
    auto text = std::to_string(static_cast<unsigned>(which.day())) + " " +
                std::string(kMonthNames[static_cast<unsigned>(which.month()) - 1]);
    if (with_year) text += " " + std::to_string(static_cast<int>(which.year()));
    return text;
  };
  return day(first, first.year() != last.year()) + " to " + day(last, true);
}

}  // namespace heliograph::transparency
