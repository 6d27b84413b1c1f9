#include "transparency/reporter.h"

#include <gmock/gmock.h>

#include "base/day.h"
#include "ledger/testing/world.h"
#include "safety/enforcement/case_file.h"
#include "safety/policy/policy.h"

namespace heliograph::transparency {
namespace {

using ledger::testing::World;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;

constexpr UnixSeconds kDaySeconds = 86'400;

class ReporterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    world.clock.set_wall(std::chrono::seconds(july));
    ASSERT_TRUE(world.wait(world.ledger->open()));
  }
  // Entries of one cell, and a batch.
  void act(const std::string& cell, int times, ledger::Book book = ledger::Book::content,
           const std::string& subject = "account/7") {
    ASSERT_TRUE(world.write([&](store::Tx& tx) -> Status {
      for (int i = 0; i < times; ++i) {
        HG_TRY(world.ledger->record(tx, {book, "account.ban", {subject}, cell, {{"why", "rules"}}}));
      }
      return {};
    }));
    ASSERT_TRUE(world.wait(world.ledger->batch()));
  }
  void go_to(UnixSeconds at) { world.clock.set_wall(std::chrono::seconds(at)); }
  Result<Report> make(UnixSeconds from, UnixSeconds to, const std::string& reason = {}) {
    const Reporter reporter({*world.store, *world.ledger, sealer, world.clock, world.random});
    return world.wait(reporter.make({{from, to}, kThreshold, reason}));
  }
  // As everybody can: from the public entries alone.
  Status check(const Report& report) {
    const auto entries = world.entries();
    for (const auto& tally : report.tallies) {
      ledger::CommitmentSum sum;
      for (auto leaf = tally.claim.first; leaf < tally.claim.end; ++leaf) {
        const auto entry = ledger::Entry::parse(entries[leaf]).value();
        if (entry.book == tally.claim.book) sum.add(entry);
      }
      HG_TRY(verify(tally.claim, sum.value(), tally.proof));
    }
    return {};
  }
  void publish(const Report& report) {
    ASSERT_TRUE(world.write([&](store::Tx& tx) -> Status {
      store::PublicReport row;
      row.from = report.period.from;
      row.to = report.period.to;
      row.version = report.version;
      row.state = store::PublicReportState::published;
      row.document = to_json(report);
      HG_TRY(store::transparency_of(tx).add(row));
      return {};
    }));
  }

  const UnixSeconds july = parse_day("2026-07-01").value();
  const UnixSeconds august = parse_day("2026-08-01").value();
  const UnixSeconds september = parse_day("2026-09-01").value();
  World world;
  crypto::Sealer sealer{world.secret.derive("seal")};
};

TEST_F(ReporterTest, CountsWhatTheLogHoldsAndAnybodyCanAddItUp) {
  act("content/fraud/ban/person", 7);
  act("content/spam/remove/automated", 3);
  act("search/fraud/block/person", 6, ledger::Book::search);
  go_to(august + 60);
  act("content/fraud/ban/person", 2);  // in August
  const auto report = make(july, august);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->name(), "2026-07-01/2026-08-01/1");
  const auto& content = report->find(ledger::Book::content)->claim;
  EXPECT_EQ(content.shown.at("content/fraud/ban/person"), 7u);
  EXPECT_EQ(content.hidden_sum, 3u);
  EXPECT_THAT(content.hidden, Contains("content/spam/remove/automated"));
  EXPECT_THAT(content.hidden, Contains("content/csae/ban/person"));  // nothing: looks the same
  EXPECT_EQ(report->find(ledger::Book::search)->claim.shown.at("search/fraud/block/person"), 6u);
  EXPECT_EQ(report->find(ledger::Book::legal)->claim.hidden_sum, 0u);
  const auto checked = check(*report);
  EXPECT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(parse_report(to_json(*report)).value(), *report);
}

