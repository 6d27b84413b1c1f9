// How the work went, in figures: from what people and machines really did.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/day.h"
#include "web/console/testing/cases.h"

namespace heliograph::web {
namespace {

using staff::Role;
using ::testing::IsEmpty;

class ConsoleFigures : public testing::ConsoleCasesTest {
 protected:
  // A minute later, so that nothing kept is answered.
  Json figures(const std::string& query = {}) {
    world.clock.advance(std::chrono::seconds(61));
    const auto answer = ask(mia, "GET", "/figures" + query);
    EXPECT_EQ(answer.status, 200) << answer.json;
    return answer.json;
  }
  std::int64_t appealed(std::int64_t case_id) {
    const auto& desk = *moderation.desk();
    return World::must(world.write(
        [&](store::Tx& tx) { return desk.appeal(tx, ada.user, case_id, "It is not so.", "bot"); }));
  }
};

TEST_F(ConsoleFigures, WhatCameInAndWasDecidedIsThereDayByDay) {
  const auto first = reported("Pills, best price");
  const auto second = reported("Powder, best price");
  reported("Guns, best price");
  world.clock.advance(std::chrono::minutes(40));
  decide(mia, first, "remove");
  decide(mia, second, "allow");

  const auto today = figures();
  EXPECT_EQ(today["now"]["backlog"], 1);
  EXPECT_EQ(today["now"]["median_age_seconds"].get<std::int64_t>() / 3600, 0);
  ASSERT_EQ(today["series"].size(), 30U);
  const auto& last = today["series"][29];
  EXPECT_EQ(last["day"], day_text(world.clock.unix_seconds()));
  EXPECT_EQ(last["opened"], 3);
  EXPECT_EQ(last["decided"], 2);
  EXPECT_EQ(last["by_machine"], 0);
  EXPECT_EQ(last["backlog"], 1);
  EXPECT_NEAR(last["median_seconds"].get<double>(), 2400, 150);
  EXPECT_EQ(today["series"][28]["backlog"], 0);
  EXPECT_EQ(today["period"]["opened"], 3);
  EXPECT_EQ(today["period"]["in_time"], 1.0);
  EXPECT_FALSE(today["period"].contains("accuracy")) << "no machine had proposed anything";
  EXPECT_FALSE(today["period"].contains("overturn_rate"));
  ASSERT_EQ(today["categories"].size(), 1U);
  EXPECT_EQ(today["categories"][0]["category"], "illegal_goods");
  EXPECT_EQ(today["categories"][0]["backlog"], 1);
  EXPECT_EQ(today["categories"][0]["period"]["decided"], 2);

  // A week later nobody has looked at the third one.
  world.clock.advance(std::chrono::hours(7 * 24));
  mia = person("Mia again");
  const auto later = figures();
  EXPECT_EQ(later["now"]["overdue"], 1);
  EXPECT_EQ(later["categories"][0]["overdue"], 1);
  EXPECT_EQ(later["series"][29]["backlog"], 1);
  EXPECT_EQ(later["series"][22]["opened"], 3);
}

TEST_F(ConsoleFigures, AnAppealThatIsRightCountsAgainstWhoeverDecided) {
  const auto id = reported();
  decide(mia, id, "remove");
  const auto appeal = appealed(id);
  const auto answer = ask(noah, "POST", "/appeals/" + std::to_string(appeal) + "/decide",
                          Json{{"verdict", "upheld"}, {"reason", "They were vitamins."}});
  ASSERT_EQ(answer.status, 200) << answer.json;
  const auto now = figures();
  EXPECT_EQ(now["period"]["appealed"], 1);
  EXPECT_EQ(now["period"]["overturned"], 1);
  EXPECT_EQ(now["period"]["overturn_rate"], 1.0);
  ASSERT_EQ(now["bases"].size(), 1U);
  EXPECT_EQ(now["bases"][0], (Json{{"basis", "person"}, {"decided", 1}, {"overturned", 1}}));
}

TEST_F(ConsoleFigures, TheyAreKeptForAMinute) {
  const auto before = figures();
  reported();
  EXPECT_EQ(ask(mia, "GET", "/figures").json["series"], before["series"]);
  EXPECT_NE(figures()["series"], before["series"]);
}

TEST_F(ConsoleFigures, DaysAreReadStrictly) {
  const auto field = [&](const std::string& query) {
    return ask(mia, "GET", "/figures?" + query).json.value("field", "");
  };
  EXPECT_EQ(field("from=yesterday"), "from");
  EXPECT_EQ(field("to=2026-02-30"), "to");
  EXPECT_EQ(field("from=2026-02-02&to=2026-02-01"), "from");
  EXPECT_EQ(field("from=2024-01-01&to=2026-02-01"), "from");
  EXPECT_EQ(figures("?from=2026-02-01&to=2026-02-03")["series"].size(), 3U);
}

// With a machine that removes what it is a little sure of.
class MachineFigures : public services::testing::ModeratedTest {
 protected:
  MachineFigures() : ModeratedTest(eager()) {}

