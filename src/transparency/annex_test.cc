#include "transparency/annex.h"

#include <gmock/gmock.h>

#include "transparency/render.h"

namespace heliograph::transparency {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Lines = std::vector<std::vector<std::string>>;

// As RFC 4180 reads it.
Lines read_csv(const std::string& text) {
  Lines out{{}};
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        field += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',' || c == '\r') {
      out.back().push_back(std::move(field));
      field.clear();
      if (c == '\r') {
        EXPECT_EQ(text[++i], '\n');
        if (i + 1 < text.size()) out.emplace_back();
      }
    } else {
      field += c;
    }
  }
  return out;
}

Report a_report() {
  Report report;
  report.period = parse_period("2026-01-01", "2026-07-01").value();
  report.figures = {
      {"notices.by_category",
       "",
       "",
       {"category"},
       {"received", "acted", "hours_median", "hours_90"},
       {{{"fraud"}, {20, 12, 7, 30}}, {{"hate"}, {std::nullopt, 0, std::nullopt, std::nullopt}}}},
      {"notices.flaggers",
       "",
       "",
       {"category"},
       {"received", "acted", "hours_median", "hours_90"},
       {{{"fraud"}, {6, 6, 2, 3}}}},
      {"orders.act",
       "",
       "",
       {"category", "country"},
       {"received", "acted", "hours_median", "hours_90"},
       {{{"terrorism", "DE"}, {8, 8, 1, 1}}, {{"terrorism", "GR"}, {9, 9, 1, 1}}}},
      {"decisions.by_source",
       "",
       "",
       {"category", "source"},
       {"automated", "person"},
       {{{"fraud", "authority_order"}, {0, 8}},
        {{"fraud", "member_notice"}, {0, 11}},
        {{"fraud", "trusted_flagger"}, {0, 6}},
        {{"spam", "own_initiative"}, {50, 5}}}},
      {"decisions.measures",
       "",
       "",
       {"category", "source", "effect"},
       {"automated", "person"},
       {{{"spam", "own_initiative", "remove"}, {50, 5}},
        {{"spam", "member_notice", "remove"}, {0, 7}},
        {{"fraud", "own_initiative", "ban"}, {0, 6}}}},
      {"automated.errors", "", "", {"language"}, {"decided", "reversed"}, {{{"de"}, {40, 10}}}},
      {"appeals",
       "",
       "",
       {"against"},
       {"received", "decision_reversed", "decision_stands", "hours_median", "hours_90"},
       {{{"automated"}, {11, 5, 6, 3, 9}}}},
      {"staff.moderators", "", "", {"language"}, {"moderators"}, {{{"all"}, {3}}, {{"de"}, {2}}}}};
  return report;
}

