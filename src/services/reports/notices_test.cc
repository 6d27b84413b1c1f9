#include "services/reports/notices.h"

#include <gmock/gmock.h>

#include "crypto/hash.h"
#include "services/testing/reports.h"

namespace heliograph::services {
namespace {

using ::testing::HasSubstr;
using testing::World;

TEST(NoticeLocationTest, LinksAndNamesOfManyFormsAreUnderstood) {
  const NoticeLocation channel{"news_channel", {}}, post{"news_channel", MessageId{12}};
  for (const auto* text :
       {"@news_channel", "news_channel", "t.me/news_channel", "https://t.me/news_channel/",
        "tg://resolve?domain=news_channel", " https://chat.example.org/news_channel?x=1 "}) {
    EXPECT_EQ(parse_location(text), channel) << text;
  }
  for (const auto* text :
       {"t.me/news_channel/12", "https://t.me/s/news_channel/12", "t.me/news_channel/3/12",
        "tg://resolve?domain=news_channel&post=12", "http://localhost:8080/news_channel/12#x"}) {
    EXPECT_EQ(parse_location(text), post) << text;
  }
  for (const auto* text : {"", "@", "https://t.me", "t.me/news_channel/x", "t.me/news_channel/-1", "a b c",
                           "t.me/+invite", "t.me/news_channel/99999999999", "tg://resolve?post=12"}) {
    EXPECT_EQ(parse_location(text), std::nullopt) << text;
  }
}

class NoticesTest : public testing::ReportedTest {
 protected:
  Notices& notices = world.services.notices;
  PublicNotice about(std::string location) {
    PublicNotice notice;
    notice.location = std::move(location);
    notice.option = "goods/drugs";
    notice.reason = "It sells pills, which takes a licence.";
    notice.name = "A Reader";
    notice.email = "reader@example.org";
    notice.country = "DE";
    notice.good_faith = true;
    notice.client = "192.0.2.1";
    return notice;
  }
  std::string refused(PublicNotice notice) {
    const auto filed = world.run(notices.file(std::move(notice)));
    return filed ? std::string() : std::string(filed.error().code);
  }
};

TEST_F(NoticesTest, SomebodyWithoutAnAccountReportsAPostAndAsksWhatBecameOfIt) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "Pills, best price")).message.id;
  const auto filed = World::must(
      world.run(notices.file(about("https://t.me/news_channel/" + std::to_string(post_id.value)))));
  EXPECT_EQ(filed.due_at, world.clock.unix_seconds() + 24 * 3600);
  const auto one = queue().front();
  EXPECT_EQ(one.id, filed.case_id);
  EXPECT_EQ(one.subject, ledger::Subject::of(news, post_id).text);
  const auto waiting = World::must(world.run(notices.outcome(filed.receipt)));
  EXPECT_EQ(waiting.state, store::ReportState::waiting);
  EXPECT_EQ(waiting.record, 0);
  EXPECT_EQ(world.run(notices.outcome("0123")).error().code, "RECEIPT_UNKNOWN");

  World::must(world.write([&](store::Tx& tx) {
    safety::PersonDecision decision;
    decision.effect = safety::Effect::remove;
    decision.clause = "illegal-goods";
    return moderation.desk()->decide(tx, {StaffId{1}, "mia", false}, filed.case_id, decision, {});
  }));
  const auto outcome = World::must(world.run(notices.outcome(filed.receipt)));
  EXPECT_EQ(outcome.state, store::ReportState::upheld);
  EXPECT_EQ(outcome.settled_at, world.clock.unix_seconds());
  EXPECT_NE(outcome.record, 0);
  EXPECT_EQ(outcome.record, cases_of(ada).front().record);
}

TEST_F(NoticesTest, TheStatementOfReasonsSaysWhoseNoticeItRestsOn) {
  World::must(world.write([](store::Tx& tx) -> Status {
    HG_TRY(tx.reports().put_flagger({"hotline", false, to_bytes(crypto::sha256(as_bytes("flag"))), 1, 0}));
    return tx.reports().put_flagger({"police", true, to_bytes(crypto::sha256(as_bytes("order"))), 1, 0});
  }));
  const auto news = channel(true, "news_channel");
  // The strongest of what there is, whoever came first.
  const auto source = [&](std::vector<std::string> tokens) {
    const auto post_id = World::must(post(ada, news, "Pills, best price")).message.id;
    auto notice = about("https://t.me/news_channel/" + std::to_string(post_id.value));
    std::int64_t case_id = 0;
    for (const auto& token : tokens) {
      notice.token = token;
      case_id = World::must(world.run(notices.file(notice))).case_id;
    }
    World::must(world.write([&](store::Tx& tx) {
      safety::PersonDecision decision;
      decision.effect = safety::Effect::remove;
      decision.clause = "illegal-goods";
      return moderation.desk()->decide(tx, {StaffId{1}, "mia", true}, case_id, decision, {});
    }));
    const auto one = World::must(world.read([&](store::Tx& tx) { return tx.cases().find(case_id); }));
    return file_of(*one).statements.back().source;
  };
  EXPECT_EQ(source({""}), "notice");
  EXPECT_EQ(source({"flag", ""}), "trusted_flagger");
  EXPECT_EQ(source({"flag", "order", ""}), "order");
}

