#include "services/bots/transparency_bot.h"

#include <gmock/gmock.h>

#include "services/testing/groups.h"

namespace heliograph::services::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class TransparencyBotTest : public GroupsTest {
 protected:
  void SetUp() override {
    world.services.bots.add(bot);
    ASSERT_TRUE(world.run(world.services.bots.ensure_accounts()));
  }
  void say(const std::string& text) {
    send(bob, transparency_user, text);
    ASSERT_TRUE(world.run(world.services.bots.deliver()));
  }
  std::string heard() { return history(bob, transparency_user).at(0).text; }
  InlineAnswer ask(const std::string& text) {
    return World::must(world.run(world.services.bots.ask_inline(bob, transparency_user, text)));
  }
  Result<Bots::Chosen> choose(const Caller& who, std::int64_t question, const std::string& id) {
    return world.run(world.services.bots.choose_inline(who, question, id));
  }
  Result<CallbackAnswer> press_last(std::size_t row) {
    const auto message = history(bob, transparency_user).at(0);
    const auto content = content_of(message);
    return world.run(world.services.bots.press(bob, Peer::of(transparency_user), message.id,
                                               content.markup->rows.at(row).buttons.at(0).data));
  }
  std::size_t count() { return history(bob, transparency_user).size(); }

  // A report on a quarter, with requests of Germany and of the United States.
  // None are asked for by Switzerland, which may.
  void publish(const std::string& from, const std::string& to, std::uint64_t requests) {
    const ledger::NoteSigner signer("example.org/ledger", crypto::Ed25519Key(crypto::SecretKey{}));
    const ledger::Checkpoint tree{"example.org/ledger", 1000, {}};
    transparency::Report report;
    report.period = transparency::parse_period(from, to).value();
    report.checkpoint = ledger::Note{tree.text(), {signer.sign(tree.text())}}.encode();
    for (const auto book : ledger::kBooks) {
      transparency::ProvenTally tally;
      tally.claim = {report.name(), tree, book, 0, 1000, {}, {}, 0, 0};
      if (book == ledger::Book::legal) {
        tally.claim.shown = {{"legal/production/CH/received", 0},
                             {"legal/production/DE/received", requests},
                             {"legal/production/US/received", 90}};
        tally.claim.hidden = {"legal/emergency/DE/received", "legal/emergency/US/received"};
        tally.claim.hidden_sum = 3;
        tally.claim.hidden_most = 4;
      }
      if (book == ledger::Book::content) tally.claim.shown = {{"content/spam/remove/automated", 500}};
      tally.proof.blinding.emplace();
      report.tallies.push_back(tally);
    }
    report.figures.push_back({"reports.received",
                              "Reports received",
                              "Counted",
                              {"category"},
                              {"reports", "people"},
                              {{{"spam"}, {7, std::nullopt}}}});
    World::must(world.run(world.store->write([&](store::Tx& tx) -> Status {
      store::PublicReport row;
      row.from = report.period.from;
      row.to = report.period.to;
      row.document = transparency::to_json(report);
      row.state = store::PublicReportState::published;
      row.published_at = 1;
      HG_TRY(store::transparency_of(tx).add(row));
      return {};
    })));
  }

  TransparencyBot bot{{world.environment, "https://chat.example.org"}};
};

TEST_F(TransparencyBotTest, SaysThatThereIsNothingYet) {
  say("/start");
  EXPECT_THAT(heard(), HasSubstr("No report has been published yet"));
}

TEST_F(TransparencyBotTest, TellsTheNumbersOfACountry) {
  publish("2026-07-01", "2026-10-01", 12);
  say("Germany");
  EXPECT_THAT(heard(), HasSubstr("2026-07-01 to 2026-10-01"));
  EXPECT_THAT(heard(), HasSubstr("production, received: 12"));
  EXPECT_THAT(heard(), HasSubstr("below 5"));
  EXPECT_THAT(heard(), HasSubstr("500 acts on content"));
  EXPECT_THAT(heard(), HasSubstr("105 acts on authorities' requests"));
  EXPECT_THAT(heard(), HasSubstr("https://chat.example.org/transparency/reports/2026-07-01/2026-10-01/1"));
  say("/country");
  say("Nowhere at all");
  EXPECT_THAT(heard(), HasSubstr("do not know this country"));
  say("France");
  EXPECT_THAT(heard(), HasSubstr("None has ever been entered"));
  say("Switzerland");
  EXPECT_THAT(heard(), HasSubstr("None in this period."));
  EXPECT_THAT(heard(), Not(HasSubstr("ever")));
  say("/country US");
  EXPECT_THAT(heard(), HasSubstr("production, received: 90"));
  // One's own, by the phone number.
  say("/start");
  EXPECT_THAT(heard(), HasSubstr("production, received: 90"));
}

