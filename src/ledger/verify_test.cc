#include "ledger/verify.h"

#include <gmock/gmock.h>

#include "ledger/cell_prover.h"
#include "ledger/testing/world.h"

namespace heliograph::ledger {
namespace {

using testing::ban;
using ::testing::HasSubstr;
using testing::World;

class VerifyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(world.wait(world.ledger->open()));
    grow();
  }
  void grow() {
    ASSERT_TRUE(world.write([&](store::Tx& tx) -> Status {
      for (int i = 0; i < 300; ++i) HG_TRY(world.ledger->record(tx, ban(i + 1)));
      return {};
    }));
    ASSERT_TRUE(world.wait(world.ledger->batch()));
  }
  Result<Bytes> fetch(const std::string& path) {
    if (const auto changed = instead.find(path); changed != instead.end()) return changed->second;
    if (path == "checkpoint") return to_bytes(as_bytes(world.ledger->checkpoint()));
    if (path == "cells") return to_bytes(as_bytes(world.wait(prover().cells()).value()));
    if (path.starts_with("cells/proofs/")) {
      return world.wait(prover().cell_proofs(parse_tile_path("entries/" + path.substr(13)).value()));
    }
    const auto id = parse_tile_path(std::string_view(path).substr(5));
    if (!id) return fail(Error::not_found("LEDGER_TILE_MISSING"));
    return world.wait(world.ledger->tile(*id));
  }
  Result<Verified> verify(const std::vector<Checkpoint>& seen = {}) {
    return verify_log([this](const std::string& path) { return fetch(path); }, world.ledger->key(), seen,
                      world.random);
  }
  std::string complaint(const std::vector<Checkpoint>& seen = {}) {
    const auto done = verify(seen);
    return done ? "" : done.error().message;
  }
  CellProver prover() { return CellProver({*world.store, *world.ledger, world.random, world.secret}); }
  World world;
  std::map<std::string, Bytes> instead;
};

