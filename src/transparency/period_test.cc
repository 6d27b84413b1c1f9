#include "transparency/period.h"

#include <gtest/gtest.h>

#include "base/day.h"

namespace heliograph::transparency {
namespace {

TEST(Period, IsOfWholeDays) {
  const auto period = parse_period("2026-07-01", "2026-10-01");
  ASSERT_TRUE(period);
  EXPECT_EQ(period->text(), "2026-07-01/2026-10-01");
  EXPECT_EQ(parse_period(period->text()).value(), *period);
  EXPECT_EQ(period_words(*period), "1 July to 30 September 2026");
  EXPECT_EQ(period_words(parse_period("2025-12-01", "2026-02-01").value()),
            "1 December 2025 to 31 January 2026");
  for (const auto* wrong : {"2026-07-01", "2026-07-01/", "2026-07-01/2026-07-01", "2026-07-02/2026-07-01",
                            "2026-02-30/2026-03-01", "1/2", "2026-07-01/2026-10-01/1"}) {
    EXPECT_EQ(parse_period(wrong).error().code, "PERIOD_INVALID") << wrong;
  }
}

TEST(Period, SchedulesFollowTheCalendar) {
  const auto now = parse_day("2026-11-29").value();
  EXPECT_EQ(last_period(Schedule::none, now), std::nullopt);
  EXPECT_EQ(last_period(Schedule::monthly, now)->text(), "2026-10-01/2026-11-01");
  EXPECT_EQ(last_period(Schedule::quarterly, now)->text(), "2026-07-01/2026-10-01");
  EXPECT_EQ(last_period(Schedule::half_yearly, now)->text(), "2026-01-01/2026-07-01");
  EXPECT_EQ(last_period(Schedule::yearly, now)->text(), "2025-01-01/2026-01-01");
  EXPECT_EQ(last_period(Schedule::quarterly, parse_day("2026-10-01").value())->text(),
            "2026-07-01/2026-10-01");
  EXPECT_EQ(last_period(Schedule::quarterly, parse_day("2026-10-01").value() - 1)->text(),
            "2026-04-01/2026-07-01");
  EXPECT_EQ(period_before(Schedule::quarterly, *last_period(Schedule::quarterly, now)).text(),
            "2026-04-01/2026-07-01");
  EXPECT_EQ(schedule_of("half-yearly"), Schedule::half_yearly);
  EXPECT_EQ(schedule_of("daily"), std::nullopt);
}

TEST(TimeNamed, IsAYearAMonthADayOrAPeriod) {
  const auto text = [](std::string_view named) {
    const auto time = time_named(named);
    return time ? time->text() : std::string();
  };
  EXPECT_EQ(text("2026"), "2026-01-01/2027-01-01");
  EXPECT_EQ(text("2026-12"), "2026-12-01/2027-01-01");
  EXPECT_EQ(text("2028-02-29"), "2028-02-29/2028-03-01");
  EXPECT_EQ(text("2026-07-01/2026-10-01"), "2026-07-01/2026-10-01");
  for (const auto* wrong : {"", "20", "2026-", "2026-13", "2026-02-29", "news", "2026-7", "Germany"}) {
    EXPECT_EQ(text(wrong), "") << wrong;
  }
}

}  // namespace
}  // namespace heliograph::transparency
