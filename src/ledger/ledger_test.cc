#include "ledger/ledger.h"

#include <gmock/gmock.h>

#include "ledger/testing/world.h"

namespace heliograph::ledger {
namespace {

using testing::ban;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::World;

class LedgerTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(world.wait(world.ledger->open())); }
  Batch batch() {
    auto done = world.wait(world.ledger->batch());
    EXPECT_TRUE(done) << done.error().message;
    return done.value_or(Batch{});
  }
  World world;
};

TEST_F(LedgerTest, ABatchIsPaddedBookByBook) {
  EXPECT_EQ(world.ledger->checkpoint(), "");
  EXPECT_EQ(batch().size, 12u);  // nothing happened: four of each book all the same
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(world.record(ban(i + 1)));
  const auto done = batch();
  EXPECT_EQ(done.first, 12u);
  EXPECT_EQ(done.size, 28u);  // 8 + 4 + 4
  EXPECT_EQ(done.records, 5u);
  std::map<Book, int> counts;
  for (const auto& bytes : world.entries()) {
    EXPECT_EQ(bytes.size(), kEntrySize);
    ++counts[Entry::parse(bytes).value().book];
  }
  EXPECT_EQ(counts[Book::content], 12);
  EXPECT_EQ(counts[Book::legal], 8);
  EXPECT_EQ(counts[Book::search], 8);
}

TEST_F(LedgerTest, AnEntryIsProvenByItsReceiptAndOpensToItsRecord) {
  const auto receipt = world.record(ban(7));
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->act(), "account.ban");
  EXPECT_EQ(receipt->subject().text, "account/7");
  EXPECT_EQ(world.wait(world.ledger->proof_of(receipt->id())).error().code, "LEDGER_NOT_PUBLISHED");
  EXPECT_FALSE(world.wait(world.ledger->leaf_of(receipt->id())).value());
  batch();
  const auto proof = TlogProof::parse(world.wait(world.ledger->proof_of(receipt->id())).value());
  ASSERT_TRUE(proof);
  const auto entries = world.entries();
  EXPECT_EQ(proof->verify(entries[proof->index], world.ledger->key()).value().size, 12u);
  EXPECT_FALSE(proof->verify(entries[proof->index == 0 ? 1 : 0], world.ledger->key()));

  const auto entry = Entry::parse(entries[proof->index]).value();
  const auto all = world.wait(world.ledger->opening(receipt->id(), true)).value();
  const auto shown = world.wait(world.ledger->opening(receipt->id(), false)).value();
  EXPECT_TRUE(all.opens(entry));
  EXPECT_TRUE(shown.opens(entry));
  EXPECT_THAT(all.encode(), HasSubstr("actor"));
  EXPECT_THAT(shown.encode(), Not(HasSubstr("actor")));
  EXPECT_EQ(Opening::parse(shown.encode()).value(), shown);
  auto forged = shown;
  forged.parts[1].value = "account.limit";
  EXPECT_FALSE(forged.opens(entry));
  forged = shown;
  forged.parts[4].value = "content/spam/ban";
  EXPECT_FALSE(forged.opens(entry));
}

TEST_F(LedgerTest, PaddingOpensToNothing) {
  batch();
  const auto entries = world.entries();
  for (std::uint64_t i = 0; i < entries.size(); ++i) {
    const auto opening = world.wait(world.ledger->opening_at(i)).value();
    EXPECT_EQ(opening.parts[0].name, "padding");
    EXPECT_TRUE(opening.opens(Entry::parse(entries[i]).value()));
  }
  EXPECT_EQ(world.wait(world.ledger->opening_at(12)).error().code, "LEDGER_RANGE");
}

TEST_F(LedgerTest, TheLogGrowsOverTilesConsistently) {
  std::vector<Checkpoint> seen;
  for (int round = 0; round < 12; ++round) {
    const auto added = world.write([&](store::Tx& tx) -> Status {
      for (int i = 0; i < 61; ++i) HG_TRY(world.ledger->record(tx, ban(i + 1)));
      return {};
    });
    ASSERT_TRUE(added);
    batch();
    seen.push_back(world.checkpoint());
  }
  EXPECT_EQ(seen.back().size, 12u * 72);
  const auto newest = seen.back();
  for (const auto& old : seen) {
    const auto proof =
        world.read([&](store::Tx& tx) { return tree_in(tx, newest.size).consistency(old.size); });
    EXPECT_TRUE(verify_consistency(old.size, old.root, newest.size, newest.root, proof.value())) << old.size;
  }
  // What is served hashes to what is signed.
  GrowingTree tree;
  for (const auto& entry : world.entries()) tree.add(leaf_hash(entry));
  EXPECT_EQ(tree.root(), newest.root);
  const auto tile = world.wait(world.ledger->tile({1, 0, 3})).value();
  EXPECT_EQ(tile.size(), 96u);
  EXPECT_EQ(world.wait(world.ledger->tile({1, 0, 4})).error().code, "LEDGER_TILE_MISSING");
  EXPECT_EQ(world.wait(world.ledger->tile({0, 3, 97})).error().code, "LEDGER_TILE_MISSING");
  EXPECT_EQ(world.wait(world.ledger->tile({2, 0, 1})).error().code, "LEDGER_TILE_MISSING");
}