TEST_F(NoticesTest, TheSameNoticeAgainWeighsNothing) {
  channel(true, "news_channel");
  const auto certainty = [&] {
    return World::must(safety::open_file(queue().front(), world.sealer)).permille;
  };
  const auto first = World::must(world.run(notices.file(about("@news_channel"))));
  const auto once = certainty();
  const auto again = World::must(world.run(notices.file(about("@news_channel"))));
  EXPECT_EQ(again.case_id, first.case_id);
  EXPECT_EQ(certainty(), once);
  EXPECT_TRUE(world.run(notices.outcome(again.receipt))) << "its receipt is good all the same";
  auto other = about("@news_channel");
  other.email = "somebody@example.org";
  World::must(world.run(notices.file(other)));
  EXPECT_GT(certainty(), once);
}

TEST_F(NoticesTest, WhatTheLawAsksForHasToBeThere) {
  channel(true, "news_channel");
  const auto good = about("@news_channel");
  auto notice = good;
  notice.location = "somewhere";
  EXPECT_EQ(refused(notice), "NOTICE_LOCATION_UNKNOWN");
  notice.location = "some where";
  EXPECT_EQ(refused(notice), "NOTICE_LOCATION_INVALID");
  notice = good;
  notice.option = "goods";
  EXPECT_EQ(refused(notice), "NOTICE_OPTION_INVALID") << "one has to say which goods";
  notice = good;
  notice.reason = "  ";
  EXPECT_EQ(refused(notice), "NOTICE_REASON_MISSING");
  notice = good;
  notice.email.clear();
  EXPECT_EQ(refused(notice), "NOTICE_CONTACT_MISSING");
  notice = good;
  notice.good_faith = false;
  EXPECT_EQ(refused(notice), "NOTICE_GOOD_FAITH_MISSING");
  notice = good;
  notice.country = "de";
  EXPECT_EQ(refused(notice), "NOTICE_COUNTRY_INVALID");
  notice = good;
  notice.option = "children";
  notice.name.clear();
  notice.email.clear();
  EXPECT_EQ(refused(notice), "") << "nobody has to give a name for this";
}

TEST_F(NoticesTest, WhatIsPrivateIsNotFound) {
  const auto closed = channel(true);
  World::must(post(ada, closed, "hello"));
  EXPECT_EQ(refused(about("t.me/c/1/2")), "NOTICE_LOCATION_INVALID");
  channel(true, "news_channel");
  EXPECT_EQ(refused(about("t.me/news_channel/77")), "NOTICE_LOCATION_UNKNOWN");
}

TEST_F(NoticesTest, AnAuthoritysOrderComesFirstAndLeavesAnHour) {
  channel(true, "news_channel");
  World::must(world.write([](store::Tx& tx) -> Status {
    HG_TRY(tx.reports().put_flagger({"hotline", false, to_bytes(crypto::sha256(as_bytes("flag"))), 1, 0}));
    HG_TRY(tx.reports().put_flagger({"old", false, to_bytes(crypto::sha256(as_bytes("old"))), 1, 2}));
    return tx.reports().put_flagger({"police", true, to_bytes(crypto::sha256(as_bytes("order"))), 1, 0});
  }));
  auto notice = about("@news_channel");
  notice.good_faith = false;
  notice.email.clear();
  notice.token = "guess";
  EXPECT_EQ(refused(notice), "FLAGGER_UNKNOWN");
  notice.token = "old";
  EXPECT_EQ(refused(notice), "FLAGGER_UNKNOWN");
  notice.token = "flag";
  const auto flagged = World::must(world.run(notices.file(notice)));
  EXPECT_EQ(queue().front().queue, store::CaseQueue::general);
  notice.token = "order";
  notice.reference = "AZ 12/3";
  const auto ordered = World::must(world.run(notices.file(notice)));
  EXPECT_EQ(ordered.case_id, flagged.case_id);
  EXPECT_EQ(queue().front().queue, store::CaseQueue::orders);
  EXPECT_EQ(ordered.due_at, world.clock.unix_seconds() + 3600);
}

TEST_F(NoticesTest, OneAddressSendsSoMany) {
  channel(true, "news_channel");
  for (int i = 0; i < Notices::address_rate.burst; ++i) EXPECT_EQ(refused(about("@news_channel")), "");
  EXPECT_EQ(refused(about("@news_channel")), "FLOOD_WAIT");
}

}  // namespace
}  // namespace heliograph::services
