// Which cases show the legal desk that somebody broke the rules.
#include <gmock/gmock.h>

#include "services/legal/legal_people.h"
#include "services/testing/moderation.h"

namespace heliograph::services {
namespace {

using safety::Effect;
using testing::World;

class BreachOfRulesTest : public testing::ModeratedTest {
 protected:
  BreachOfRulesTest() : ModeratedTest(shipped()) {
    auto book = std::make_shared<safety::Rulebook>(*shipped());
    book->policy = World::must(safety::Policy::parse(
        "version = \"test\"\nmachine_may = [\"remove\"]\n[[rule]]\nid = \"goods\"\ncategory = "
        "\"illegal_goods\"\nat_least = 0.5\nseverity = 60\nclause = \"illegal-goods\"\neffect = \"review\"\n",
        "test.toml"));
    gate.replace(std::move(book));
  }

  std::int64_t opened() {
    static_cast<void>(
        World::must(post(ada, channel(true, "news_channel"), "Fake passports for sale, any country, dm me")));
    return queue().front().id;
  }
  void decide(std::int64_t id, Effect effect, std::int32_t days = 0) {
    safety::PersonDecision decision;
    decision.effect = effect;
    decision.clause = "fraud";
    decision.staff = "ann";
    decision.days = days;
    decision.again = true;
    const auto done = world.run(moderation.decide(id, decision));
    ASSERT_TRUE(done) << done.error().code;
  }
  // Empty: it does.
  std::string shows(std::int64_t id, UserId user) {
    const auto checked =
        world.read([&](store::Tx& tx) -> Status { return people.check_breach(tx, id, user); });
    return checked ? std::string() : std::string(checked.error().message);
  }

  LegalPeople people{world.environment};
};

TEST_F(BreachOfRulesTest, ACaseThatWasDecidedAboutThisAccountAndStands) {
  const auto id = opened();
  EXPECT_EQ(shows(id + 100, ada.user), "There is no case of this number.");
  EXPECT_EQ(shows(id, ada.user), "The case has not been decided.");
  decide(id, Effect::remove);
  EXPECT_EQ(shows(id, ada.user), "");
  EXPECT_EQ(shows(id, bob.user), "The case is about somebody else.");
  decide(id, Effect::allow);
  EXPECT_EQ(shows(id, ada.user), "It was decided that nothing was wrong.");
  decide(id, Effect::remove);
  ASSERT_TRUE(world.run(moderation.reverse(id, "eve", "It was a joke.")));
  EXPECT_EQ(shows(id, ada.user), "What was decided has been taken back.");
}

TEST_F(BreachOfRulesTest, WhatHasEndedWithItsTimeWasInForce) {
  const auto id = World::must(world.write([this](store::Tx& tx) {
    safety::CaseFile file;
    file.place = Peer::of(ada.user);
    file.findings.push_back({});
    file.findings.back().category = "fraud";
    store::Case one;
    one.subject = ledger::Subject::of(file.place).text;
    one.user = ada.user;
    one.category = static_cast<std::uint8_t>(terms::Category::fraud);
    one.opened_at = world.clock.unix_seconds();
    one.sealed = safety::seal_file(file, one.subject, world.sealer, world.random);
    return tx.cases().add(one);
  }));
  decide(id, Effect::limit_account, 3);
  EXPECT_EQ(shows(id, ada.user), "");
  world.clock.advance(std::chrono::hours(24 * 4));
  ASSERT_TRUE(world.run(moderation.sweep_deadlines()));
  const auto ended = World::must(world.read([=](store::Tx& tx) { return tx.cases().find(id); }));
  ASSERT_EQ(ended->effect, static_cast<std::uint8_t>(Effect::allow));
  EXPECT_EQ(shows(id, ada.user), "");
  decide(id, Effect::allow);
  EXPECT_EQ(shows(id, ada.user), "It was decided that nothing was wrong.");
}

TEST_F(BreachOfRulesTest, ClausesAreThoseInForce) {
  EXPECT_EQ(people.clause("fraud"), "Fraud (version " + std::to_string(shipped()->rules->version()) + ")");
  EXPECT_EQ(people.clause("seen"), std::nullopt);
}

}  // namespace
}  // namespace heliograph::services
