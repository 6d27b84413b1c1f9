#include "transparency/desk.h"

#include <gmock/gmock.h>

#include "base/day.h"
#include "ledger/testing/world.h"
#include "transparency/reporter.h"

namespace heliograph::transparency {
namespace {

using ledger::testing::World;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class DeskTest : public ::testing::Test {
 protected:
  void SetUp() override {
    go_to("2026-07-15");
    ASSERT_TRUE(world.wait(world.ledger->open()));
    for (int i = 0; i < 7; ++i) ASSERT_TRUE(world.record(ledger::testing::ban(i + 1)));
    ASSERT_TRUE(world.wait(world.ledger->batch()));
    go_to("2026-10-02");
    ASSERT_TRUE(world.wait(world.ledger->batch()));
  }
  void go_to(const std::string& day) { world.clock.set_wall(std::chrono::seconds(*parse_day(day))); }
  Report make(const std::string& reason = {}) {
    const Reporter reporter({*world.store, *world.ledger, sealer, world.clock, world.random});
    return world.wait(reporter.make({parse_period("2026-07-01", "2026-10-01").value(), kThreshold, reason}))
        .value();
  }
  template <typename F>
  auto write(F body) {
    return world.write([body](store::Tx& tx) { return body(store::transparency_of(tx)); });
  }
  std::int64_t draft(const Report& report) {
    return write([&](store::Transparency& table) { return keep_draft(table, report, 5); }).value();
  }
  Status reviewed(std::int64_t id, const std::string& words = {}) {
    return write([=](store::Transparency& table) { return review(table, id, words, "Eve", 6); });
  }
  Result<Publication> prepared(std::int64_t id) {
    return world.wait(prepare(*world.store, *world.ledger, id));
  }

  World world;
  crypto::Sealer sealer{world.secret.derive("seal")};
};

TEST_F(DeskTest, WhatAPersonHasReadIsSignedWithTheirWords) {
  const auto id = draft(make());
  EXPECT_EQ(draft(make()), id) << "a draft takes the place of the one before";
  EXPECT_EQ(prepared(id).error().code, "REPORT_NOT_REVIEWED");
  EXPECT_EQ(write([&](store::Transparency& table) { return review(table, id, "", "", 6); }).error().code,
            "REVIEW_INVALID");
  ASSERT_TRUE(reviewed(id, "It was a quiet summer."));
  const auto publication = prepared(id);
  ASSERT_TRUE(publication) << publication.error().message;
  ASSERT_TRUE(write([&](store::Transparency& table) { return publish(table, *publication, 7); }));
  const auto row = world.read([&](store::Tx& tx) { return store::transparency_of(tx).find(id); }).value();
  const auto report = parse_report(row->document).value();
  EXPECT_EQ(report.words, "It was a quiet summer.");
  EXPECT_EQ(report.find(ledger::Book::content)->claim.shown.at("content/fraud/ban"), 7u);
  EXPECT_TRUE(check_signature(row->note, world.ledger->key(), report.name(), row->document));
  EXPECT_EQ(prepared(id).error().code, "PUBLIC_REPORT_PUBLISHED");
  EXPECT_EQ(reviewed(id).error().code, "PUBLIC_REPORT_PUBLISHED");
}

TEST_F(DeskTest, AFigureThatSomebodyChangedIsNotSigned) {
  auto report = make();
  report.tallies[0].claim.shown["content/fraud/ban"] += 1;
  const auto id = draft(report);
  ASSERT_TRUE(reviewed(id));
  EXPECT_EQ(prepared(id).error().code, "TALLY_WRONG");
}

TEST_F(DeskTest, ADraftThatChangesMeanwhileIsNotPublished) {
  const auto id = draft(make());
  ASSERT_TRUE(reviewed(id));
  const auto publication = prepared(id).value();
  ASSERT_TRUE(reviewed(id, "other words"));
  EXPECT_EQ(write([&](store::Transparency& table) { return publish(table, publication, 7); }).error().code,
            "REPORT_CHANGED");
}

TEST_F(DeskTest, AReportOnAnotherHistoryIsNotSigned) {
  auto report = make();
  for (auto& tally : report.tallies) tally.claim.tree.root[0] ^= 1;
  const auto note = ledger::Note::parse(report.checkpoint).value();
  auto tree = ledger::Checkpoint::parse(note.text).value();
  tree.root[0] ^= 1;
  report.checkpoint = ledger::Note{tree.text(), {ledger::testing::signer().sign(tree.text())}}.encode();
  const auto id = draft(report);
  ASSERT_TRUE(reviewed(id));
  EXPECT_EQ(prepared(id).error().code, "LEDGER_ROLLED_BACK");
}

TEST_F(DeskTest, AReportThatIsLateShows) {
  const auto late = [&](Schedule schedule) {
    return world.wait(missing(*world.store, schedule, 60, world.clock.unix_seconds())).value();
  };
  EXPECT_THAT(late(Schedule::quarterly), IsEmpty());
  go_to("2026-12-01");
  EXPECT_THAT(late(Schedule::none), IsEmpty());
  const auto found = late(Schedule::quarterly);
  ASSERT_THAT(found, SizeIs(1)) << "there was no log before";
  EXPECT_EQ(found[0].period.text(), "2026-07-01/2026-10-01");
  EXPECT_EQ(day_text(found[0].due), "2026-11-30");
  const auto id = draft(make());
  ASSERT_TRUE(reviewed(id));
  const auto publication = prepared(id).value();
  ASSERT_TRUE(write([&](store::Transparency& table) { return publish(table, publication, 7); }));
  EXPECT_THAT(late(Schedule::quarterly), IsEmpty());
}

TEST_F(DeskTest, APeriodIsCoveredByReportsOfOthers) {
  const auto publish_all = [&](std::vector<std::pair<std::string, std::string>> periods) {
    for (const auto& [from, to] : periods) {
      const auto period = parse_period(from, to).value();
      ASSERT_TRUE(write([&](store::Transparency& table) {
        store::PublicReport row;
        row.from = period.from;
        row.to = period.to;
        row.state = store::PublicReportState::published;
        return table.add(row);
      }));
    }
  };
  const auto late = [&](Schedule schedule) {
    std::vector<std::string> out;
    for (const auto& one :
         world.wait(missing(*world.store, schedule, 60, world.clock.unix_seconds())).value()) {
      out.push_back(one.period.text());
    }
    return out;
  };
  go_to("2027-06-01");
  ASSERT_TRUE(world.wait(world.ledger->batch()));
  EXPECT_THAT(late(Schedule::yearly), ElementsAre("2026-01-01/2027-01-01"));
  // The schedule was quarterly, then yearly: the quarters are the year, once all of them are there.
  publish_all({{"2026-01-01", "2026-04-01"}, {"2026-07-01", "2026-10-01"}, {"2026-10-01", "2027-01-01"}});
  EXPECT_THAT(late(Schedule::yearly), ElementsAre("2026-01-01/2027-01-01"));
  publish_all({{"2026-04-01", "2026-07-01"}});
  EXPECT_THAT(late(Schedule::yearly), IsEmpty());
  // And the other way round.
  publish_all({{"2027-01-01", "2027-07-01"}});
  EXPECT_THAT(late(Schedule::quarterly), IsEmpty());
  EXPECT_THAT(late(Schedule::monthly), IsEmpty());
}

}  // namespace
}  // namespace heliograph::transparency