TEST_F(VerifyTest, TheListOfCellsTakesWholeGroupsUntilItIsFull) {
  const auto order = [](std::size_t count) {
    CellProver::Order out;
    out.entries_most = 0;
    out.cells = [count](store::Tx&) -> Result<std::vector<std::string>> {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < count; ++i) cells.push_back("legal/epoc/" + std::to_string(i) + "/told");
      return cells;
    };
    return out;
  };
  const auto listed = [&] {
    return world.read([](store::Tx& tx) { return proven_list(tx); }).value().size();
  };
  ASSERT_TRUE(world.wait(prover().prove(order(5'100))));
  EXPECT_EQ(listed(), 5'100u);
  ASSERT_TRUE(world.wait(prover().prove(order(kCellListMost))));
  EXPECT_EQ(listed(), kCellListMost) << "those that are there take no room twice";
  ASSERT_TRUE(world.wait(prover().prove(order(kCellListMost + 1))));
  EXPECT_EQ(listed(), kCellListMost);
}

TEST_F(VerifyTest, OnesOwnEntriesAreFoundByTheirOpenings) {
  const auto receipt = world.record(ban(301));
  const auto mine = world.wait(world.ledger->opening(receipt->id(), false)).value();
  const auto look = [&](const std::vector<Opening>& openings) {
    return verify_log([this](const std::string& path) { return fetch(path); }, world.ledger->key(), {},
                      world.random, openings);
  };
  EXPECT_EQ(look({mine}).error().code, "LEDGER_OPENING_MISSING") << "there has been no batch since";
  ASSERT_TRUE(world.wait(world.ledger->batch()));
  const auto found = look({mine});
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_THAT(found->opened,
              ::testing::ElementsAre(world.wait(world.ledger->leaf_of(receipt->id())).value()));
  auto changed = mine;
  changed.parts.front().value += "!";
  const auto refused = look({mine, changed});
  EXPECT_EQ(refused.error().code, "LEDGER_OPENING_MISSING");
  EXPECT_THAT(refused.error().message, HasSubstr("Opening 2"));
}

TEST_F(VerifyTest, AnHonestLog) {
  const auto first = world.checkpoint();
  grow();
  const auto done = verify({first, world.checkpoint(), Checkpoint{"other.example/log", 5, {}}});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->tree, world.checkpoint());
  EXPECT_EQ(done->earlier, 2u);
  EXPECT_EQ(done->entries[1], 600u);
  EXPECT_EQ(done->entries[2], 8u);
}

TEST_F(VerifyTest, ProofsOfSingleEntries) {
  EXPECT_EQ(verify()->proven, 0u) << "not made yet";
  ASSERT_TRUE(world.record({Book::legal, "request.receive", {"request/1"}, "legal/epoc/FR/received", {}}));
  ASSERT_TRUE(world.wait(world.ledger->batch()));
  while (world.wait(prover().prove({})).value() > 0) {
  }
  const auto done = verify();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->proven, done->entries[2]);
  const auto size = world.checkpoint().size;
  const auto path =
      "cells/proofs/" + tile_path({kEntriesLevel, 1, tile_width(size, kEntriesLevel, 1)}).substr(8);
  instead[path] = fetch(path).value();
  instead[path].back() ^= 1;
  EXPECT_THAT(complaint(), HasSubstr("one cell of the list"));
  instead[path].pop_back();
  EXPECT_THAT(complaint(), HasSubstr("cannot be read"));
  instead.clear();
  instead["cells"] = to_bytes(as_bytes("legal/epoc/DE/received\n"));
  EXPECT_THAT(complaint(), HasSubstr("one cell of the list"));
}

TEST_F(VerifyTest, AnythingChangedIsFound) {
  for (const auto* path : {"tile/0/000", "tile/0/001.p/52", "tile/1/000.p/1"}) {
    instead[path] = fetch(path).value();
    instead[path][17] ^= 1;
    EXPECT_THAT(complaint(), HasSubstr(path));
    instead.clear();
  }
  for (const auto* path : {"tile/entries/000", "tile/entries/001.p/52"}) {
    for (const std::size_t at : {0u, 1u, 2u, 20u, 50u}) {
      instead[path] = fetch(path).value();
      instead[path][at] ^= 1;
      EXPECT_FALSE(verify()) << path << " " << at;
      instead[path] = fetch(path).value();
      instead[path].pop_back();
      EXPECT_THAT(complaint(), HasSubstr(path));
      instead.clear();
    }
  }
}

TEST_F(VerifyTest, ACheckpointThatOthersSignedOrNobody) {
  const auto text = world.checkpoint().text();
  const auto other = testing::signer("example.org/ledger", 9);
  instead["checkpoint"] = to_bytes(as_bytes(Note{text, {other.sign(text)}}.encode()));
  EXPECT_EQ(verify().error().code, "LEDGER_NOT_SIGNED");
  instead["checkpoint"] = to_bytes(as_bytes("nothing\n"));
  EXPECT_EQ(verify().error().code, "LEDGER_NOTE_INVALID");
}

TEST_F(VerifyTest, TwoHistoriesAreFound) {
  auto forked = world.checkpoint();
  forked.root[0] ^= 1;
  EXPECT_THAT(complaint({forked}), HasSubstr("two histories"));
  auto longer = world.checkpoint();
  longer.size += 1;
  EXPECT_THAT(complaint({longer}), HasSubstr("gone back"));
  // A root that the log never had, at a size that it passed in the middle of a batch.
  EXPECT_THAT(complaint({Checkpoint{"example.org/ledger", 3, {}}}), HasSubstr("two histories"));
}

TEST_F(VerifyTest, ASignedRootThatTheEntriesDoNotHave) {
  auto tree = world.checkpoint();
  tree.root[3] ^= 1;
  instead["checkpoint"] =
      to_bytes(as_bytes(Note{tree.text(), {testing::signer().sign(tree.text())}}.encode()));
  EXPECT_THAT(complaint(), HasSubstr("do not hash to the root"));
}

}  // namespace
}  // namespace heliograph::ledger
