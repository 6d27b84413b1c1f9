#include "app/replay_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/testing/moderation.h"

namespace heliograph::app {
namespace {

using services::testing::World;
using State = web::Replay::State;

// Nothing is ever done.
constexpr const char* kLenient =
    "version = \"lenient\"\nmachine_may = [\"remove\"]\n[[rule]]\nid = \"none\"\ncategory = "
    "\"spam\"\nat_least = 1.0\n"
    "severity = 1\nclause = \"spam\"\neffect = \"review\"\nmode = \"shadow\"\n";

class ReplayDeskTest : public services::testing::ModeratedTest {
 protected:
  ReplayDeskTest() : ModeratedTest(shipped()) {}

  static web::Replay ended(const ReplayDesk& desk, std::int64_t id) {
    for (int i = 0; i < 10'000; ++i) {
      const auto found = desk.find(id);
      if (found && found->state != State::running) return *found;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    throw std::runtime_error("the replay does not end");
  }
  web::Replay replayed(const std::string& policy = {}, store::Day days_ago = 0) {
    const auto today = store::day_of(world.clock.unix_seconds());
    return ended(desk, World::must(desk.start(StaffId{7}, today - days_ago, today, policy)).id);
  }

  ReplayDesk desk{world.folder.path, world.sealer, gate, world.clock};
};

TEST_F(ReplayDeskTest, UnderTheRulesInForceNothingChangesAndUnderOthersSomethingDoes) {
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, "cocaine and mdma for sale, best price, write me today"));
  World::must(post(ada, news, "The council meets on Thursday"));
  ASSERT_FALSE(cases_of(ada).empty());

  const auto same = replayed();
  EXPECT_EQ(same.state, State::done);
  EXPECT_EQ(same.judged, 2);
  EXPECT_EQ(same.changed, 0);
  EXPECT_EQ(same.policy, gate.rulebook()->policy->version());

  const auto lenient = replayed(kLenient);
  EXPECT_EQ(lenient.state, State::done);
  EXPECT_EQ(lenient.policy, "lenient");
  EXPECT_EQ(lenient.changed, 1);
  ASSERT_EQ(lenient.sums.size(), 1U);
  EXPECT_EQ(lenient.sums[0].now, "allow");
  EXPECT_EQ(lenient.sums[0].count, 1);
  ASSERT_EQ(lenient.examples.size(), 1U);
  EXPECT_EQ(lenient.examples[0].subject, cases_of(ada).front().subject);
  EXPECT_FALSE(cases_of(ada).empty()) << "nothing is changed";

  EXPECT_EQ(desk.list().size(), 2U);
  EXPECT_EQ(desk.list().front().id, lenient.id);
}

TEST_F(ReplayDeskTest, TheEncoderIsAskedWhereTheFirstStageIsNotSure) {
  auto book = std::make_shared<safety::Rulebook>(*shipped());
  book->policy = World::must(safety::Policy::parse(
      "version = \"both\"\n[[rule]]\nid = \"goods\"\ncategory = \"illegal_goods\"\nat_least = "
      "0.5\nclause = \"illegal-goods\"\neffect = \"review\"\n",
      "test.toml"));
  gate.replace(std::move(book));
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, "títulos de cualquier facultad, con sello y firma"));
  World::must(post(ada, news, "The council meets on Thursday"));
  EXPECT_EQ(replayed().changed, 0) << "the first alone would leave it";

  ReplayDesk both{world.folder.path, world.sealer, gate, world.clock,
                  World::must(EncoderJudge::load(HELIOGRAPH_WEIGHTS "/multilingual-e5-small.q4"))};
  const auto today = store::day_of(world.clock.unix_seconds());
  const auto started = World::must(both.start(StaffId{7}, today, today, ""));
  const auto done = ended(both, started.id);
  EXPECT_EQ(done.judged, 2);
  ASSERT_EQ(done.changed, 1);
  EXPECT_EQ(done.sums[0].now, "review");
}

TEST_F(ReplayDeskTest, OtherDaysAreNotJudged) {
  const auto news = channel(true, "news_channel");
  World::must(post(ada, news, "The council meets on Thursday"));
  world.clock.advance(std::chrono::hours(48));
  EXPECT_EQ(replayed().judged, 0);
  EXPECT_EQ(replayed({}, 2).judged, 1);
}

TEST_F(ReplayDeskTest, APolicyThatCannotBeReadIsRefused) {
  const auto broken = desk.start(StaffId{7}, 1, 1, "version = ");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, "POLICY_INVALID");
  EXPECT_THAT(broken.error().message, ::testing::HasSubstr("policy.toml"));
  auto unknown = std::string(kLenient);
  unknown.replace(unknown.find("clause = \"spam\""), 15, "clause = \"none\"");
  EXPECT_EQ(desk.start(StaffId{7}, 1, 1, unknown).error().code, "POLICY_INVALID");
  EXPECT_TRUE(desk.list().empty());
}

TEST_F(ReplayDeskTest, TheLastTwentyAreKept) {
  for (int i = 0; i < 22; ++i) replayed();
  EXPECT_EQ(desk.list().size(), 20U);
  EXPECT_EQ(desk.list().front().id, 22);
  EXPECT_FALSE(desk.find(1));
}

TEST(ReplayDesk, WhereThereIsNoStoreItFailsAndSaysSo) {
  ManualClock clock;
  const crypto::Sealer sealer{crypto::SecretKey{{1}}};
  const safety::Gate gate{*safety::load_rulebook({}, 0)};
  ReplayDesk desk{"/nonexistent", sealer, gate, clock};
  const auto begun = desk.start(StaffId{7}, 1, 1, {});
  ASSERT_TRUE(begun);
  for (int i = 0; i < 10'000 && desk.find(begun->id)->state == State::running; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(desk.find(begun->id)->state, State::failed);
  EXPECT_TRUE(desk.find(begun->id)->problem);
}

}  // namespace
}  // namespace heliograph::app