class AnnexTest : public ::testing::Test {
 protected:
  Lines part(std::size_t number) { return read_csv(files[number - 1].csv); }
  std::vector<std::string> line(std::size_t number, const std::string& code, const std::string& scope = {}) {
    for (const auto& each : part(number)) {
      if (each.size() > 3 && each[3] == code && (scope.empty() || each[5] == scope)) return each;
    }
    return {};
  }
  std::vector<AnnexFile> files =
      annex_files(a_report(), {"Example Ltd", "Example, the messenger", 1'785'000'000, 0});
};

TEST_F(AnnexTest, HasElevenPartsWithTheirHeadsAndAsManyFieldsInEachLine) {
  ASSERT_EQ(files.size(), 11u);
  const std::size_t columns[] = {4, 4, 20, 25, 37, 37, 8, 8, 8, 7, 5};
  const std::size_t lines[] = {6, 101, 1 + 28 * 91, 92, 91, 99, 0, 0, 0, 0, 0};
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto read = part(i + 1);
    for (const auto& each : read) EXPECT_EQ(each.size(), columns[i]) << files[i].name;
    if (lines[i] != 0) {
      EXPECT_EQ(read.size(), lines[i]) << files[i].name;
    }
  }
  EXPECT_EQ(files[0].name, "1_report_identification.csv");
  EXPECT_EQ(files[9].name, "10_AMAR.csv");
  EXPECT_EQ(part(4)[0][4], "Description of the sub-category \"Other\"");
  EXPECT_EQ(part(3)[0][13],
            "Contextual information on number of orders to act against illegal content received");
  EXPECT_EQ(part(3)[0][17], "Contextual information on Number of orders to provide information");
}

TEST_F(AnnexTest, IdentifiesTheReport) {
  EXPECT_THAT(
      part(1),
      ElementsAre(
          ElementsAre("Applicability", "Service", "Indicator", "Value"),
          ElementsAre("All", "Example, the messenger", "Name of the service provider", "Example Ltd"),
          ElementsAre("All", "Example, the messenger", "Date of the publication of the report", "2026-07-25"),
          ElementsAre("All", "Example, the messenger",
                      "Date of the publication of the latest previous report", ""),
          ElementsAre("All", "Example, the messenger", "Starting date of reporting period", "2026-01-01"),
          ElementsAre("All", "Example, the messenger", "Ending date of reporting period", "2026-06-30")));
}

TEST_F(AnnexTest, CountsNoticesByTheirCategory) {
  const auto fraud = line(4, "STATEMENT_CATEGORY_SCAMS_AND_FRAUD");
  EXPECT_EQ(fraud[5], "26");
  EXPECT_EQ(fraud[6], "6");
  EXPECT_EQ(fraud[9], "7");
  EXPECT_EQ(fraud[13], "18");
  // A number that is not told is empty, and says why; so is every sum that it is in.
  const auto hate = line(4, "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH");
  EXPECT_EQ(hate[5], "");
  EXPECT_THAT(hate[15], HasSubstr("Not told"));
  EXPECT_EQ(line(4, "TOTAL")[5], "");
  EXPECT_EQ(line(4, "STATEMENT_CATEGORY_VIOLENCE")[5], "0");
}

TEST_F(AnnexTest, CountsOrdersByStateAndMeasuresByEffect) {
  EXPECT_EQ(line(3, "KEYWORD_TERRORIST_CONTENT", "TOTAL")[6], "17");
  EXPECT_EQ(line(3, "TOTAL", "DE")[6], "8");
  EXPECT_EQ(line(3, "TOTAL", "EL")[6], "9");
  EXPECT_EQ(line(3, "TOTAL", "FR")[6], "0");
  const auto other = line(6, "STATEMENT_CATEGORY_OTHER_VIOLATION_TC");
  EXPECT_EQ(other[5], "55");  // what follows a notice is no own initiative
  EXPECT_EQ(other[6], "50");
  EXPECT_EQ(other[7], "55");
  EXPECT_EQ(line(6, "TOTAL")[20], "6");
  EXPECT_EQ(line(5, "TOTAL")[5], "0");
}

TEST_F(AnnexTest, CountsNoticesOfTrustedFlaggersApart) {
  const auto people = [&](const std::string& scope) -> std::string {
    for (const auto& each : part(8)) {
      if (each[5] == scope && each[4].ends_with("not processed by automated means")) return each[6];
    }
    return {};
  };
  EXPECT_EQ(people("NAM Total"), "17") << "an order is no notice";
  EXPECT_EQ(people("NAM Trusted Flagger"), "6");
}

TEST_F(AnnexTest, SaysWhatItDoesNotKnow) {
  EXPECT_THAT(files[6].csv, HasSubstr("Number of complaints submitted to the internal-complaints "
                                      "mechanism,Total number,11,"));
  EXPECT_THAT(files[6].csv, HasSubstr("Not recorded by the server."));
  EXPECT_THAT(files[7].csv, HasSubstr("Accuracy of the automated means - Precision,Total number,0.750,"));
  EXPECT_THAT(files[7].csv,
              HasSubstr("Accuracy of the automated means - Recall,Total number,,Not measured."));
}

TEST(Csv, IsReadAsItWasMeant) {
  EXPECT_THAT(read_csv(csv_line({"a,b", "c\"d", "e\nf", ""})),
              ElementsAre(ElementsAre("a,b", "c\"d", "e\nf", "")));
  EXPECT_EQ(csv_field("=1+1"), "'=1+1");  // no spreadsheet computes with what somebody wrote
}

}  // namespace
}  // namespace heliograph::transparency
