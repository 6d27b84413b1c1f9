// The machine dies on the way from the form to the package, the receipt and the notice, or while clocks run
// out: nothing is stuck, and nothing is disclosed, told or counted twice.
#include <gmock/gmock.h>

#include "legal/testing/desk.h"
#include "store/sqlite/fault_vfs.h"

namespace heliograph::legal {
namespace {

using store::sqlite::FaultVfs;
using testing::ann;
using testing::DeskWorld;

class DeskFaults : public ::testing::Test {
 protected:
  void TearDown() override { faults.reset(); }

  static void ring(DeskWorld& world) {
    static_cast<void>(world.write([&](store::Tx& tx) { return world.desk.tick(tx, 100); }));
  }
  // Confirms receipt, and lets the clock tell the member.
  static void finish(DeskWorld& world, std::int64_t id, const Bytes& package) {
    if (!package.empty()) static_cast<void>(world.confirm_receipt(id, package));
    ring(world);
  }
  // How often it was done, as the acts say.
  static std::int64_t done(DeskWorld& world, std::int64_t id, std::string_view what, Gate gate = Gate{}) {
    const auto acts = world.read([=](store::Tx& tx) { return store::legal_of(tx).acts(id); }).value();
    return std::ranges::count_if(acts, [&](const store::LegalAct& act) {
      return act.what == what && (gate == Gate{} || act.gate == static_cast<std::uint8_t>(gate));
    });
  }
  static bool all_clocks_stand(DeskWorld& world, std::int64_t id) {
    const auto clocks = world.read([=](store::Tx& tx) { return store::legal_of(tx).clocks(id); }).value();
    return std::ranges::all_of(clocks, [](const store::LegalClock& clock) { return clock.done_at != 0; });
  }
  void die_and_come_back(DeskWorld& world) {
    world.world.ledger.reset();
    world.world.store.reset();
    faults.heal();
    faults.pull_plug(FaultVfs::Left::nothing);
    world.reopen();
  }
  // Each step, whether or not those before it worked; what was collected, if that worked.
  static Bytes work(DeskWorld& world, std::int64_t id) {
    for (const auto gate : {Gate::authentic, Gate::valid, Gate::suspect}) {
      static_cast<void>(world.pass(id, gate));
    }
    static_cast<void>(world.approve(id));
    static_cast<void>(world.world.wait(world.world.ledger->batch()));
    static_cast<void>(world.contribute(id, 1, world.ana));
    static_cast<void>(world.contribute(id, 3, world.cem));
    static_cast<void>(world.disclose(id));
    return world.collect(id).value_or(Bytes());
  }

  FaultVfs& faults = FaultVfs::instance();
};

TEST_F(DeskFaults, DeathOnTheWay) {
  std::int64_t calls = 0;
  for (std::int64_t n = 1; n == 1 || n <= calls; n += n == 1 ? 1 : 3) {
    faults.reset();
    DeskWorld world(faults.name());
    world.connect(ann, "203.0.113.7", world.now() - 86'400);
    const auto id = world.filed();
    if (n == 1) {
      faults.arm(FaultVfs::Fault::death, 1'000'000);
      const auto package = work(world, id);
      EXPECT_FALSE(package.empty());
      finish(world, id, package);
      EXPECT_EQ(done(world, id, "passed", Gate::notified), 1);
      calls = faults.calls();
      ASSERT_GT(calls, 20);
      continue;
    }
    faults.arm(FaultVfs::Fault::death, n);
    const auto before = work(world, id);
    finish(world, id, before);
    die_and_come_back(world);
    const auto after = work(world, id);
    // Whoever has confirmed receipt has it, and gets it no more.
    const bool receipted = done(world, id, "receipt") == 1;
    EXPECT_EQ(after.empty(), receipted) << "died at call " << n;
    EXPECT_TRUE(before.empty() || after.empty() || before == after) << "died at call " << n;
    finish(world, id, after);
    EXPECT_EQ(done(world, id, "receipt"), 1) << "died at call " << n;
    EXPECT_EQ(done(world, id, "passed", Gate::notified), 1) << "died at call " << n;
    EXPECT_NE(world.row(id).notified_at, 0) << "died at call " << n;
    EXPECT_TRUE(all_clocks_stand(world, id)) << "died at call " << n;
    ring(world);
    EXPECT_EQ(done(world, id, "passed", Gate::notified), 1) << "died at call " << n;
    EXPECT_EQ(world.row(id).state, State::closed) << "died at call " << n;
    EXPECT_EQ(world.row(id).outcome, "disclosed") << "died at call " << n;
    const auto counts = world.cells();
    EXPECT_EQ(counts.at("legal/epoc/DE/disclosed"), 1U) << "died at call " << n;
    EXPECT_EQ(counts.at("legal/epoc/DE/told"), 1U) << "died at call " << n;
    if (HasFailure()) return;
  }
}

// A package that nobody came for, and an emergency that no court has confirmed: both run out at once.
TEST_F(DeskFaults, DeathWhileClocksRunOut) {
  std::int64_t calls = 0;
  for (std::int64_t n = 0; n <= calls; ++n) {
    faults.reset();
    DeskWorld world(faults.name());
    const auto uncollected = world.filed();
    world.through(uncollected, Gate::disclosed);
    const auto claimed = world.file(Type::emergency, world.form()).value();
    world.later(15 * 86'400);
    if (n == 0) {
      faults.arm(FaultVfs::Fault::death, 1'000'000);
      ring(world);
      calls = faults.calls();
      ASSERT_GT(calls, 0);
      continue;
    }
    faults.arm(FaultVfs::Fault::death, n);
    ring(world);
    die_and_come_back(world);
    ring(world);
    ring(world);
    EXPECT_EQ(world.row(uncollected).state, State::expired) << "died at call " << n;
    EXPECT_EQ(done(world, uncollected, "uncollected"), 1) << "died at call " << n;
    EXPECT_TRUE(all_clocks_stand(world, uncollected)) << "died at call " << n;
    EXPECT_EQ(done(world, claimed, "unconfirmed"), 1) << "died at call " << n;
    EXPECT_EQ(done(world, claimed, "overdue"), 1) << "died at call " << n;
    EXPECT_EQ(world.row(claimed).state, State::received) << "died at call " << n;
    const auto counts = world.cells();
    EXPECT_EQ(counts.at("legal/epoc/DE/undelivered"), 1U) << "died at call " << n;
    EXPECT_EQ(counts.at("legal/emergency/DE/unconfirmed"), 1U) << "died at call " << n;
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace heliograph::legal
