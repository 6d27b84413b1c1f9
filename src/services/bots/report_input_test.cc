#include "services/bots/report_input.h"

#include <gtest/gtest.h>

namespace heliograph::services {
namespace {

using Kind = ReportStart::Kind;

TEST(ReportStart, NamesATermInBase64Url) {
  for (const std::string term : {"cheap passports", "паспорт", "جواز", "a", "ab", "abc", "😀 x"}) {
    const auto parameter = report_start_for(term);
    ASSERT_FALSE(parameter.empty()) << term;
    EXPECT_EQ(parameter.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    EXPECT_EQ(parse_report_start(parameter).kind, Kind::term);
    EXPECT_EQ(parse_report_start(parameter).term, term);
  }
  EXPECT_EQ(report_start_for(std::string(49, 'a')), "");  // no link is that long
}

TEST(ReportStart, ShowsAndAppeals) {
  EXPECT_EQ(parse_report_start("show").kind, Kind::show);
  const auto appeal = parse_report_start(appeal_start_for(4711));
  EXPECT_EQ(appeal.kind, Kind::appeal);
  EXPECT_EQ(appeal.case_id, 4711);
  for (const auto* wrong : {"appeal_", "appeal_x", "appeal_0", "appeal_99999999999999999999"}) {
    EXPECT_EQ(parse_report_start(wrong).kind, Kind::nothing) << wrong;
  }
}

TEST(ReportStart, AnythingElseIsNothing) {
  // Not base64url; cut off; bits left over; no UTF-8; control characters; blank.
  for (const auto* wrong : {"", "a b", "YWJj=", "A", "YWK", "gICA", "AAEC", "ICAg", "Cg"}) {
    EXPECT_EQ(parse_report_start(wrong).kind, Kind::nothing) << wrong;
  }
}

TEST(ReportPress, ComesBackAsItWasWritten) {
  const ReportPress press{ReportPress::Kind::category, 123456789, 10, {}};
  const ReportPress language{ReportPress::Kind::language, 0, 0, "uk"};
  EXPECT_EQ(parse_press(button_data(press)), press);
  EXPECT_EQ(parse_press(button_data(language)), language);
  EXPECT_LE(button_data({ReportPress::Kind::page, INT64_MAX, INT32_MAX, "uk"}).size(), 64u);
}

TEST(ReportPress, OthersAreNoButtonsOfOurs) {
  for (const std::string wrong : {"", "c", "c:", "c:1", "c:1:2", "q:1:2:", "c:-1:2:", "c:1:-2:", "c:1:x:",
                                  "c:1:99999999999:", "g:0:0:eng", "g:0:0:E1", "c 1:2:"}) {
    EXPECT_FALSE(parse_press(as_bytes(wrong))) << wrong;
  }
}

TEST(CaseNumber, IsReadAsPeopleWriteIt) {
  EXPECT_EQ(parse_case_number("12"), 12);
  EXPECT_EQ(parse_case_number(" #12 "), 12);
  EXPECT_EQ(parse_case_number("№ 12."), 12);
  for (const auto* wrong : {"", "twelve", "0", "-", "12a", "1 2", "99999999999999999999"}) {
    EXPECT_FALSE(parse_case_number(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace heliograph::services