TEST_F(LedgerTest, AReceiptIsGoodForItsActOnceAndOnlyIfItsTransactionWas) {
  const auto receipt = world.record(ban(7));
  ASSERT_TRUE(receipt);
  const auto redeem = [&](const Receipt& which, std::string_view act, std::int64_t user) {
    return world.write([&](store::Tx& tx) { return which.redeem(tx, act, Subject::of(UserId{user})); });
  };
  EXPECT_EQ(redeem(*receipt, "account.limit", 7).error().code, "LEDGER_RECEIPT_OTHER");
  EXPECT_EQ(redeem(*receipt, "account.ban", 8).error().code, "LEDGER_RECEIPT_OTHER");
  EXPECT_TRUE(redeem(*receipt, "account.ban", 7));
  EXPECT_EQ(redeem(*receipt, "account.ban", 7).error().code, "LEDGER_RECEIPT_VOID");
  EXPECT_EQ(world.write([&](store::Tx& tx) { return world.ledger->receipt(tx, receipt->id()); }).error().code,
            "LEDGER_RECEIPT_VOID");

  // The act failed after the record was made: the record is not there, and the receipt is worth nothing, also
  // when the next record gets the same number.
  std::optional<Receipt> smuggled;
  EXPECT_FALSE(world.write([&](store::Tx& tx) -> Status {
    HG_ASSIGN(auto made, world.ledger->record(tx, ban(7)));
    smuggled.emplace(std::move(made));
    return fail(Error::internal("ACT_FAILED"));
  }));
  EXPECT_EQ(redeem(*smuggled, "account.ban", 7).error().code, "LEDGER_RECEIPT_VOID");
  ASSERT_TRUE(world.record(ban(7)));
  EXPECT_EQ(redeem(*smuggled, "account.ban", 7).error().code, "LEDGER_RECEIPT_VOID");
  EXPECT_EQ(batch().records, 2u);
}

TEST_F(LedgerTest, AnActMayComeLaterThanItsRecord) {
  const auto id = world.record(ban(7)).value().id();
  batch();
  world.open();
  ASSERT_TRUE(world.wait(world.ledger->open()));
  const auto redeemed = world.write([&](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto receipt, world.ledger->receipt(tx, id));
    return receipt.redeem(tx, "account.ban", Subject::of(UserId{7}));
  });
  EXPECT_TRUE(redeemed);
}