TEST_F(ReporterTest, AReportBeginsWhereTheOneBeforeEnded) {
  act("content/fraud/ban/person", 7);
  go_to(august);
  const auto first = make(july, august);
  ASSERT_TRUE(first);
  publish(*first);
  act("content/fraud/ban/person", 8);
  // The clock is set back: the batch belongs to July by its time. July's report is out, so it counts in
  // August.
  go_to(july + 2 * kDaySeconds);
  act("content/fraud/ban/person", 5);
  go_to(september + 10);
  const auto second = make(august, september);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->previous, first->name());
  EXPECT_EQ(second->tallies[0].claim.first, first->tallies[0].claim.end);
  EXPECT_TRUE(check(*second));
  EXPECT_EQ(second->find(ledger::Book::content)->claim.shown.at("content/fraud/ban/person"), 13u);
}

TEST_F(ReporterTest, AQuarterThatWasSkippedIsReportedOnLate) {
  const auto october = parse_day("2026-10-01").value();
  act("content/fraud/ban/person", 7);
  go_to(august + 60);
  act("content/fraud/ban/person", 8);
  go_to(september + 60);
  act("content/fraud/ban/person", 9);
  go_to(october + 60);
  const auto first = make(july, august).value();
  publish(first);
  // Of August there is no report: what was done in it is left for one.
  const auto third = make(september, october).value();
  publish(third);
  const auto leaves = [](const Report& report) { return report.tallies[0].claim; };
  EXPECT_EQ(third.find(ledger::Book::content)->claim.shown.at("content/fraud/ban/person"), 9u);
  EXPECT_GT(leaves(third).first, leaves(first).end);
  EXPECT_EQ(third.previous, "");
  const auto second = make(august, september).value();
  publish(second);
  EXPECT_EQ(second.find(ledger::Book::content)->claim.shown.at("content/fraud/ban/person"), 8u);
  EXPECT_EQ(second.previous, first.name());
  EXPECT_EQ(leaves(second).first, leaves(first).end);
  EXPECT_EQ(leaves(second).end, leaves(third).first);
  EXPECT_TRUE(check(second));
  // Nothing is left between, and the next version says so.
  const auto again = make(september, october, "A language was counted twice.").value();
  EXPECT_EQ(again.previous, second.name());
  EXPECT_EQ(leaves(again).first, leaves(third).first);
}

TEST_F(ReporterTest, NoLeafCountsTwiceWhateverTheClockDid) {
  const auto october = parse_day("2026-10-01").value();
  const auto november = parse_day("2026-11-01").value();
  act("content/fraud/ban/person", 7);
  go_to(september + 60);
  act("content/fraud/ban/person", 9);
  go_to(october + 60);
  publish(make(july, august).value());
  const auto third = make(september, october).value();
  publish(third);
  // The clock is set back: by its time the batch is of August, whose leaves lie before September's.
  go_to(august + 5 * kDaySeconds);
  act("content/fraud/ban/person", 5);
  go_to(october + 120);
  const auto second = make(august, september).value();
  EXPECT_EQ(second.tallies[0].claim.end, third.tallies[0].claim.first);
  publish(second);
  go_to(november + 60);
  const auto fourth = make(october, november).value();
  EXPECT_EQ(fourth.tallies[0].claim.first, third.tallies[0].claim.end);
  EXPECT_EQ(fourth.find(ledger::Book::content)->claim.shown.at("content/fraud/ban/person"), 5u);
}

TEST_F(ReporterTest, ACorrectionIsAboutTheSameLeavesAndSaysWhy) {
  act("content/fraud/ban/person", 7);
  go_to(august);
  const auto first = make(july, august);
  publish(*first);
  EXPECT_EQ(make(july, august).error().code, "REPORT_REASON_MISSING");
  const auto second = make(july, august, "A language was counted twice.");
  ASSERT_TRUE(second);
  EXPECT_EQ(second->version, 2);
  EXPECT_EQ(second->reason, "A language was counted twice.");
  EXPECT_EQ(second->tallies[0].claim.end, first->tallies[0].claim.end);
  EXPECT_TRUE(check(*second));
}

