#include "app/transparency_service.h"

#include <gmock/gmock.h>

#include "base/day.h"
#include "ledger/testing/world.h"
#include "safety/scan/scanner.h"

namespace heliograph::app {
namespace {

using ledger::testing::World;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class TransparencyServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    config.transparency_schedule = "quarterly";
    config.transparency_provider = "Example Ltd";
    go_to("2026-07-15");
    ASSERT_TRUE(world.wait(world.ledger->open()));
    for (int i = 0; i < 7; ++i) ASSERT_TRUE(world.record(ledger::testing::ban(i + 1)));
    ASSERT_TRUE(world.wait(world.ledger->batch()));
  }
  void go_to(const std::string& day) { world.clock.set_wall(std::chrono::seconds(*parse_day(day))); }
  void tick() {
    const auto done = world.wait(service.tick());
    EXPECT_TRUE(done) << done.error().message;
  }
  std::vector<store::PublicReport> all() {
    return world.read([](store::Tx& tx) { return store::transparency_of(tx).list(false, 10); }).value();
  }

  World world;
  config::Config config;
  crypto::Sealer sealer{world.secret.derive("seal")};
  safety::Gate gate{safety::load_rulebook({}, 1).value()};
  TransparencyService service{
      {config, *world.store, *world.ledger, sealer, world.secret, world.clock, world.random, gate, "policy"}};
};

TEST_F(TransparencyServiceTest, MakesTheDraftOfAPeriodThatIsOver) {
  tick();
  EXPECT_THAT(all(), IsEmpty()) << "there was no log in the second quarter";
  go_to("2026-10-01");
  tick();
  tick();
  ASSERT_THAT(all(), SizeIs(1));
  EXPECT_EQ(all()[0].state, store::PublicReportState::draft);
  // Nobody sees a draft, and that the report is late shows.
  EXPECT_THAT(world.wait(service.list()).value(), IsEmpty());
  const transparency::Period period{all()[0].from, all()[0].to};
  EXPECT_EQ(world.wait(service.find(period, 1)).error().code, "PUBLIC_REPORT_UNKNOWN");
  EXPECT_THAT(world.wait(service.missing()).value(), IsEmpty());
  go_to("2026-12-01");
  EXPECT_THAT(world.wait(service.missing()).value(), SizeIs(1));

  const auto id = all()[0].id;
  ASSERT_TRUE(world.write([&](store::Tx& tx) {
    return transparency::review(store::transparency_of(tx), id, "", "Eve", world.clock.unix_seconds());
  }));
  const auto publication = world.wait(transparency::prepare(*world.store, *world.ledger, id));
  ASSERT_TRUE(publication) << publication.error().message;
  ASSERT_TRUE(world.write([&](store::Tx& tx) {
    return transparency::publish(store::transparency_of(tx), *publication, world.clock.unix_seconds());
  }));
  EXPECT_THAT(world.wait(service.missing()).value(), IsEmpty());
  EXPECT_EQ(world.wait(service.find(period, 1))->id, id);
  const auto annex = world.wait(service.annex(period, 1));
  ASSERT_TRUE(annex);
  ASSERT_THAT(*annex, SizeIs(11));
  EXPECT_THAT(annex->front().csv, HasSubstr("Name of the service provider,Example Ltd"));
  EXPECT_THAT(service.rules(), HasSubstr("Version"));
}

TEST_F(TransparencyServiceTest, ALogThatIsHaltedGetsNoDraft) {
  go_to("2026-10-01");
  world.ledger->halt("a test");
  tick();
  EXPECT_THAT(all(), IsEmpty());
}

TEST_F(TransparencyServiceTest, StatementsWaitWhileNobodyTakesThem) {
  safety::CaseFile file;
  file.place = Peer::of(ChannelId{9});
  file.message = MessageId{31};
  safety::Statement statement;
  statement.at = world.clock.unix_seconds();
  statement.effect = "remove";
  file.statements.push_back(statement);
  store::Case one;
  one.subject = "message/channel/9/31";
  one.opened_at = statement.at;
  one.decided_at = statement.at;
  one.state = store::CaseState::decided;
  one.sealed = safety::seal_file(file, one.subject, sealer, world.random);
  ASSERT_TRUE(world.write([&](store::Tx& tx) { return tx.cases().add(one); }));
  const auto waiting = [&] {
    return world
        .read([](store::Tx& tx) {
          return store::transparency_of(tx).count_statements(store::StatementState::waiting);
        })
        .value();
  };
  world.clock.advance(std::chrono::seconds(2));
  ASSERT_TRUE(world.wait(service.send()));
  EXPECT_EQ(waiting(), 0) << "there is nowhere to send them";
  config.transparency_statements_url = "http://127.0.0.1:1/api/v1/statements";
  ASSERT_TRUE(world.wait(service.send()));
  EXPECT_EQ(waiting(), 1);
  world.clock.advance(std::chrono::seconds(2));
  ASSERT_TRUE(world.wait(service.send()));
  EXPECT_EQ(waiting(), 1);
}

}  // namespace
}  // namespace heliograph::app