TEST_F(LedgerTest, RecordsOutOfBoundsAreRefused) {
  auto record = ban(7);
  record.fields.push_back({"Rule", "x"});
  EXPECT_EQ(world.record(record).error().code, "LEDGER_RECORD_INVALID");
  record.fields.back() = {"rule", "twice"};
  EXPECT_EQ(world.record(record).error().code, "LEDGER_RECORD_INVALID");
  record.fields.back() = {"long", std::string(100'000, 'x')};
  EXPECT_EQ(world.record(record).error().code, "LEDGER_RECORD_INVALID");
  record.fields.pop_back();
  record.act.clear();
  EXPECT_EQ(world.record(record).error().code, "LEDGER_RECORD_INVALID");
}

TEST_F(LedgerTest, AfterARestartTheSameTreeIsSignedAgain) {
  ASSERT_TRUE(world.record(ban(7)));
  batch();
  const auto before = world.ledger->checkpoint();
  world.open();
  ASSERT_TRUE(world.wait(world.ledger->open()));
  EXPECT_EQ(world.ledger->checkpoint(), before);
  EXPECT_EQ(batch().first, 12u);
}

TEST_F(LedgerTest, NothingIsPublishedThatIsNotRememberedFirst) {
  batch();
  const auto before = world.ledger->checkpoint();
  const auto receipt = world.record(ban(7));
  world.published.broken = true;
  EXPECT_EQ(world.wait(world.ledger->batch()).error().code, "FILE_UNWRITABLE");
  EXPECT_EQ(world.ledger->checkpoint(), before);
  EXPECT_EQ(world.wait(world.ledger->tile({kEntriesLevel, 0, 24})).error().code, "LEDGER_TILE_MISSING");
  EXPECT_FALSE(world.wait(world.ledger->leaf_of(receipt->id())).value())
      << "it has a place, in no checkpoint";
  world.published.broken = false;
  EXPECT_EQ(batch().size, 36u);
  EXPECT_TRUE(world.wait(world.ledger->leaf_of(receipt->id())).value());
}

TEST_F(LedgerTest, AnOlderDatabaseDoesNotBecomeASecondHistory) {
  batch();
  world.ledger.reset();
  world.store.reset();
  std::filesystem::copy(world.directory / "data", world.directory / "copy");
  world.open();
  ASSERT_TRUE(world.wait(world.ledger->open()));
  batch();
  const auto put_back = [&](const std::string& origin) {
    world.ledger.reset();
    world.store.reset();
    std::filesystem::remove_all(world.directory / "data");
    std::filesystem::copy(world.directory / "copy", world.directory / "data");
    world.open(origin);
    return world.wait(world.ledger->open());
  };
  EXPECT_EQ(put_back("example.org/ledger").error().code, "LEDGER_ROLLED_BACK");
  world.published.kept.clear();  // put back elsewhere, where nothing is known
  EXPECT_EQ(put_back("example.org/ledger").error().code, "LEDGER_ROLLED_BACK");
  ASSERT_TRUE(put_back("example.org/ledger2"));
  EXPECT_EQ(batch().first, 12u);
  world.open("example.org/ledger2");
  EXPECT_TRUE(world.wait(world.ledger->open()));
}

TEST_F(LedgerTest, ATreeThatWasTamperedWithIsNotExtended) {
  batch();
  ASSERT_TRUE(world.write([](store::Tx& tx) -> Status {
    HG_ASSIGN(auto bundle, tx.ledger().tile(kEntriesLevel, 0));
    (*bundle)[20] ^= 1;
    return tx.ledger().put_tile(kEntriesLevel, 0, *bundle);
  }));
  EXPECT_EQ(world.wait(world.ledger->batch()).error().code, "LEDGER_CORRUPT");
  world.open();
  EXPECT_FALSE(world.wait(world.ledger->open()));
}

TEST_F(LedgerTest, ATallyHoldsAndAChangedCountDoesNot) {
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(world.record(ban(i + 1)));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(world.record(ban(i + 1, "content/spam/ban")));
  ASSERT_TRUE(world.record(ban(1, "")));
  auto legal = ban(4, "legal/de/fulfilled");
  legal.book = Book::legal;
  ASSERT_TRUE(world.record(legal));
  world.clock.advance(std::chrono::seconds(60));
  batch();
  world.clock.advance(std::chrono::seconds(60));
  ASSERT_TRUE(world.record(ban(50)));
  batch();

  const auto entries = world.entries();
  const auto sum_of = [&](std::uint64_t first, std::uint64_t end, std::optional<Book> book) {
    CommitmentSum sum;
    for (auto i = first; i < end; ++i) {
      const auto entry = Entry::parse(entries[i]).value();
      if (!book || entry.book == *book) sum.add(entry);
    }
    return sum.value();
  };
  const auto all = world.wait(world.ledger->tally(0, entries.size(), {})).value();
  EXPECT_EQ(all.counts, (std::map<std::string, std::uint64_t>{
                            {"content/fraud/ban", 10}, {"content/spam/ban", 3}, {"legal/de/fulfilled", 1}}));
  EXPECT_TRUE(holds(sum_of(0, entries.size(), {}), all));
  const auto content = world.wait(world.ledger->tally(3, entries.size() - 2, Book::content)).value();
  EXPECT_TRUE(holds(sum_of(3, entries.size() - 2, Book::content), content));
  EXPECT_FALSE(holds(sum_of(3, entries.size() - 2, {}), content));

  auto changed = all;
  --changed.counts["content/spam/ban"];
  EXPECT_FALSE(holds(sum_of(0, entries.size(), {}), changed));
  ++changed.counts["content/fraud/ban"];  // the total is right again
  EXPECT_FALSE(holds(sum_of(0, entries.size(), {}), changed));
  EXPECT_FALSE(holds(sum_of(1, entries.size(), {}), all));

  const auto start = world.clock.unix_seconds();
  const auto before = world.wait(world.ledger->range_of(0, start)).value();
  EXPECT_EQ(before.first, 0u);
  EXPECT_EQ(before.end, 24u);
  const auto last = world.wait(world.ledger->range_of(start, start + 1)).value();
  EXPECT_EQ(last.first, 24u);
  EXPECT_EQ(last.end, 36u);
  EXPECT_EQ(world.wait(world.ledger->tally(0, 37, {})).error().code, "LEDGER_RANGE");
}

TEST_F(LedgerTest, HaltedItTakesNoBatch) {
  batch();
  world.ledger->halt("a witness has seen another tree");
  EXPECT_EQ(world.wait(world.ledger->batch()).error().code, "LEDGER_HALTED");
  EXPECT_TRUE(world.record(ban(7)));
}

}  // namespace
}  // namespace heliograph::ledger