TEST_F(ReporterTest, RefusesPeriodsThatCannotBeToldOf) {
  act("content/fraud/ban/person", 7);
  EXPECT_EQ(make(july, august).error().code, "PERIOD_FUTURE");
  go_to(september);
  publish(make(july, august).value());
  EXPECT_EQ(make(july, september).error().code, "PERIOD_CUT");
  EXPECT_EQ(make(july - kDaySeconds, july + kDaySeconds).error().code, "PERIOD_CUT");
  // One in which nothing was done is an answer, too.
  const auto empty = make(august, september);
  ASSERT_TRUE(empty);
  EXPECT_TRUE(check(*empty));
  EXPECT_EQ(empty->find(ledger::Book::content)->claim.hidden_sum, 0u);
}

TEST_F(ReporterTest, ALogThatMayHaveTwoHistoriesIsNotReportedOn) {
  act("content/fraud/ban/person", 7);
  go_to(august);
  world.ledger->halt("a test");
  EXPECT_EQ(make(july, august).error().code, "LEDGER_HALTED");
  EXPECT_EQ(world.ledger->sign("two words\n").error().code, "LEDGER_HALTED");
}

TEST_F(ReporterTest, ADocumentIsSignedByTheLogAndNothingElseIs) {
  act("content/fraud/ban/person", 7);
  go_to(august);
  const auto report = make(july, august).value();
  const auto document = to_json(report);
  const auto& key = world.ledger->key();
  const auto note = world.ledger->sign(signed_text(key.name, report.name(), document)).value();
  EXPECT_TRUE(check_signature(note, key, report.name(), document));
  EXPECT_EQ(check_signature(note, key, report.name(), document + " ").error().code, "REPORT_UNSIGNED");
  EXPECT_EQ(check_signature(note, key, "2026-07-01/2026-08-01/2", document).error().code, "REPORT_UNSIGNED");
  // What is signed can never be taken for a tree of the log.
  const auto parsed = ledger::Note::parse(note).value();
  EXPECT_FALSE(ledger::open_checkpoint(parsed, key));
  EXPECT_EQ(world.ledger->sign(world.checkpoint().text()).error().code, "LEDGER_TEXT_INVALID");
}

