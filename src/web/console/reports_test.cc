// Transparency reports in the console: what is asked for, and how what came of it is written. What it does is
// tested where it is done (transparency/desk_test.cc, tests/system/legal_report.py).
#include "web/console/reports.h"

#include <gtest/gtest.h>

#include "base/day.h"
#include "web/console/testing/desk.h"

namespace heliograph::web {
namespace {

using staff::Role;

class OneReport final : public PublicReports {
 public:
  OneReport() {
    transparency::Report report;
    report.period = transparency::parse_period("2026-07-01", "2026-10-01").value();
    const ledger::Checkpoint tree{"example.org/ledger", 40, {}};
    const ledger::NoteSigner signer("example.org/ledger", crypto::Ed25519Key(crypto::SecretKey{}));
    report.checkpoint = ledger::Note{tree.text(), {signer.sign(tree.text())}}.encode();
    for (const auto book : ledger::kBooks) {
      transparency::ProvenTally tally;
      tally.claim = {report.name(), tree, book, 0, 40, {{"content/fraud/ban/person", 7}}, {"a", "b"}, 3, 4};
      tally.proof.hidden.emplace();
      report.tallies.push_back(tally);
    }
    report.figures = {
        {"x", "X", "From there.", {"what"}, {"count"}, {{{"one"}, {5}}, {{"two"}, {std::nullopt}}}}};
    row.id = 7;
    row.from = report.period.from;
    row.to = report.period.to;
    row.version = 1;
    row.document = to_json(report);
  }
  Task<Result<std::vector<store::PublicReport>>> all() override { co_return std::vector{row}; }
  Task<Result<store::PublicReport>> by_number(std::int64_t id) override {
    if (id != row.id)
      co_return fail(Error::not_found("PUBLIC_REPORT_UNKNOWN", "There is no report of this number."));
    co_return row;
  }
  Task<Result<std::vector<transparency::Missing>>> missing() override {
    co_return std::vector<transparency::Missing>{{{row.from, row.to}, row.to + 86'400}};
  }
  Task<Result<std::int64_t>> draft(transparency::Period period, std::string reason) override {
    asked = period.text() + " " + reason;
    co_return row.id;
  }
  Task<Status> review(std::int64_t, std::string words, std::string by) override {
    row.state = store::PublicReportState::reviewed;
    row.reviewed_by = std::move(by);
    said = std::move(words);
    co_return Status{};
  }
  Task<Status> publish(std::int64_t) override {
    if (row.state != store::PublicReportState::reviewed) {
      co_return fail(Error::forbidden("REPORT_NOT_REVIEWED", "Nobody has reviewed the report yet."));
    }
    row.state = store::PublicReportState::published;
    co_return Status{};
  }
  store::PublicReport row;
  std::string asked, said;
};

class ConsoleReports : public ::testing::Test, public testing::ConsoleWorld {
 protected:
  ConsoleReports() { parts.reports = &desk; }
  OneReport desk;
  Who approver = program(Role::legal_approver);
};

TEST_F(ConsoleReports, AreDraftedReadAndPublished) {
  const auto list = ask(approver, "GET", "/reports");
  ASSERT_EQ(list.status, 200) << list.json;
  EXPECT_EQ(list.json["items"][0]["name"], "2026-07-01/2026-10-01/1");
  EXPECT_EQ(list.json["items"][0]["state"], "draft");
  EXPECT_EQ(list.json["late"][0]["due"], "2026-10-02");

  const Json period{{"from", "2026-07-01"}, {"to", "2026-10-01"}, {"reason", "a word"}};
  const auto drafted = ask(approver, "POST", "/reports", period);
  ASSERT_EQ(drafted.status, 201) << drafted.json;
  EXPECT_EQ(desk.asked, "2026-07-01/2026-10-01 a word");
  EXPECT_EQ(drafted.json["tallies"][0]["counts"][0]["count"], 7);
  EXPECT_EQ(drafted.json["figures"][0]["rows"][1]["values"][0], Json(nullptr));

  EXPECT_EQ(ask(approver, "POST", "/reports/7/publish").code(), "REPORT_NOT_REVIEWED");
  EXPECT_EQ(ask(approver, "POST", "/reports/7/publish").status, 409);
  const auto reviewed = ask(approver, "POST", "/reports/7/review", Json{{"words", "A quiet summer."}});
  ASSERT_EQ(reviewed.status, 200) << reviewed.json;
  EXPECT_EQ(desk.said, "A quiet summer.");
  EXPECT_FALSE(desk.row.reviewed_by.empty());
  EXPECT_EQ(ask(approver, "POST", "/reports/7/publish").json["state"], "published");
  EXPECT_EQ(ask(approver, "GET", "/reports/8").status, 404);
}

TEST_F(ConsoleReports, WhatIsNoPeriodIsRefused) {
  for (const auto* to : {"2026-07-01", "2026-06-01", "2026-13-01", "tomorrow!!"}) {
    EXPECT_EQ(ask(approver, "POST", "/reports", Json{{"from", "2026-07-01"}, {"to", to}}).code(),
              "FIELD_INVALID")
        << to;
  }
}

TEST_F(ConsoleReports, WhoMayNotDoesNot) {
  EXPECT_EQ(ask(program(Role::moderator), "GET", "/reports").status, 403);
  EXPECT_EQ(ask(program(Role::auditor), "POST", "/reports/7/review", Json::object()).status, 403);
  EXPECT_EQ(ask(program(Role::senior_moderator), "POST", "/reports/7/publish").status, 403);
}

}  // namespace
}  // namespace heliograph::web
