#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_P(StoreSuite, Contacts) {
  const Contact bob_of_ann{ann, bob, "Bobby", "B", true, true, 5};
  ASSERT_TRUE(write([&](Tx& tx) -> Status {
    HG_TRY(tx.contacts().put(bob_of_ann));
    HG_TRY(tx.contacts().put({ann, eve, "Eve", "", false, false, 6}));
    return tx.contacts().put({eve, bob, "B", "", false, false, 7});
  }));
  const auto got = must_read([](Tx& tx) { return tx.contacts().find(ann, bob); });
  ASSERT_TRUE(got);
  EXPECT_EQ(got->owner, ann);
  EXPECT_EQ(got->user, bob);
  EXPECT_EQ(got->first_name, "Bobby");
  EXPECT_EQ(got->last_name, "B");
  EXPECT_TRUE(got->shares_phone);
  EXPECT_TRUE(got->knows_phone);
  EXPECT_EQ(got->added_at, 5);
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.contacts().find(bob, ann); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.contacts().of_owner(ann); }).size(), 2u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.contacts().count(ann); }), 2u);
  EXPECT_THAT(must_read([](Tx& tx) { return tx.contacts().owners_having(bob, 10); }), ElementsAre(ann, eve));
  EXPECT_THAT(must_read([](Tx& tx) { return tx.contacts().owners_having(bob, 1); }), ElementsAre(ann));
  ASSERT_TRUE(write([](Tx& tx) { return tx.contacts().erase(ann, bob); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.contacts().find(ann, bob); }));
}

TEST_P(StoreSuite, NumbersWithoutAnAccountYet) {
  const Bytes number{1, 2, 3};
  ASSERT_TRUE(write([&](Tx& tx) -> Status {
    HG_TRY(tx.contacts().put_awaited({ann, number, "Someone", ""}));
    HG_TRY(tx.contacts().put_awaited({ann, number, "Someone", "Else"}));  // replaces
    HG_TRY(tx.contacts().put_awaited({bob, number, "S", ""}));
    return tx.contacts().put_awaited({bob, {4}, "T", ""});
  }));
  const auto awaiting = must_read([&](Tx& tx) { return tx.contacts().awaiting(number); });
  ASSERT_EQ(awaiting.size(), 2u);
  EXPECT_EQ(awaiting[0].owner, ann);
  EXPECT_EQ(awaiting[0].phone_index, number);
  EXPECT_EQ(awaiting[0].first_name, "Someone");
  EXPECT_EQ(awaiting[0].last_name, "Else");
  EXPECT_EQ(must_read([&](Tx& tx) { return tx.contacts().count_awaiting(number, 10); }), 2u);
  EXPECT_EQ(must_read([&](Tx& tx) { return tx.contacts().count_awaiting(number, 1); }), 1u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.contacts().count_awaited(bob); }), 2u);
  ASSERT_TRUE(write([&](Tx& tx) { return tx.contacts().erase_awaited_of(bob, number); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.contacts().count_awaited(bob); }), 1u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.contacts().count_awaited(ann); }), 1u);
  ASSERT_TRUE(write([&](Tx& tx) { return tx.contacts().erase_awaited(number); }));
  EXPECT_THAT(must_read([&](Tx& tx) { return tx.contacts().awaiting(number); }), IsEmpty());
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.contacts().put({bob, ann, "A", "", false, false, 0}));
    return tx.contacts().erase_all(bob);
  }));
  EXPECT_THAT(must_read([](Tx& tx) { return tx.contacts().awaiting(Bytes{4}); }), IsEmpty());
  EXPECT_EQ(must_read([](Tx& tx) { return tx.contacts().count(bob); }), 0u);
}

TEST_P(StoreSuite, Blocks) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.contacts().block({ann, bob, 10}));
    return tx.contacts().block({ann, eve, 20});
  }));
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.contacts().is_blocked(ann, bob); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.contacts().is_blocked(bob, ann); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.contacts().count_blocked(ann); }), 2u);
  const auto newest = must_read([](Tx& tx) { return tx.contacts().blocked(ann, 0, 1); });
  ASSERT_EQ(newest.size(), 1u);
  EXPECT_EQ(newest[0].user, eve);
  EXPECT_EQ(newest[0].at, 20);
  const auto next = must_read([](Tx& tx) { return tx.contacts().blocked(ann, 1, 10); });
  ASSERT_EQ(next.size(), 1u);
  EXPECT_EQ(next[0].user, bob);
  ASSERT_TRUE(write([](Tx& tx) { return tx.contacts().unblock(ann, bob); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.contacts().is_blocked(ann, bob); }));
}

}  // namespace
}  // namespace heliograph::store::suite
