#include "ledger/monitor.h"

#include <gtest/gtest.h>

#include "ledger/testing/world.h"

namespace heliograph::ledger {
namespace {

using testing::ban;
using testing::World;

class MonitorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(world.wait(world.ledger->open()));
    monitor = std::make_unique<Monitor>(*world.ledger, *world.store);
  }
  // Alarms that the next batch raises.
  std::uint64_t alarms_of_a_batch() {
    const auto before = monitor->stats().alarms.load();
    const auto batch = world.wait(world.ledger->batch());
    EXPECT_TRUE(batch);
    EXPECT_TRUE(world.wait(monitor->check(*batch)));
    return monitor->stats().alarms - before;
  }
  World world;
  std::unique_ptr<Monitor> monitor;
};

TEST_F(MonitorTest, AllIsWell) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(world.record(ban(i + 1)));
    EXPECT_EQ(alarms_of_a_batch(), 0u);
  }
  EXPECT_EQ(monitor->stats().checked, 9u);
  EXPECT_EQ(monitor->stats().waiting, 0);
}

TEST_F(MonitorTest, ARecordThatIsLeftOutIsNoticed) {
  ASSERT_TRUE(world.record(ban(1)));
  ASSERT_TRUE(world.record(ban(2)));
  const auto batch = world.wait(world.ledger->batch()).value();
  // As if the batch had passed over the first.
  ASSERT_TRUE(world.write([](store::Tx& tx) -> Status {
    HG_ASSIGN(auto found, tx.ledger().find_record(1));
    HG_TRY(tx.ledger().add_record(found->entry, 0, found->sealed));
    return {};
  }));
  auto later = batch;
  later.newest = RecordId{3};
  ASSERT_TRUE(world.wait(monitor->check(later)));
  EXPECT_EQ(monitor->stats().alarms, 1u);
  EXPECT_EQ(monitor->stats().waiting, 1);
}

TEST_F(MonitorTest, AnEntryThatWasChangedIsNoticed) {
  ASSERT_TRUE(world.record(ban(1)));
  const auto batch = world.wait(world.ledger->batch()).value();
  ASSERT_TRUE(world.write([](store::Tx& tx) -> Status {
    HG_ASSIGN(auto bundle, tx.ledger().tile(kEntriesLevel, 0));
    for (std::size_t at = 10; at < bundle->size(); at += 67) (*bundle)[at] ^= 1;
    return tx.ledger().put_tile(kEntriesLevel, 0, *bundle);
  }));
  ASSERT_TRUE(world.wait(monitor->check(batch)));
  EXPECT_GE(monitor->stats().alarms, 1u);
}

TEST_F(MonitorTest, GoesOnWhereItWas) {
  ASSERT_TRUE(world.record(ban(1)));
  EXPECT_EQ(alarms_of_a_batch(), 0u);
  world.open();
  SetUp();
  ASSERT_TRUE(world.record(ban(2)));
  EXPECT_EQ(alarms_of_a_batch(), 0u);
  EXPECT_EQ(monitor->stats().checked, 1u);
}

}  // namespace
}  // namespace heliograph::ledger
