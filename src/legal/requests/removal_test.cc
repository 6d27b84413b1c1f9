// Removal orders: handed to the moderators, and what became of them.
#include <gmock/gmock.h>

#include "legal/testing/desk.h"

namespace heliograph::legal {
namespace {

using ::testing::SizeIs;

constexpr UnixSeconds kDay = 86'400;

class RemovalTest : public ::testing::Test, public testing::DeskWorld {
 protected:
  template <typename T>
  static std::string code(const Result<T>& result) {
    return result ? std::string() : std::string(result.error().code);
  }
  OpenActs acts(std::int64_t request) {
    return read([&](store::Tx& tx) { return desk.acts(tx, request); }).value();
  }
  void tick_after(UnixSeconds seconds) {
    later(seconds);
    tick();
  }
};

TEST_F(RemovalTest, ARemovalOrderBecomesACaseWhoseHourRunsFromItsReceipt) {
  auto asked = form();
  EXPECT_EQ(code(file(Type::removal, asked)), "FORM_INVALID");  // it gets no data
  asked.wants_phone = asked.wants_addresses = false;
  asked.kind = IdentifierKind::phone;
  asked.identifier = "+4915112345678";
  EXPECT_EQ(code(file(Type::removal, asked)), "FORM_INVALID");
  asked.kind = IdentifierKind::link;
  asked.identifier = "news/31";
  const auto id = file(Type::removal, asked).value();
  const auto received = now();
  const auto hand = [&](const Actor& actor) {
    return write([&](store::Tx& tx) { return desk.hand_over(tx, actor, id, terms::Category::terrorism); });
  };
  EXPECT_EQ(code(hand(ana)), "GATE_MISSING");
  ASSERT_TRUE(pass(id, Gate::authentic));
  EXPECT_EQ(row(id).user, UserId{});  // whose it is does not matter here
  ASSERT_TRUE(pass(id, Gate::valid));
  EXPECT_EQ(code(pass(id, Gate::suspect)), "GATE_MISSING");
  EXPECT_EQ(code(hand(dua)), "ROLE_NOT_ALLOWED");
  later(1200);
  EXPECT_EQ(hand(ana).value(), 99);
  ASSERT_THAT(people.ordered, SizeIs(1));
  EXPECT_EQ(people.ordered[0].received_at, received);
  EXPECT_EQ(people.ordered[0].authority, "Staatsanwaltschaft Musterstadt");
  EXPECT_EQ(people.ordered[0].category, terms::Category::terrorism);
  EXPECT_EQ(row(id).outcome, "handed");
  EXPECT_EQ(code(hand(ana)), "REQUEST_CLOSED");
  EXPECT_EQ(cells().at("legal/removal/DE/handed"), 1U);

  // Nothing is handed on that is not there, and the request stays open.
  asked.identifier = "news/32";
  const auto gone = file(Type::removal, asked).value();
  through(gone, Gate::valid);
  EXPECT_EQ(
      code(write([&](store::Tx& tx) { return desk.hand_over(tx, ana, gone, terms::Category::terrorism); })),
      "CONTENT_UNKNOWN");
  EXPECT_EQ(row(gone).closed_at, 0);
}

TEST_F(RemovalTest, WhatIsDecidedIsTheOutcomeAndTheAgencyIsToldEachTimeThatItChanges) {
  auto asked = form();
  asked.wants_phone = asked.wants_addresses = false;
  asked.kind = IdentifierKind::link;
  asked.identifier = "news/31";
  const auto id = file(Type::removal, asked).value();
  through(id, Gate::valid);
  ASSERT_TRUE(write([&](store::Tx& tx) { return desk.hand_over(tx, ana, id, terms::Category::terrorism); }));
  tick();
  tick_after(60);
  EXPECT_EQ(decision_in(acts(id)), std::nullopt);
  EXPECT_EQ(row(id).outcome, "handed");
  people.decided = RemovalDecision{"removed", "remove", "Terrorism (version 2)", now(), 0};
  tick_after(60);
  EXPECT_EQ(row(id).outcome, "removed");
  EXPECT_EQ(decision_in(acts(id)), people.decided);
  const auto told = acts(id).size();
  tick_after(kDay);
  EXPECT_THAT(acts(id), SizeIs(told));

  // While it is looked at again, what was decided stands.
  people.decided.reset();
  tick_after(kDay);
  EXPECT_EQ(row(id).outcome, "removed");
  people.decided = RemovalDecision{"kept", "", "", now(), 0};
  tick_after(kDay);
  EXPECT_EQ(row(id).outcome, "kept");
  EXPECT_THAT(acts(id), SizeIs(told + 1));

  // Some time after the last day of appeals it is looked at no more.
  tick_after(230 * kDay);
  people.decided = RemovalDecision{"removed", "remove", "", now(), 0};
  tick_after(kDay);
  EXPECT_EQ(row(id).outcome, "kept");
}

}  // namespace
}  // namespace heliograph::legal
