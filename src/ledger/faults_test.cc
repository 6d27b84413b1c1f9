// The process or the machine dies at every single write in turn: no receipt without its entry, no entry lost,
// and every tree that was ever published is a beginning of every later one.
#include <gmock/gmock.h>

#include <set>

#include "ledger/testing/world.h"
#include "store/sqlite/fault_vfs.h"

namespace heliograph::ledger {
namespace {

using store::sqlite::FaultVfs;
using testing::ban;
using testing::World;

class LedgerFaults : public ::testing::Test {
 protected:
  void TearDown() override { faults.reset(); }

  // Records and batches until the disk dies; notes what was promised and what was published.
  void work(World& world) {
    for (int round = 0; round < 2; ++round) {  // a first batch, and one after another
      for (int i = 0; i < 3; ++i) {
        const auto receipt = world.write([&, user = next_user](store::Tx& tx) -> Result<RecordId> {
          HG_ASSIGN(const auto made, world.ledger->record(tx, ban(user)));
          // The act itself.
          HG_TRY(made.redeem(tx, "account.ban", Subject::of(UserId{user})));
          HG_TRY(tx.settings().put_global("acts/" + std::to_string(user), Bytes{1}));
          return made.id();
        });
        if (receipt) promised.insert(receipt->value);
        ++next_user;
      }
      static_cast<void>(world.wait(world.ledger->batch()));
    }
  }

  void restart(World& world) {
    world.ledger.reset();
    world.store.reset();
    faults.heal();
  }

  // On a sound disk again.
  void verify(World& world, const std::string& when) {
    world.open();
    const auto opened = world.wait(world.ledger->open());
    ASSERT_TRUE(opened) << when << ": " << opened.error().code;
    ASSERT_TRUE(world.wait(world.ledger->batch())) << when;
    const auto newest = world.checkpoint();
    // Entries lead to the signed root, and to every root that was ever published.
    std::map<std::uint64_t, Hash> roots;
    for (const auto& text : world.published.all) {
      const auto note = Note::parse(text).value();
      const auto tree = open_checkpoint(note, world.ledger->key()).value();
      EXPECT_EQ(roots.emplace(tree.size, tree.root).first->second, tree.root)
          << when << ": two roots for " << tree.size;
    }
    GrowingTree tree;
    const auto entries = world.entries();
    for (const auto& entry : entries) {
      tree.add(leaf_hash(entry));
      if (const auto root = roots.find(tree.size()); root != roots.end()) {
        EXPECT_EQ(root->second, tree.root()) << when << ": the tree of " << tree.size() << " is another now";
        roots.erase(root);
      }
    }
    EXPECT_TRUE(roots.empty()) << when;
    EXPECT_EQ(tree.root(), newest.root) << when;
    // Each record is there with its act, once, and has a place; each promise was kept.
    const auto records =
        world.read([](store::Tx& tx) { return tx.ledger().records_after(0, 1'000); }).value();
    std::set<std::uint64_t> places;
    for (const auto& record : records) {
      ASSERT_TRUE(record.leaf_index && *record.leaf_index < entries.size()) << when;
      EXPECT_EQ(entries[*record.leaf_index], record.entry) << when;
      EXPECT_TRUE(places.insert(*record.leaf_index).second) << when;
      EXPECT_TRUE(record.spent) << when;
      promised.erase(record.id);
      const auto opening = world.wait(world.ledger->opening(RecordId{record.id}, true)).value();
      EXPECT_TRUE(opening.opens(Entry::parse(record.entry).value())) << when;
      const auto act = world.read([&](store::Tx& tx) {
        return tx.settings().find_global("acts/" + opening.parts[2].value.substr(8));
      });
      EXPECT_TRUE(act.value()) << when << ": an entry without its act";
    }
    EXPECT_TRUE(promised.empty()) << when << ": a receipt without its entry";
  }

  FaultVfs& faults = FaultVfs::instance();
  std::int64_t next_user = 1;
  std::set<std::int64_t> promised;
};

TEST_F(LedgerFaults, DeathAtEveryWrite) {
  std::int64_t calls = 0;
  {
    World world(faults.name());
    ASSERT_TRUE(world.wait(world.ledger->open()));
    faults.arm(FaultVfs::Fault::death, 1'000'000);
    work(world);
    calls = faults.calls();
    restart(world);
  }
  ASSERT_GT(calls, 30);
  for (const auto left : {FaultVfs::Left::everything, FaultVfs::Left::nothing}) {
    for (std::int64_t n = 1; n <= calls; ++n) {
      faults.reset();
      promised.clear();
      World world(faults.name());
      ASSERT_TRUE(world.wait(world.ledger->open()));
      ASSERT_TRUE(world.wait(world.ledger->batch()));
      faults.arm(FaultVfs::Fault::death, n);
      work(world);
      restart(world);
      faults.pull_plug(left);
      verify(world, "died at call " + std::to_string(n) + ", left " + std::to_string(static_cast<int>(left)));
      if (HasFatalFailure()) return;
    }
  }
}

TEST_F(LedgerFaults, OneWriteFails) {
  std::int64_t calls = 0;
  for (std::int64_t n = 1; n == 1 || n <= calls; ++n) {
    faults.reset();
    promised.clear();
    World world(faults.name());
    ASSERT_TRUE(world.wait(world.ledger->open()));
    faults.arm(FaultVfs::Fault::once, n);
    work(world);
    if (n == 1) calls = faults.calls();
    restart(world);
    verify(world, "call " + std::to_string(n) + " failed");
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace heliograph::ledger
