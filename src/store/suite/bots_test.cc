#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr UserId bot{777'001};

BotMail mail_from(UserId user, std::int64_t link) {
  BotMail mail;
  mail.bot = bot;
  mail.user = user;
  mail.link = link;
  return mail;
}

std::vector<std::int64_t> links(const std::vector<BotMail>& all) {
  std::vector<std::int64_t> out;
  for (const auto& mail : all) out.push_back(mail.link);
  return out;
}

TEST_P(StoreSuite, BotMailWaitsInItsOrderUntilItIsTaken) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    for (const std::int64_t link : {30, 10, 20}) HG_TRY(tx.bots().add_mail(mail_from(ann, link)));
    return {};
  }));
  reopen();
  const auto due = must_read([](Tx& tx) { return tx.bots().due_mail(1000, 10); });
  EXPECT_THAT(links(due), ElementsAre(30, 10, 20));
  EXPECT_TRUE(must_write([&](Tx& tx) { return tx.bots().take_mail(due[0].number); }));
  EXPECT_FALSE(must_write([&](Tx& tx) { return tx.bots().take_mail(due[0].number); }));
  EXPECT_THAT(links(must_read([](Tx& tx) { return tx.bots().due_mail(1000, 1); })), ElementsAre(10));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.bots().count_mail(); }), 2);
}

TEST_P(StoreSuite, BotMailThatIsPostponedIsDueLater) {
  ASSERT_TRUE(write([](Tx& tx) { return tx.bots().add_mail(mail_from(ann, 1)); }));
  const auto number = must_read([](Tx& tx) { return tx.bots().due_mail(0, 1); }).front().number;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.bots().postpone_mail(number, 2, 500); }));
  EXPECT_THAT(must_read([](Tx& tx) { return tx.bots().due_mail(499, 10); }), IsEmpty());
  EXPECT_EQ(must_read([](Tx& tx) { return tx.bots().due_mail(500, 10); }).front().tries, 2);
}

TEST_P(StoreSuite, ATalkIsReplacedAndExpires) {
  const BotTalk first{bot, ann, Bytes{1}, 100}, second{bot, ann, Bytes{2}, 200}, bobs{bot, bob, Bytes{3}, 50};
  ASSERT_TRUE(write([&](Tx& tx) -> Status {
    HG_TRY(tx.bots().put_talk(first));
    HG_TRY(tx.bots().put_talk(second));
    return tx.bots().put_talk(bobs);
  }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.bots().find_talk(bot, ann); }), second);
  EXPECT_EQ(must_write([](Tx& tx) { return tx.bots().erase_expired_talks(100, 10); }), 1u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.bots().find_talk(bot, bob); }), std::nullopt);
  ASSERT_TRUE(write([](Tx& tx) { return tx.bots().erase_talk(bot, ann); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.bots().find_talk(bot, ann); }), std::nullopt);
}

TEST_P(StoreSuite, WhoGoesLeavesBotsNothing) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.bots().add_mail(mail_from(ann, 1)));
    HG_TRY(tx.bots().add_mail(mail_from(bob, 2)));
    HG_TRY(tx.bots().put_talk({bot, ann, Bytes{1}, 100}));
    return tx.bots().erase_all_of(ann);
  }));
  EXPECT_THAT(links(must_read([](Tx& tx) { return tx.bots().due_mail(0, 10); })), ElementsAre(2));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.bots().find_talk(bot, ann); }), std::nullopt);
}

}  // namespace
}  // namespace heliograph::store::suite
