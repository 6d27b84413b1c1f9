#include "store/transparency.h"

#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

PublicReport a_report(UnixSeconds from, UnixSeconds to, std::int32_t version = 1) {
  PublicReport report;
  report.from = from;
  report.to = to;
  report.version = version;
  report.document = "{}";
  report.drafted_at = 50;
  return report;
}

TEST_P(StoreSuite, WhatHasBeenPublishedStaysAsItIs) {
  const auto id = must_write([](Tx& tx) { return transparency_of(tx).add(a_report(100, 200)); });
  ASSERT_TRUE(write([id](Tx& tx) -> Status {
    auto& table = transparency_of(tx);
    EXPECT_EQ(table.add(a_report(100, 200)).error().code, "PUBLIC_REPORT_KNOWN");
    HG_ASSIGN(auto report, table.find(id));
    report->state = PublicReportState::published;
    report->note = "note";
    report->reviewed_by = "Eve";
    report->published_at = 300;
    HG_TRY(table.update(*report));
    EXPECT_EQ(table.update(*report).error().code, "PUBLIC_REPORT_PUBLISHED");
    EXPECT_EQ(table.erase(id).error().code, "PUBLIC_REPORT_PUBLISHED");
    EXPECT_EQ(table.erase(99).error().code, "PUBLIC_REPORT_UNKNOWN");
    HG_TRY(table.add(a_report(100, 200, 2)));
    HG_TRY(table.add(a_report(200, 300)));
    return {};
  }));
  reopen();
  const auto kept = must_read([](Tx& tx) { return transparency_of(tx).find_period(100, 200, true); });
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->id, id);
  EXPECT_EQ(kept->note, "note");
  EXPECT_EQ(kept->reviewed_by, "Eve");
  const auto newest = must_read([](Tx& tx) { return transparency_of(tx).find_period(100, 200, false); });
  EXPECT_EQ(newest->version, 2);
  const auto all = must_read([](Tx& tx) { return transparency_of(tx).list(false, 10); });
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].from, 200);
  EXPECT_EQ(all[1].version, 2);
  EXPECT_EQ(all[1].document, "");
  EXPECT_THAT(must_read([](Tx& tx) { return transparency_of(tx).list(true, 10); }), SizeIs(1));
}

TEST_P(StoreSuite, FollowersOfReportsAreToldOnce) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    auto& table = transparency_of(tx);
    HG_TRY(table.put_follower({ann, "DE", 0}));
    HG_TRY(table.put_follower({bob, "", 3}));
    return table.put_follower({ann, "AT", 2});
  }));
  const auto untold = must_read([](Tx& tx) { return transparency_of(tx).untold(3, 10); });
  ASSERT_THAT(untold, SizeIs(1));
  EXPECT_EQ(untold[0].user, ann);
  EXPECT_EQ(untold[0].country, "AT");
  ASSERT_TRUE(write([](Tx& tx) { return transparency_of(tx).erase_follower(ann); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return transparency_of(tx).find_follower(ann); }));
  EXPECT_TRUE(must_read([](Tx& tx) { return transparency_of(tx).find_follower(bob); }));
}

TEST_P(StoreSuite, StatementsWaitToBeSent) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    auto& table = transparency_of(tx);
    HG_ASSIGN(const bool added, table.add_statement({"a-1", 7, "{}", StatementState::waiting, 0, 100, ""}));
    EXPECT_TRUE(added);
    HG_ASSIGN(const bool again, table.add_statement({"a-1", 8, "{}", StatementState::waiting, 0, 0, ""}));
    EXPECT_FALSE(again);
    EXPECT_EQ(table.update_statement({"b", 7, "{}", StatementState::sent, 0, 0, ""}).error().code,
              "STATEMENT_UNKNOWN");
    return {};
  }));
  EXPECT_THAT(must_read([](Tx& tx) { return transparency_of(tx).due_statements(99, 10); }), IsEmpty());
  auto due = must_read([](Tx& tx) { return transparency_of(tx).due_statements(100, 10); });
  ASSERT_THAT(due, SizeIs(1));
  due[0].state = StatementState::sent;
  due[0].answer = "uuid";
  ASSERT_TRUE(write([&due](Tx& tx) { return transparency_of(tx).update_statement(due[0]); }));
  EXPECT_THAT(must_read([](Tx& tx) { return transparency_of(tx).due_statements(500, 10); }), IsEmpty());
  EXPECT_EQ(must_read([](Tx& tx) { return transparency_of(tx).find_statement("a-1"); })->answer, "uuid");
  EXPECT_EQ(must_read([](Tx& tx) { return transparency_of(tx).count_statements(StatementState::sent); }), 1);
}

TEST_P(StoreSuite, WhatAReportCountsIsFoundByItsTime) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    Case one;
    one.subject = "account/7";
    one.user = ann;
    one.opened_at = 100;
    HG_ASSIGN(one.id, tx.cases().add(one));
    one.state = CaseState::decided;
    one.decided_at = 250;
    HG_TRY(tx.cases().update(one));
    Report report;
    report.case_id = one.id;
    report.at = 150;
    HG_TRY(tx.reports().add(report));
    Appeal appeal;
    appeal.case_id = one.id;
    appeal.user = ann;
    appeal.at = 260;
    HG_TRY(tx.cases().add_appeal(appeal));
    HG_TRY(tx.cases().put_member({one.id, "message/channel/9/31", ann, 1, 0, 0, 500, 0, {}}));
    HG_TRY(tx.guard_terms().note({0, 5, 270, StaffId{}, "guarded", 3, {}}));
    return tx.reports().set_standing(bob, {10, 400});
  }));
  const auto ids = [this](auto rows) {
    std::vector<std::int64_t> out;
    for (const auto& row : must_read(rows)) out.push_back(row.id);
    return out;
  };
  EXPECT_THAT(ids([](Tx& tx) { return transparency_of(tx).cases(100, 200, 0, 10); }), ElementsAre(1));
  EXPECT_THAT(ids([](Tx& tx) { return transparency_of(tx).cases(200, 300, 0, 10); }), ElementsAre(1));
  EXPECT_THAT(ids([](Tx& tx) { return transparency_of(tx).cases(200, 300, 1, 10); }), IsEmpty());
  EXPECT_THAT(ids([](Tx& tx) { return transparency_of(tx).cases(300, 400, 0, 10); }), IsEmpty());
  EXPECT_THAT(ids([](Tx& tx) { return transparency_of(tx).cases(500, 501, 0, 10); }), ElementsAre(1));
  EXPECT_THAT(ids([](Tx& tx) { return transparency_of(tx).reports(100, 151, 0, 10); }), ElementsAre(1));
  EXPECT_THAT(ids([](Tx& tx) { return transparency_of(tx).reports(151, 200, 0, 10); }), IsEmpty());
  EXPECT_THAT(ids([](Tx& tx) { return transparency_of(tx).appeals(260, 261, 0, 10); }), ElementsAre(1));
  EXPECT_THAT(ids([](Tx& tx) { return transparency_of(tx).term_events(270, 271, 0, 10); }), ElementsAre(1));
  EXPECT_EQ(must_read([](Tx& tx) { return transparency_of(tx).paused_reporters(0, 300); }), 1);
  EXPECT_EQ(must_read([](Tx& tx) { return transparency_of(tx).paused_reporters(500, 600); }), 0);
}

}  // namespace
}  // namespace heliograph::store::suite