TEST_F(ReporterTest, FiguresAreCountedByTheirTimes) {
  ASSERT_TRUE(world.write([&](store::Tx& tx) -> Status {
    for (int i = 0; i < 12; ++i) {
      store::Case one;
      one.subject = "account/" + std::to_string(i + 10);
      one.user = UserId{i + 10};
      one.category = 1;  // fraud
      one.opened_at = july + 100;
      one.language = i < 8 ? "de" : "";
      one.state = i < 6 ? store::CaseState::reversed : store::CaseState::decided;
      one.decided_at = july + 100 + 3600 * (i + 1);
      one.effect = static_cast<std::uint8_t>(safety::Effect::remove);
      safety::CaseFile file;
      safety::Statement statement;
      statement.source = i < 6 ? "notice" : i < 9 ? "trusted_flagger" : "order";
      statement.effect = "remove";
      statement.automated_decision = i < 8;
      if (i >= 8) file.decided_by = "eve";
      file.statements.push_back(statement);
      one.sealed = safety::seal_file(file, one.subject, sealer, world.random);
      HG_TRY(tx.cases().add(one));
      store::Report report;
      report.case_id = i + 1;
      report.source = i < 2 ? store::ReportSource::flagger : store::ReportSource::member;
      report.category = 1;
      report.at = i == 11 ? august : july + 50;  // the last one is of August
      report.state = store::ReportState::upheld;
      report.settled_at = july + 50 + 7200;
      HG_TRY(tx.reports().add(report));
    }
    return {};
  }));
  act("", 1);
  go_to(august + 1);
  const auto report = make(july, august);
  ASSERT_TRUE(report) << report.error().message;
  const auto* cases = report->find("cases.by_category");
  ASSERT_NE(cases, nullptr);
  EXPECT_THAT(cases->rows, ElementsAre(Figure::Row{{"fraud"}, {12, 12, 0, std::nullopt, std::nullopt}}));
  const std::vector<std::optional<std::int64_t>> none{std::nullopt, std::nullopt};
  EXPECT_THAT(report->find("decisions.by_source")->rows,
              ElementsAre(Figure::Row{{"fraud", "authority_order"}, {0, std::nullopt}},
                          Figure::Row{{"fraud", "member_notice"}, {std::nullopt, 0}},
                          Figure::Row{{"fraud", "trusted_flagger"}, none}));
  EXPECT_THAT(
      report->find("decisions.measures")->rows,
      Contains(::testing::Field(&Figure::Row::labels, ElementsAre("fraud", "trusted_flagger", "remove"))));
  EXPECT_THAT(report->find("automated.errors")->rows, ElementsAre(Figure::Row{{"de"}, {8, 6}}));
  const auto* received = report->find("reports.received");
  // Nine of members, and two of a flagger, who are not told of; so the nine are not either.
  EXPECT_THAT(received->rows,
              ElementsAre(Figure::Row{{"member"}, {std::nullopt, std::nullopt, 0, 2, 2}},
                          Figure::Row{{"trusted_flagger"},
                                      {std::nullopt, std::nullopt, 0, std::nullopt, std::nullopt}}));
  EXPECT_THAT(received->source, HasSubstr("period"));
}

TEST_F(ReporterTest, LegalTimesComeFromTheLegalBook) {
  for (int i = 0; i < 5; ++i) {
    act("legal/order/DE/received", 1, ledger::Book::legal, "request/" + std::to_string(i));
    world.clock.advance(std::chrono::hours(10 * (i + 1)));
    act("legal/order/DE/fulfilled", 1, ledger::Book::legal, "request/" + std::to_string(i));
  }
  go_to(august + 1);
  const auto report = make(july, august);
  ASSERT_TRUE(report);
  const auto& legal = report->find(ledger::Book::legal)->claim;
  EXPECT_EQ(legal.shown.at("legal/order/DE/fulfilled"), 5u);
  EXPECT_THAT(report->find("legal.times")->rows, ElementsAre(Figure::Row{{"order"}, {5, 30, 50}}));
  EXPECT_TRUE(check(*report));
}

TEST(Tabulation, TellsNothingSmall) {
  Tabulation table(1);
  for (int i = 0; i < 3; ++i) table.count({"a"}, 0);
  for (int i = 0; i < 8; ++i) table.count({"b"}, 0);
  for (int i = 0; i < 6; ++i) table.count({"c"}, 0);
  EXPECT_THAT(table.rows(5, false), ElementsAre(Figure::Row{{"a"}, {std::nullopt}}, Figure::Row{{"b"}, {8}},
                                                Figure::Row{{"c"}, {std::nullopt}}));
}

TEST(Percentile, IsTheNearestRank) {
  EXPECT_EQ(percentile({5}, 50), 5);
  EXPECT_EQ(percentile({1, 2, 3, 4}, 50), 2);
  EXPECT_EQ(percentile({4, 3, 2, 1}, 90), 4);
  EXPECT_EQ(percentile({10, 20, 30, 40, 50, 60, 70, 80, 90, 100}, 90), 90);
}

TEST(ParseReport, RefusesWhatIsNoReport) {
  for (const auto* wrong : {"", "{}", "[]", "1", "{\"schema\":\"heliograph-transparency-report/1\"}",
                            "{\"schema\":\"other\"}", "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]"}) {
    EXPECT_EQ(parse_report(wrong).error().code, "REPORT_INVALID") << wrong;
  }
}

}  // namespace
}  // namespace heliograph::transparency