  static std::shared_ptr<const safety::Rulebook> eager() {
    auto book = std::make_shared<safety::Rulebook>(*shipped());
    book->policy = World::must(safety::Policy::parse(
        "version = \"test\"\nmachine_may = [\"remove\"]\n[[rule]]\nid = \"goods\"\ncategory = "
        "\"illegal_goods\"\nat_least = 0.5\nseverity = 60\nclause = \"illegal-goods\"\neffect = "
        "\"remove\"\n",
        "test.toml"));
    return book;
  }
  using World = services::testing::World;
};

TEST_F(MachineFigures, WhatAMachineDecidedCountsAgainstItsRuleAndModelWhenItWasWrong) {
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, "cocaine and mdma for sale, best price, write me today"));
  const auto cases = cases_of(ada);
  ASSERT_EQ(cases.size(), 1U);
  ASSERT_EQ(cases[0].state, store::CaseState::decided);
  const auto& desk = *moderation.desk();
  const auto appeal = World::must(world.write(
      [&](store::Tx& tx) { return desk.appeal(tx, ada.user, cases[0].id, "It is a novel.", "bot"); }));
  World::must(world.run(world.services.casework.decide_appeal({StaffId{1}, "Mia"}, appeal, true, "It is.")));
  const auto today = store::day_of(world.clock.unix_seconds());
  const auto figures = World::must(world.run(world.services.work.figures.of(today, today)));
  EXPECT_EQ(figures->period.decided, 1);
  EXPECT_EQ(figures->period.by_machine, 1);
  EXPECT_FALSE(figures->period.median_seconds) << "of what people decided";
  EXPECT_EQ(figures->period.upheld, 1);
  ASSERT_EQ(figures->bases.size(), 2U);
  for (const auto& one : figures->bases) {
    EXPECT_NE(one.basis.basis, store::Basis::person);
    EXPECT_EQ(one.decided, 1);
    EXPECT_EQ(one.overturned, 1);
  }
  EXPECT_EQ(figures->series.front().backlog, 0);
}

TEST(ConsoleKappa, SaysHowMuchMoreOftenTwoAgreeThanByChance) {
  const auto count = [](std::uint8_t first, std::uint8_t second, std::int64_t samples) {
    store::QualityCount row;
    row.first_effect = first;
    row.second_effect = second;
    row.samples = samples;
    return row;
  };
  // Cohen (1960) in the form of a well-known example: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no.
  EXPECT_NEAR(*services::kappa_of({count(6, 6, 20), count(6, 0, 5), count(0, 6, 10), count(0, 0, 15)}), 0.4,
              1e-9);
  EXPECT_NEAR(*services::kappa_of({count(6, 6, 20), count(0, 0, 20)}), 1, 1e-9);
  EXPECT_FALSE(services::kappa_of({count(6, 6, 40)})) << "both always say the same";
  EXPECT_FALSE(services::kappa_of({count(6, 6, 5), count(0, 0, 5)})) << "too few";
}

}  // namespace
}  // namespace heliograph::web
