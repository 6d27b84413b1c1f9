#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Case waiting(std::string subject, CaseQueue queue, std::int64_t rank) {
  Case one;
  one.subject = std::move(subject);
  one.queue = queue;
  one.rank = rank;
  one.opened_at = 1000 + rank;
  one.due_at = 2000 + rank;
  return one;
}

Report by(UserId reporter, std::int64_t case_id, UnixSeconds at) {
  Report one;
  one.case_id = case_id;
  one.reporter = reporter;
  one.at = at;
  one.option = "goods/drugs";
  one.sealed = Bytes{7};
  return one;
}

TEST_P(StoreSuite, QueuesOfCasesAreFiltered) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    auto order = waiting("account/1", CaseQueue::orders, 5);
    order.language = "de";
    order.category = 3;
    HG_TRY(tx.cases().add(order));
    auto term = waiting("term/snow", CaseQueue::terms, 9);
    term.country = "FR";
    term.severity = 60;
    term.assignee = StaffId{4};
    term.assigned_until = 1500;
    HG_TRY(tx.cases().add(term));
    return {};
  }));
  const auto found = [this](const CaseFilter& filter) {
    std::vector<std::string> subjects;
    for (const auto& one : must_read([&](Tx& tx) { return tx.cases().queue(filter, {}, 10); })) {
      subjects.push_back(one.subject);
    }
    return subjects;
  };
  EXPECT_THAT(found({}), ElementsAre("term/snow", "account/1"));
  EXPECT_THAT(found({.queue = CaseQueue::orders}), ElementsAre("account/1"));
  EXPECT_THAT(found({.categories = 1u << 3}), ElementsAre("account/1"));
  EXPECT_THAT(found({.language = "de", .country = "FR"}), IsEmpty());
  EXPECT_THAT(found({.country = "FR"}), ElementsAre("term/snow"));
  EXPECT_THAT(found({.severity_from = 60}), ElementsAre("term/snow"));
  EXPECT_THAT(found({.assignee = StaffId{4}, .now = 1499}), ElementsAre("term/snow"));
  EXPECT_THAT(found({.assignee = StaffId{}, .now = 1499}), ElementsAre("account/1"));
  EXPECT_THAT(found({.assignee = StaffId{4}, .now = 1500}), IsEmpty()) << "a claim ends by itself";
  const auto figures = must_read([](Tx& tx) { return tx.cases().figures(CaseQueue::orders, 2006); });
  EXPECT_EQ(figures.open, 1);
  EXPECT_EQ(figures.overdue, 1);
  EXPECT_EQ(figures.oldest, 1005);
}

TEST_P(StoreSuite, TheHistoryOfACaseIsKeptInOrder) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.cases().note({0, 1, 1000, StaffId{}, "reported", {}}));
    HG_TRY(tx.cases().note({0, 2, 1001, StaffId{}, "reported", {}}));
    HG_TRY(tx.cases().note({0, 1, 1002, StaffId{4}, "claimed", Bytes{1}}));
    return {};
  }));
  const auto history = must_read([](Tx& tx) { return tx.cases().history(1, 10); });
  ASSERT_EQ(history.size(), 2u);
  EXPECT_EQ(history[0].what, "reported");
  EXPECT_EQ(history[1].staff, StaffId{4});
  EXPECT_EQ(history[1].sealed, Bytes{1});
}