TEST_F(TransparencyBotTest, ShowsEarlierPeriodsAndHowToCheck) {
  publish("2026-04-01", "2026-07-01", 7);
  publish("2026-07-01", "2026-10-01", 12);
  say("/periods");
  const auto message = history(bob, transparency_user).at(0);
  const auto content = content_of(message);
  ASSERT_TRUE(content.markup);
  ASSERT_THAT(content.markup->rows, SizeIs(2));
  const auto& older = content.markup->rows[1].buttons[0];
  EXPECT_EQ(older.text, "2026-04-01 – 2026-07-01");
  ASSERT_TRUE(world.run(world.services.bots.press(bob, Peer::of(transparency_user), message.id, older.data)));
  EXPECT_THAT(heard(), HasSubstr("2026-04-01 to 2026-07-01"));
  say("/check");
  EXPECT_THAT(heard(), HasSubstr("https://chat.example.org/transparency#check"));
  say("/entry 12");
  EXPECT_THAT(heard(), HasSubstr("no decision about you"));
  say("/what");
  EXPECT_THAT(heard(), HasSubstr("/follow"));
}

TEST_F(TransparencyBotTest, TellsOfAnyCountryInAnyPeriod) {
  publish("2026-04-01", "2026-07-01", 7);
  publish("2026-07-01", "2026-10-01", 12);
  // A button keeps the country that was asked for last, also when something else has been asked since.
  say("Germany");
  say("/periods");
  say("/check");
  say("/periods");
  ASSERT_TRUE(press_last(1));
  EXPECT_THAT(heard(), HasSubstr("2026-04-01 to 2026-07-01"));
  EXPECT_THAT(heard(), HasSubstr("production, received: 7"));
  for (const auto* both :
       {"Germany 2026-05", "2026-04 DE", "/country Germany 2026-04-01/2026-07-01", "de  2026-06-30"}) {
    say("/start");
    say(both);
    EXPECT_THAT(heard(), HasSubstr("2026-04-01 to 2026-07-01")) << both;
    EXPECT_THAT(heard(), HasSubstr("production, received: 7")) << both;
  }
  say("2026");
  EXPECT_THAT(heard(), HasSubstr("production, received: 12")) << "the newest of it, the country as before";
  say("Germany 2025");
  EXPECT_THAT(heard(), HasSubstr("no published report on this time"));
  ASSERT_TRUE(press_last(1));
  EXPECT_THAT(heard(), HasSubstr("production, received: 7"));
  // Without another country it is one's own.
  say("/start");
  say("2026-05");
  EXPECT_THAT(heard(), HasSubstr("2026-04-01 to 2026-07-01"));
  EXPECT_THAT(heard(), HasSubstr("production, received: 90"));
  EXPECT_THAT(ask("germany 2026-05").results.at(0).post.text, HasSubstr("production, received: 7"));
}

TEST_F(TransparencyBotTest, OffersFiguresForOtherChats) {
  EXPECT_THAT(ask("").results, IsEmpty()) << "there is no report yet";
  publish("2026-07-01", "2026-10-01", 12);
  const auto all = ask("").results;
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].title, "Requests of authorities, United States:") << "the country of the number";
  EXPECT_THAT(all[1].post.text, HasSubstr("500 acts on content"));
  EXPECT_EQ(all[2].title, "Reports received");
  const auto germany = ask(" germany ").results;
  ASSERT_THAT(germany, SizeIs(1));
  EXPECT_THAT(germany[0].post.text, HasSubstr("production, received: 12"));
  const auto reports = ask("REPORTS");
  ASSERT_THAT(reports.results, SizeIs(1));
  EXPECT_THAT(reports.results[0].post.text, HasSubstr("\nspam: 7 reports, – people\n"));
  EXPECT_THAT(ask("weather").results, IsEmpty());

  const auto& id = reports.results[0].id;
  const auto chosen = choose(bob, reports.question, id);
  ASSERT_TRUE(chosen) << chosen.error().code;
  EXPECT_EQ(chosen->bot, transparency_user);
  EXPECT_EQ(chosen->post.text, reports.results[0].post.text);
  EXPECT_EQ(choose(ada, reports.question, id).error().code, "INLINE_RESULT_EXPIRED") << "somebody else asked";
  EXPECT_EQ(choose(bob, reports.question, germany[0].id).error().code, "RESULT_ID_INVALID");
  EXPECT_EQ(choose(bob, 0, id).error().code, "QUERY_ID_EMPTY");
  // With the next report it is another figure.
  publish("2026-10-01", "2027-01-01", 12);
  EXPECT_EQ(choose(bob, reports.question, id).error().code, "RESULT_ID_INVALID");
  world.clock.advance(std::chrono::hours(2));
  EXPECT_EQ(choose(bob, reports.question, id).error().code, "INLINE_RESULT_EXPIRED");
}

TEST_F(TransparencyBotTest, WritesOnceToWhoFollows) {
  publish("2026-04-01", "2026-07-01", 7);
  say("/follow");
  const auto before = count();
  ASSERT_TRUE(world.run(bot.tell_followers()));
  EXPECT_EQ(count(), before) << "of the next one, not of this";
  publish("2026-07-01", "2026-10-01", 12);
  ASSERT_TRUE(world.run(bot.tell_followers()));
  EXPECT_EQ(count(), before + 1);
  EXPECT_THAT(heard(), HasSubstr("There is a new transparency report."));
  ASSERT_TRUE(world.run(bot.tell_followers()));
  EXPECT_EQ(count(), before + 1);
  say("/unfollow");
  publish("2026-10-01", "2027-01-01", 12);
  const auto after = count();
  ASSERT_TRUE(world.run(bot.tell_followers()));
  EXPECT_EQ(count(), after);
}

}  // namespace
}  // namespace heliograph::services::testing
