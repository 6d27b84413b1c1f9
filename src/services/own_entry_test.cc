// Everybody opens the entries that are about them, and no others.
#include "services/own_entry.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "legal/journal/question.h"
#include "services/bots/transparency_bot.h"
#include "services/testing/reports.h"
#include "store/legal.h"

namespace heliograph::services {
namespace {

using ::testing::HasSubstr;
using testing::World;

class OwnEntryTest : public testing::ReportedTest {
 protected:
  std::int64_t record_for(const Caller& who, const std::string& number) {
    return World::must(world.read([&](store::Tx& tx) { return own_record(tx, who.user, number); }));
  }
  std::optional<OwnEntry> entry(std::int64_t record) {
    return World::must(world.run(own_entry(ledger, record)));
  }
  // A disclosure about Bob is entered; the request's number.
  std::int64_t disclosed() {
    return World::must(world.write([&](store::Tx& tx) -> Result<std::int64_t> {
      store::LegalRequest row;
      row.country = "DE";
      row.user = bob.user;
      HG_ASSIGN(row.id, store::legal_of(tx).add(row));
      HG_ASSIGN(const auto receipt, ledger.record(tx, {ledger::Book::legal,
                                                       std::string(legal::kDiscloseAct),
                                                       legal::request_subject(row.id),
                                                       "legal/epoc/DE/disclosed",
                                                       {}}));
      row.record = receipt.id().value;
      HG_TRY(store::legal_of(tx).update(row));
      return row.id;
    }));
  }
  void tell(std::int64_t request) {
    World::must(world.write([&](store::Tx& tx) -> Status {
      HG_ASSIGN(auto row, store::legal_of(tx).find(request));
      row->notified_at = 5;
      return store::legal_of(tx).update(*row);
    }));
  }
};

TEST_F(OwnEntryTest, WhoseDataAnAuthorityGotOpensTheDisclosureOnceTheyAreTold) {
  const auto request = disclosed();
  const auto number = "L" + std::to_string(request);
  EXPECT_EQ(record_for(bob, number), 0) << "an order to keep silent runs";
  tell(request);
  const auto record = record_for(bob, number);
  ASSERT_NE(record, 0);
  EXPECT_EQ(record_for(bob, "l" + std::to_string(request)), record);
  EXPECT_EQ(record_for(ada, number), 0);
  for (const auto* wrong : {"", "L", "L0", "L-1", "L99", "LL1", "L1 2", "1", "x"}) {
    EXPECT_EQ(record_for(bob, wrong), 0) << wrong;
  }
  EXPECT_FALSE(entry(record)) << "there has been no batch since";
  World::must(world.run(ledger.batch()));
  const auto own = entry(record);
  ASSERT_TRUE(own);
  const auto opening = World::must(ledger::Opening::parse(own->opening));
  EXPECT_EQ(std::ranges::find(opening.parts, "cell", &ledger::Opening::Part::name)->value,
            "legal/epoc/DE/disclosed");
  EXPECT_TRUE(world.run(ledger.proof(own->leaf)));
}

TEST_F(OwnEntryTest, TheBotSendsOpeningAndProof) {
  TransparencyBot bot{{world.environment, "https://chat.example.org", &ledger}};
  world.services.bots.add(bot);
  ASSERT_TRUE(world.run(world.services.bots.ensure_accounts()));
  const auto say = [&](const std::string& text) {
    send(bob, transparency_user, text);
    World::must(world.run(world.services.bots.deliver()));
    return history(bob, transparency_user).at(0).text;
  };
  const auto request = disclosed();
  const auto command = "/entry L" + std::to_string(request);
  EXPECT_THAT(say(command), HasSubstr("no decision about you"));
  tell(request);
  EXPECT_THAT(say(command), HasSubstr("with the next batch"));
  World::must(world.run(ledger.batch()));
  EXPECT_THAT(say(command), HasSubstr("heliograph-ledger-opening v1"));
  EXPECT_THAT(history(bob, transparency_user).at(1).text,
              HasSubstr("https://chat.example.org/ledger/proof/"));
}

TEST_F(OwnEntryTest, ADecisionIsOpenedByItsAuthorAndByWhoReportedIt) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "Pills, best price")).message.id;
  ASSERT_TRUE(enter_by_name(bob, news));
  const auto filed = World::must(world.run(world.services.reports.messages(
      bob, news, {post_id}, {terms::Category::illegal_goods, "goods/drugs", "pills"})));
  const auto number = std::to_string(filed.case_id);
  EXPECT_EQ(record_for(bob, number), 0) << "nothing has been decided";
  World::must(world.write([&](store::Tx& tx) {
    safety::PersonDecision decision;
    decision.effect = safety::Effect::remove;
    decision.clause = "illegal-goods";
    return moderation.desk()->decide(tx, {StaffId{1}, "mia", false}, filed.case_id, decision, {});
  }));
  EXPECT_NE(record_for(ada, number), 0);
  EXPECT_EQ(record_for(bob, number), record_for(ada, number));
  EXPECT_EQ(record_for(world.sign_up("Eve"), number), 0);
}

}  // namespace
}  // namespace heliograph::services
