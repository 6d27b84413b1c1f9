#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;

std::vector<std::int64_t> ids(const std::vector<LedgerRecord>& records) {
  std::vector<std::int64_t> out;
  for (const auto& record : records) out.push_back(record.id);
  return out;
}

TEST_P(StoreSuite, LedgerRecordsWaitUntilTheyArePlaced) {
  const auto add = [&](std::uint8_t byte) {
    return must_write([byte](Tx& tx) { return tx.ledger().add_record(Bytes{byte}, 100, Bytes{7, byte}); });
  };
  const auto a = add(1), b = add(2), c = add(3);
  EXPECT_LT(a, b);
  EXPECT_LT(b, c);
  ASSERT_TRUE(write([&](Tx& tx) { return tx.ledger().place(b, 0); }));
  EXPECT_EQ(write([&](Tx& tx) { return tx.ledger().place(b, 1); }).error().code, "LEDGER_PLACED");
  ASSERT_TRUE(write([&](Tx& tx) { return tx.ledger().place(a, 5); }));
  reopen();
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.ledger().waiting(10); })), ElementsAre(c));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.ledger().count_waiting(); }), 1);
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.ledger().placed(0, 6, 10); })), ElementsAre(b, a));
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.ledger().placed(1, 5, 10); })), ElementsAre());
  EXPECT_THAT(ids(must_read([&](Tx& tx) { return tx.ledger().records_after(a, 10); })), ElementsAre(b, c));
  const auto found = must_read([&](Tx& tx) { return tx.ledger().find_record(b); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->leaf_index, 0u);
  EXPECT_EQ(found->entry, Bytes{2});
  EXPECT_EQ(found->sealed, (Bytes{7, 2}));
  EXPECT_EQ(found->recorded_at, 100);
}

TEST_P(StoreSuite, ALedgerRecordIsSpentOnce) {
  const auto id = must_write([](Tx& tx) { return tx.ledger().add_record(Bytes{1}, 100, Bytes{}); });
  EXPECT_FALSE(must_write([&](Tx& tx) { return tx.ledger().spend(id, Bytes{2}); }));
  EXPECT_FALSE(must_write([&](Tx& tx) { return tx.ledger().spend(id + 1, Bytes{1}); }));
  EXPECT_TRUE(must_write([&](Tx& tx) { return tx.ledger().spend(id, Bytes{1}); }));
  EXPECT_FALSE(must_write([&](Tx& tx) { return tx.ledger().spend(id, Bytes{1}); }));
  EXPECT_TRUE(must_read([&](Tx& tx) { return tx.ledger().find_record(id); })->spent);
}

TEST_P(StoreSuite, LedgerTilesGrow) {
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.ledger().tile(1, 0); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.ledger().put_tile(1, 0, Bytes{1}); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.ledger().put_tile(1, 0, Bytes{1, 2}); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.ledger().put_tile(-1, 0, Bytes{9}); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.ledger().tile(1, 0); }), (Bytes{1, 2}));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.ledger().tile(-1, 0); }), Bytes{9});
}

TEST_P(StoreSuite, ALedgerSizeHasOneRoot) {
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.ledger().newest_tree(); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.ledger().add_tree({12, Bytes{1}, 100}); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.ledger().add_tree({24, Bytes{2}, 160}); }));
  EXPECT_EQ(write([](Tx& tx) { return tx.ledger().add_tree({12, Bytes{3}, 170}); }).error().code,
            "LEDGER_TREE_EXISTS");
  EXPECT_EQ(must_read([](Tx& tx) { return tx.ledger().newest_tree(); })->size, 24u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.ledger().find_tree(12); })->root, Bytes{1});
  EXPECT_EQ(must_read([](Tx& tx) { return tx.ledger().size_before(100); }), 0u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.ledger().size_before(160); }), 12u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.ledger().size_before(161); }), 24u);
}

TEST_P(StoreSuite, LedgerCosignaturesByWitness) {
  EXPECT_EQ(must_read([](Tx& tx) { return tx.ledger().cosigned_size("w1"); }), 0u);
  ASSERT_TRUE(write([](Tx& tx) { return tx.ledger().put_cosignature({12, "w1", "a"}); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.ledger().put_cosignature({24, "w1", "b"}); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.ledger().put_cosignature({24, "w2", "c"}); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.ledger().put_cosignature({24, "w2", "d"}); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.ledger().cosigned_size("w1"); }), 24u);
  const auto lines = must_read([](Tx& tx) { return tx.ledger().cosignatures(24); });
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].line, "b");
  EXPECT_EQ(lines[1].line, "d");
}

}  // namespace
}  // namespace heliograph::store::suite
