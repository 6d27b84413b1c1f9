#include "legal/journal/journal.h"

#include <gmock/gmock.h>

#include "legal/testing/desk.h"

namespace heliograph::legal {
namespace {

using testing::ann;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class JournalTest : public ::testing::Test {
 protected:
  JournalTest() { world.clock.set_wall(std::chrono::seconds(1'800'000'000)); }
  void install() {
    made = testing::make_key(2, {"Ana", "Ben"}, world.random);
    ASSERT_TRUE(world.write([&](store::Tx& tx) {
      return store::journal_of(tx).add_key({0, made.key.encode(), world.clock.unix_seconds(), 0});
    }));
    ASSERT_TRUE(world.wait(journal.reload()));
  }
  Result<bool> seen(const std::string& address = "203.0.113.7", std::int64_t session = 1,
                    std::uint16_t port = 40'000) {
    return world.wait(journal.seen(ann, AuthKeyId{session}, address, port));
  }
  std::vector<store::JournalRow> rows() {
    return world.read([](store::Tx& tx) { return store::journal_of(tx).rows(ann, 0, 1LL << 40, 0, 1000); })
        .value();
  }
  Sighting opened(const store::JournalRow& row) {
    RowLabel label{row.user, row.from, row.to, {}};
    std::copy(row.tag.begin(), row.tag.end(), label.tag.begin());
    const auto element = check_row(made.key.public_key(), label, row.sealed).value();
    const auto weights = weights_at_zero({1, 2});
    const auto secret =
        weights[0] * made.shares[0].secret.value() + weights[1] * made.shares[1].secret.value();
    return open_row(made.key.public_key(), label, row.sealed, secret * element).value();
  }

  ledger::testing::World world;
  testing::Made made;
  Journal journal{{*world.store, world.clock, world.random}};
};

TEST_F(JournalTest, WithoutACeremonyNothingIsWrittenDown) {
  EXPECT_TRUE(world.wait(journal.make_ready()));
  EXPECT_EQ(seen().error().code, "JOURNAL_KEY_MISSING");
  EXPECT_THAT(rows(), IsEmpty());
  EXPECT_EQ(journal.stats().refused, 1U);
}

TEST_F(JournalTest, AKeyIsUsedAsSoonAsItIsThere) {
  EXPECT_FALSE(seen());
  made = testing::make_key(2, {"Ana", "Ben"}, world.random);
  ASSERT_TRUE(world.write([&](store::Tx& tx) {
    return store::journal_of(tx).add_key({0, made.key.encode(), world.clock.unix_seconds(), 0});
  }));
  ASSERT_TRUE(world.wait(journal.make_ready()));
  EXPECT_TRUE(seen().value());
}

TEST_F(JournalTest, ASessionIsOneRowThatGrows) {
  install();
  const auto begin = world.clock.unix_seconds();
  EXPECT_TRUE(seen().value());
  EXPECT_FALSE(seen().value());
  world.clock.advance(std::chrono::minutes(9));
  EXPECT_FALSE(seen().value());
  world.clock.advance(std::chrono::hours(3));
  EXPECT_TRUE(seen().value());
  const auto all = rows();
  ASSERT_THAT(all, SizeIs(1));
  const auto sighting = opened(all[0]);
  EXPECT_EQ(sighting.address.text(), "203.0.113.7");
  EXPECT_EQ(sighting.port, 40'000);
  EXPECT_EQ(sighting.first, begin);
  EXPECT_EQ(sighting.last, begin + 9 * 60 + 3 * 3600);
  EXPECT_LE(all[0].from, begin);
  EXPECT_GT(all[0].to, sighting.last);
}

TEST_F(JournalTest, AnotherAddressPortSessionOrDayIsAnotherRow) {
  install();
  EXPECT_TRUE(seen().value());
  EXPECT_TRUE(seen("203.0.113.8").value());
  EXPECT_TRUE(seen("203.0.113.7", 2).value());
  EXPECT_TRUE(seen("203.0.113.7", 1, 40'001).value());
  world.clock.advance(std::chrono::hours(25));
  EXPECT_TRUE(seen().value());
  EXPECT_THAT(rows(), SizeIs(5));
  EXPECT_EQ(seen("not an address").error().code, "ADDRESS_INVALID");
}

TEST_F(JournalTest, AfterANewKeyRowsAreSealedToIt) {
  install();
  ASSERT_TRUE(world.wait(journal.make_ready()));
  EXPECT_TRUE(seen().value());
  const auto before = made;
  install();
  world.clock.advance(std::chrono::minutes(20));
  EXPECT_TRUE(seen().value());
  const auto all = rows();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_NE(all[0].key, all[1].key);
  EXPECT_EQ(opened(all[1]).address.text(), "203.0.113.7");
}

TEST_F(JournalTest, WhatIsOldIsDestroyed) {
  install();
  EXPECT_TRUE(seen().value());
  world.clock.advance(std::chrono::hours(24 * 364));
  EXPECT_TRUE(seen("203.0.113.8").value());
  EXPECT_EQ(world.wait(journal.sweep(365)).value(), 0U);
  world.clock.advance(std::chrono::hours(24 * 2));
  EXPECT_EQ(world.wait(journal.sweep(365)).value(), 1U);
  ASSERT_THAT(rows(), SizeIs(1));
  EXPECT_EQ(opened(rows()[0]).address.text(), "203.0.113.8");
}

TEST_F(JournalTest, ARowThatWasDestroyedMeanwhileBeginsAgain) {
  install();
  EXPECT_TRUE(seen().value());
  ASSERT_TRUE(world.write(
      [&](store::Tx& tx) { return store::journal_of(tx).sweep(1LL << 40, world.clock.unix_seconds(), 10); }));
  world.clock.advance(std::chrono::minutes(20));
  EXPECT_TRUE(seen().value());
  EXPECT_THAT(rows(), SizeIs(1));
}

}  // namespace
}  // namespace heliograph::legal
