// Removal orders that came to the legal desk, as the moderators get them.
#include <gmock/gmock.h>

#include "services/legal/legal_people.h"
#include "services/testing/reports.h"

namespace heliograph::services {
namespace {

using ::testing::HasSubstr;
using testing::World;

class RemovalOrderTest : public testing::ReportedTest {
 protected:
  Result<std::int64_t> order(std::string link, UnixSeconds received_at) {
    legal::RequestForm form;
    form.kind = legal::IdentifierKind::link;
    form.identifier = std::move(link);
    form.issuer_name = "Bundeskriminalamt";
    form.case_number = "BKA 7/26";
    form.legal_basis = "Regulation (EU) 2021/784 Art. 3";
    form.offence = "incitement";
    const legal::RemovalOrder said{5, "Bundeskriminalamt", "DE", received_at, terms::Category::terrorism};
    return world.write([&](store::Tx& tx) { return people.order_removal(tx, form, said); });
  }

  void decide(std::int64_t id, safety::Effect effect) {
    safety::PersonDecision decision;
    decision.effect = effect;
    decision.clause = "terrorism";
    decision.staff = "ann";
    if (effect == safety::Effect::restrict_countries) decision.countries = {"DE"};
    decision.again = true;
    const auto done = world.run(moderation.decide(id, decision));
    ASSERT_TRUE(done) << done.error().code;
  }
  std::optional<legal::RemovalDecision> decision(std::int64_t id) {
    return World::must(world.read([&](store::Tx& tx) { return people.removal_decision(tx, id); }));
  }

  LegalPeople people{world.environment};
};

TEST_F(RemovalOrderTest, ItWaitsInTheQueueOfOrdersAndItsHourRunsFromItsReceipt) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "To arms")).message.id;
  const auto now = world.clock.unix_seconds();
  const auto id =
      World::must(order("https://t.me/news_channel/" + std::to_string(post_id.value), now - 1200));
  const auto one = *World::must(world.read([=](store::Tx& tx) { return tx.cases().find(id); }));
  EXPECT_EQ(one.queue, store::CaseQueue::orders);
  EXPECT_EQ(one.user, ada.user);
  EXPECT_EQ(one.subject, ledger::Subject::of(news, post_id).text);
  EXPECT_EQ(one.due_at, now - 1200 + 3600);
  EXPECT_EQ(one.category, static_cast<std::uint8_t>(terms::Category::terrorism));
  const auto reports =
      World::must(world.read([=](store::Tx& tx) { return tx.reports().of_case(id, 0, 10); }));
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].source, store::ReportSource::authority);
  EXPECT_EQ(reports[0].flagger, "Bundeskriminalamt");
  const auto file = World::must(safety::open_report(reports[0], world.sealer));
  EXPECT_THAT(file.comment, HasSubstr("Reference: BKA 7/26 (request 5 at the legal desk)"));
  ASSERT_EQ(file.evidence.size(), 1U);
  EXPECT_EQ(file.evidence[0].text, "To arms");
}

TEST_F(RemovalOrderTest, WhatIsDecidedOfTheCaseIsToldAsItStands) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "To arms")).message.id;
  const auto id = World::must(order("https://t.me/news_channel/" + std::to_string(post_id.value), 1));
  EXPECT_EQ(decision(id), std::nullopt);
  decide(id, safety::Effect::remove);
  auto told = decision(id).value();
  EXPECT_EQ(told.outcome, "removed");
  EXPECT_EQ(told.effect, "remove");
  EXPECT_EQ(told.clause, shipped()->rules->find("terrorism")->title);
  EXPECT_GT(told.record, 0);  // in the ledger
  EXPECT_EQ(told.at, world.clock.unix_seconds());
  // In one country alone it is not removed.
  decide(id, safety::Effect::restrict_countries);
  EXPECT_EQ(decision(id)->outcome, "restricted");
  ASSERT_TRUE(world.run(moderation.reverse(id, "eve", "It was a quotation.")));
  told = decision(id).value();
  EXPECT_EQ(told.outcome, "kept");
  EXPECT_EQ(told.effect, "");
  EXPECT_EQ(told.record, 0);
}

TEST_F(RemovalOrderTest, WhatIsNotPublicIsNotThere) {
  EXPECT_EQ(order("https://t.me/news_channel/1", 1).error().code, "CONTENT_UNKNOWN");
  EXPECT_EQ(order("a word", 1).error().code, "CONTENT_UNKNOWN");
}

}  // namespace
}  // namespace heliograph::services
