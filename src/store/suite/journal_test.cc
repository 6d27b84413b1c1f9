#include "store/journal.h"

#include <gmock/gmock.h>

#include "store/legal.h"
#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr UnixSeconds kHour = 3600;

JournalRow a_row(UserId user, std::uint8_t tag, UnixSeconds from) {
  return {0, user, Bytes(16, tag), 1, from, from + kHour, Bytes(150, tag)};
}

TEST_P(StoreSuite, RowsOfTheJournalAreFoundByAccountAndTime) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(journal_of(tx).add(a_row(ann, 1, 0)));
    HG_TRY(journal_of(tx).add(a_row(ann, 2, 5 * kHour)));
    HG_TRY(journal_of(tx).add(a_row(bob, 3, 5 * kHour)));
    EXPECT_EQ(journal_of(tx).add(a_row(bob, 3, 0)).error().code, "JOURNAL_TAG_TWICE");
    return {};
  }));
  const auto rows = [&](UserId user, UnixSeconds from, UnixSeconds to) {
    return must_read([=](Tx& tx) { return journal_of(tx).rows(user, from, to, 0, 10); });
  };
  EXPECT_THAT(rows(ann, 0, 100 * kHour), SizeIs(2));
  EXPECT_THAT(rows(ann, kHour, 5 * kHour), IsEmpty());
  EXPECT_THAT(rows(ann, kHour, 5 * kHour + 1), SizeIs(1));
  EXPECT_THAT(rows(eve, 0, 100 * kHour), IsEmpty());
  // Seen again: the same row, longer.
  auto row = rows(ann, 0, kHour).at(0);
  row.to = 3 * kHour;
  row.sealed = {9};
  EXPECT_TRUE(must_write([row](Tx& tx) { return journal_of(tx).update(row); }));
  reopen();
  EXPECT_EQ(rows(ann, 2 * kHour, 3 * kHour).at(0).sealed, Bytes{9});
  row.tag = Bytes(16, 77);
  EXPECT_FALSE(must_write([row](Tx& tx) { return journal_of(tx).update(row); }));
}

TEST_P(StoreSuite, OldRowsOfTheJournalAreDestroyedUnlessTheyAreHeld) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    for (std::uint8_t i = 0; i < 10; ++i) HG_TRY(journal_of(tx).add(a_row(ann, i, i * kHour)));
    HG_TRY(journal_of(tx).add(a_row(bob, 20, 0)));
    // Rows 3 and 4 of ann, until 1000.
    HG_TRY(journal_of(tx).add_hold({0, 5, ann, 3 * kHour, 5 * kHour, 1000}));
    HG_TRY(journal_of(tx).sweep(6 * kHour, 999, 100));
    return {};
  }));
  const auto left = [&](UserId user) {
    return must_read([=](Tx& tx) { return journal_of(tx).rows(user, 0, 100 * kHour, 0, 100); });
  };
  EXPECT_THAT(left(ann), SizeIs(6));
  EXPECT_THAT(left(bob), IsEmpty());
  EXPECT_EQ(must_read([](Tx& tx) { return journal_of(tx).figures(999); }).held, 1);
  ASSERT_TRUE(write([](Tx& tx) { return journal_of(tx).end_holds(5, 500); }));
  EXPECT_EQ(must_write([](Tx& tx) { return journal_of(tx).sweep(6 * kHour, 500, 1); }), 1U);
  EXPECT_EQ(must_write([](Tx& tx) { return journal_of(tx).sweep(6 * kHour, 500, 10); }), 1U);
  const auto figures = must_read([](Tx& tx) { return journal_of(tx).figures(500); });
  EXPECT_EQ(figures.rows, 4);
  EXPECT_EQ(figures.oldest, 6 * kHour);
  EXPECT_EQ(figures.held, 0);
}

TEST_P(StoreSuite, OneKeyOfTheJournalIsInUse) {
  const auto first = must_write([](Tx& tx) { return journal_of(tx).add_key({0, "one", 10, 0}); });
  const auto second = must_write([](Tx& tx) { return journal_of(tx).add_key({0, "two", 20, 0}); });
  auto keys = must_read([](Tx& tx) { return journal_of(tx).keys(); });
  ASSERT_THAT(keys, SizeIs(2));
  EXPECT_EQ(keys[0].number, second);
  EXPECT_EQ(keys[0].retired_at, 0);
  EXPECT_EQ(keys[1].number, first);
  EXPECT_EQ(keys[1].retired_at, 20);
  keys[0].text = "two, dealt again";
  ASSERT_TRUE(write([key = keys[0]](Tx& tx) { return journal_of(tx).update_key(key); }));
  EXPECT_EQ(must_read([=](Tx& tx) { return journal_of(tx).find_key(second); })->text, "two, dealt again");
  keys[0].number = 99;
  EXPECT_EQ(write([key = keys[0]](Tx& tx) { return journal_of(tx).update_key(key); }).error().code,
            "JOURNAL_KEY_UNKNOWN");
}

}  // namespace
}  // namespace heliograph::store::suite