TEST_P(StoreSuite, OneAppealOfACaseAndPersonWaits) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    Appeal appeal;
    appeal.case_id = 7;
    appeal.user = ann;
    appeal.at = 1000;
    HG_ASSIGN(appeal.id, tx.cases().add_appeal(appeal));
    EXPECT_EQ(tx.cases().add_appeal(appeal).error().code, "APPEAL_WAITS");
    appeal.state = AppealState::rejected;
    appeal.second = StaffId{5};
    HG_TRY(tx.cases().update_appeal(appeal));
    HG_TRY(tx.cases().add_appeal({.case_id = 7, .user = ann, .at = 2000}));
    EXPECT_EQ(tx.cases().update_appeal({.id = 99}).error().code, "APPEAL_UNKNOWN");
    return {};
  }));
  const auto all = must_read([](Tx& tx) { return tx.cases().appeals_of(7); });
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1].second, StaffId{5});
  const auto waits = must_read([](Tx& tx) { return tx.cases().waiting_appeals(0, 10); });
  ASSERT_EQ(waits.size(), 1u);
  EXPECT_EQ(must_read([&](Tx& tx) { return tx.cases().find_appeal(waits[0].id); })->at, 2000);
}

TEST_P(StoreSuite, ReportsAreFoundByCaseByReporterAndByReceipt) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.reports().add(by(ann, 1, 1000)));
    HG_TRY(tx.reports().add(by(bob, 1, 1001)));
    auto form = by(UserId{}, 1, 1002);
    form.source = ReportSource::form;
    form.receipt = Bytes(32, 9);
    HG_TRY(tx.reports().add(form));
    HG_TRY(tx.reports().add(by(ann, 2, 1003)));
    return {};
  }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.reports().of_case(1, 0, 10); }).size(), 3u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.reports().of_case(1, 1, 1); }).front().reporter, bob);
  const auto anns = must_read([](Tx& tx) { return tx.reports().of_reporter(ann, 0, 10); });
  ASSERT_EQ(anns.size(), 2u);
  EXPECT_EQ(anns[0].case_id, 2);
  EXPECT_EQ(must_read([&](Tx& tx) { return tx.reports().of_reporter(ann, anns[0].id, 10); }).size(), 1u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.reports().count_since(ann, 1001); }), 1);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.reports().count_since(ann, 1000); }), 2);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.reports().find_receipt(Bytes(32, 9)); })->at, 1002);
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.reports().of_reporter(UserId{}, 0, 10); }).empty());
}

TEST_P(StoreSuite, WhatBecameOfAReportersReportsIsCounted) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    for (int i = 0; i < 5; ++i) {
      auto report = by(ann, i, 1000 + i);
      HG_ASSIGN(report.id, tx.reports().add(report));
      if (i == 4) break;  // this one waits
      report.state = i == 0 ? ReportState::upheld : ReportState::rejected;
      report.settled_at = 2000;
      HG_TRY(tx.reports().update(report));
    }
    HG_TRY(tx.reports().set_standing(ann, {.warned_at = 5, .paused_until = 6}));
    return {};
  }));
  const auto record = must_read([](Tx& tx) { return tx.reports().record_of(ann); });
  EXPECT_EQ(record.upheld, 1);
  EXPECT_EQ(record.rejected, 3);
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.reports().find_waiting(4, ann); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.reports().find_waiting(3, ann); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.reports().standing(ann); }).paused_until, 6);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.reports().standing(bob); }).warned_at, 0);
  EXPECT_EQ(write([](Tx& tx) { return tx.reports().update({.id = 99}); }).error().code, "REPORT_UNKNOWN");
}

TEST_P(StoreSuite, FlaggersAreFoundByTheirToken) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.reports().put_flagger({"hotline", false, Bytes(32, 1), 1000, 0}));
    HG_TRY(tx.reports().put_flagger({"authority", true, Bytes(32, 2), 1000, 0}));
    return tx.reports().put_flagger({"hotline", false, Bytes(32, 3), 1000, 2000});
  }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.reports().find_flagger(Bytes(32, 1)); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.reports().find_flagger(Bytes(32, 3)); })->disabled_at, 2000);
  const auto all = must_read([](Tx& tx) { return tx.reports().flaggers(); });
  ASSERT_EQ(all.size(), 2u);
  EXPECT_TRUE(all[0].authority);
}

}  // namespace
}  // namespace heliograph::store::suite
