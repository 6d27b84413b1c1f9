// What somebody reports joins a case; a moderator decides it; everybody concerned hears of it, and can have
// it looked at again.
#include "services/reports/reports.h"

#include <gmock/gmock.h>

#include "services/accounts/deletion.h"
#include "services/bots/reports_desk.h"
#include "services/chats/erase.h"
#include "services/testing/reports.h"

namespace heliograph::services {
namespace {

using safety::Effect;
using safety::PersonDecision;
using safety::Staffer;
using terms::Category;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::World;

const Staffer mia{StaffId{1}, "mia", false};
const Staffer noah{StaffId{2}, "noah", false};
const Staffer olga{StaffId{3}, "olga", true};

const ReportWords kDrugs{Category::illegal_goods, "goods/drugs", "They sell pills."};

class ReportsTest : public testing::ReportedTest {
 protected:
  Reports& reports = world.services.reports;
  Caller cid = world.sign_up("Cid");
  const safety::Desk& desk() { return *moderation.desk(); }

  template <typename F>
  auto as_staff(F body) {
    return world.write([&](store::Tx& tx) { return body(desk(), tx); });
  }
  store::Case case_of(std::int64_t id) {
    return *World::must(world.read([=](store::Tx& tx) { return tx.cases().find(id); }));
  }
  std::vector<store::Report> reports_of(std::int64_t id) {
    return World::must(world.read([=](store::Tx& tx) { return tx.reports().of_case(id, 0, 1000); }));
  }
  safety::ReportFile report_file(std::int64_t case_id) {
    return World::must(safety::open_report(reports_of(case_id).front(), world.sealer));
  }
  std::vector<std::string> history_of(std::int64_t id) {
    std::vector<std::string> out;
    for (const auto& event :
         World::must(world.read([=](store::Tx& tx) { return tx.cases().history(id, 100); }))) {
      out.push_back(event.what);
    }
    return out;
  }
  Status decide(const Staffer& staff, std::int64_t id, Effect effect, std::string clause = "illegal-goods") {
    PersonDecision decision;
    decision.effect = effect;
    if (effect != Effect::allow) decision.clause = std::move(clause);
    decision.why = "It offers pills.";
    const auto done = as_staff([&](const safety::Desk& desk, store::Tx& tx) {
      return desk.decide(tx, staff, id, decision, "Thank you.");
    });
    return done ? Status() : std::unexpected(done.error());
  }
};

TEST_F(ReportsTest, AReportedPostIsACaseAndItsReporterHearsTheOutcome) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "Pills, best price")).message.id;
  const auto filed = World::must(world.run(reports.messages(bob, news, {post_id}, kDrugs)));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("it is case " + std::to_string(filed.case_id)));
  const auto one = case_of(filed.case_id);
  EXPECT_EQ(one.subject, ledger::Subject::of(news, post_id).text);
  EXPECT_EQ(one.user, ada.user);
  EXPECT_EQ(one.reports, 1);
  EXPECT_EQ(one.due_at, world.clock.unix_seconds() + 24 * 3600);

  World::must(decide(mia, filed.case_id, Effect::remove));
  EXPECT_THAT(texts_in(bob, news),
              ElementsAre("This message was removed because it breaks a rule: Illegal goods."));
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("Decided by a moderator."));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("something was done about it"));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("Thank you."));
  EXPECT_THAT(history_of(filed.case_id), ElementsAre("reported", "decided", "told"));
  EXPECT_EQ(reports_of(filed.case_id).front().state, store::ReportState::upheld);
  EXPECT_EQ(World::must(world.run(reports.status(bob, filed.case_id))).state, store::ReportState::upheld);
  EXPECT_EQ(world.run(reports.status(ada, filed.case_id)).error().code, "CASE_UNKNOWN") << "it is not hers";
}

TEST_F(ReportsTest, EvidenceStaysWhateverItsAuthorDoes) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "Pills, best price")).message.id;
  const auto filed = World::must(world.run(reports.messages(bob, news, {post_id}, kDrugs)));
  World::must(world.run(delete_channel_messages(world.environment, ada, news, {post_id})));
  const auto file = report_file(filed.case_id);
  ASSERT_EQ(file.evidence.size(), 1U);
  EXPECT_EQ(file.evidence[0].text, "Pills, best price");
  EXPECT_EQ(file.evidence[0].author, ada.user);
  EXPECT_EQ(file.evidence[0].digest, safety::digest_of(file.evidence[0]));
  EXPECT_EQ(file.comment, "They sell pills.");
}

TEST_F(ReportsTest, OfAPrivateChatTheModeratorSeesWhatWasReportedAndNoMore) {
  send(ada, bob.user, "hello");
  send(ada, bob.user, "I know where you live");
  send(bob, ada.user, "please stop");
  const auto mine = history(bob, ada.user)[1].id;
  const auto filed = World::must(world.run(
      reports.messages(bob, Peer::of(ada.user), {mine}, {Category::violence, "violence/threat", {}})));
  const auto one = case_of(filed.case_id);
  EXPECT_EQ(one.subject, ledger::Subject::of(ada.user).text);
  EXPECT_EQ(file_of(one).text, "");
  const auto file = report_file(filed.case_id);
  ASSERT_EQ(file.evidence.size(), 1U);
  EXPECT_EQ(file.evidence[0].text, "I know where you live");
}

TEST_F(ReportsTest, OnlyWhatTheReporterSeesAndSomebodyElseWroteCanBeReported) {
  const auto secret = channel(false);
  const auto hidden = World::must(post(ada, secret, "for members")).message.id;
  EXPECT_EQ(world.run(reports.messages(bob, secret, {hidden}, kDrugs)).error().code, "CHANNEL_PRIVATE");
  const auto news = channel(true, "news_channel");
  const auto own = World::must(post(ada, news, "mine")).message.id;
  EXPECT_EQ(world.run(reports.messages(ada, news, {own}, kDrugs)).error().code, "MESSAGE_ID_INVALID");
  EXPECT_EQ(world.run(reports.messages(bob, news, {MessageId{99}}, kDrugs)).error().code,
            "MESSAGE_ID_INVALID");
  EXPECT_EQ(world.run(reports.messages(bob, news, {}, kDrugs)).error().code, "MESSAGE_IDS_EMPTY");
  EXPECT_EQ(world.run(reports.peer(bob, Peer::of(bob.user), kDrugs)).error().code, "PEER_ID_INVALID");
  EXPECT_EQ(world.run(reports.peer(bob, Peer::of(service_user), kDrugs)).error().code, "PEER_ID_INVALID");
  EXPECT_THAT(queue(), IsEmpty());
}

TEST_F(ReportsTest, ReportsOfOneThingAreOneCaseAndItRisesInTheQueue) {
  const auto news = channel(true, "news_channel");
  const auto first = World::must(post(ada, news, "one")).message.id;
  const auto second = World::must(post(ada, news, "two")).message.id;
  const auto a = World::must(world.run(reports.messages(bob, news, {first}, kDrugs))).case_id;
  const auto b = World::must(world.run(reports.messages(bob, news, {second}, kDrugs))).case_id;
  EXPECT_EQ(queue().front().id, a);
  EXPECT_EQ(World::must(world.run(reports.messages(cid, news, {second}, kDrugs))).case_id, b);
  EXPECT_GT(case_of(b).rank, case_of(a).rank) << "two say so";
  EXPECT_EQ(queue().front().id, b);
  const auto again = World::must(world.run(reports.messages(bob, news, {second}, kDrugs)));
  EXPECT_TRUE(again.again);
  EXPECT_EQ(reports_of(b).size(), 2U);
  EXPECT_EQ(case_of(b).reports, 2);
  EXPECT_EQ(notices_to(bob).size(), 2U) << "each case is said once";
}

TEST_F(ReportsTest, ManyUntriedAccountsWeighNoMoreThanAFew) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "Tomatoes")).message.id;
  const auto certainty = [&](std::int64_t id) {
    return World::must(safety::open_file(case_of(id), world.sealer)).permille;
  };
  std::int64_t id = 0;
  std::int32_t three = 0;
  for (int i = 0; i < 60; ++i) {
    id = World::must(world.run(reports.messages(world.sign_up("Someone"), news, {post_id}, kDrugs))).case_id;
    if (i == 2) three = certainty(id);
  }
  EXPECT_EQ(case_of(id).reports, 60) << "each of them is told what comes of it";
  EXPECT_LT(certainty(id), three + 100);
  EXPECT_LT(certainty(id), 600);
}

TEST_F(ReportsTest, WhatTheBotAskedIsKeptAndItAnswersItself) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "Pills")).message.id;
  const auto before = notices_to(bob).size();
  NewReport report;
  report.subject.kind = ReportSubject::Kind::message;
  report.subject.where = {news, post_id};
  report.category = Category::illegal_goods;
  report.country = "FR";
  report.language = "fr";
  ReportsDesk bot(reports);
  const auto filed = World::must(world.run(bot.file(bob, std::move(report))));
  const auto kept = reports_of(filed.case_id).front();
  EXPECT_EQ(kept.country, "FR");
  EXPECT_EQ(kept.language, "fr");
  EXPECT_EQ(kept.source, store::ReportSource::search_bot);
  EXPECT_EQ(case_of(filed.case_id).country, "FR");
  EXPECT_EQ(notices_to(bob).size(), before) << "the bot says the number";
}

TEST_F(ReportsTest, OfAnAccountThatIsGoneACaseCanBeDecided) {
  const auto filed = World::must(world.run(reports.peer(bob, Peer::of(ada.user), kDrugs)));
  World::must(world.run(world.services.deletion.delete_account(ada, {})));
  EXPECT_EQ(decide(mia, filed.case_id, Effect::limit_account).error().code, "SUBJECT_GONE");
  World::must(decide(mia, filed.case_id, Effect::allow));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("does not break the rules"));
}

TEST_F(ReportsTest, SevereThingsComeFirst) {
  const auto spammy =
      World::must(world.run(reports.peer(bob, Peer::of(ada.user), {Category::spam, "spam", {}})));
  const auto grave =
      World::must(world.run(reports.peer(ada, Peer::of(cid.user), {Category::csae, "children", {}})));
  ASSERT_EQ(queue().size(), 2U);
  EXPECT_EQ(queue()[0].id, grave.case_id);
  EXPECT_EQ(queue()[0].due_at, world.clock.unix_seconds() + 3600);
  EXPECT_EQ(queue()[1].id, spammy.case_id);
}

TEST_F(ReportsTest, TwoPeopleDoNotDecideTheSameCase) {
  const auto filed = World::must(world.run(reports.peer(bob, Peer::of(ada.user), kDrugs)));
  const auto claim = [&](const Staffer& who) {
    return as_staff(
        [&](const safety::Desk& desk, store::Tx& tx) { return desk.claim(tx, who, filed.case_id); });
  };
  World::must(claim(mia));
  EXPECT_EQ(claim(noah).error().code, "CASE_TAKEN");
  EXPECT_EQ(decide(noah, filed.case_id, Effect::allow).error().code, "CASE_TAKEN");
  world.clock.advance(std::chrono::seconds(safety::Desk::claim_seconds));
  World::must(claim(noah));
  World::must(decide(noah, filed.case_id, Effect::allow));
  EXPECT_EQ(decide(mia, filed.case_id, Effect::allow).error().code, "CASE_NOT_OPEN");
  EXPECT_EQ(claim(mia).error().code, "CASE_NOT_OPEN");
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("does not break the rules"));
}

TEST_F(ReportsTest, ABanTakesTwoPeople) {
  const auto filed = World::must(world.run(reports.peer(bob, Peer::of(ada.user), kDrugs)));
  World::must(decide(mia, filed.case_id, Effect::ban));
  EXPECT_EQ(case_of(filed.case_id).queue, store::CaseQueue::second);
  EXPECT_THAT(notices_to(ada), IsEmpty()) << "nothing is done yet";
  EXPECT_EQ(decide(mia, filed.case_id, Effect::ban).error().code, "CASE_SAME_PERSON");
  World::must(decide(noah, filed.case_id, Effect::ban));
  EXPECT_EQ(case_of(filed.case_id).state, store::CaseState::decided);
  const auto account = World::must(world.read([&](store::Tx& tx) { return tx.accounts().find(ada.user); }));
  EXPECT_EQ(account->state, store::AccountState::banned);
  EXPECT_THAT(history_of(filed.case_id), ElementsAre("reported", "proposed", "decided", "told"));
}

TEST_F(ReportsTest, WhatCouldNotBeDoneIsNotProposed) {
  const auto filed = World::must(world.run(reports.peer(bob, Peer::of(ada.user), kDrugs)));
  EXPECT_EQ(decide(mia, filed.case_id, Effect::close_channel).error().code, "EFFECT_UNFIT");
  EXPECT_EQ(decide(mia, filed.case_id, Effect::ban, "no-such").error().code, "CLAUSE_UNKNOWN");
  EXPECT_EQ(case_of(filed.case_id).queue, store::CaseQueue::general);
}

TEST_F(ReportsTest, ASecondLookAgreesOrGivesTheCaseBack) {
  const auto filed = World::must(world.run(reports.peer(bob, Peer::of(ada.user), kDrugs)));
  const auto look = [&](const Staffer& who, bool agree, const std::string& words) {
    return as_staff([&](const safety::Desk& desk, store::Tx& tx) {
      return desk.second_look(tx, who, filed.case_id, agree, words);
    });
  };
  EXPECT_EQ(look(noah, true, {}).error().code, "NOT_AWAITING");
  World::must(decide(mia, filed.case_id, Effect::ban));
  EXPECT_EQ(look(mia, true, {}).error().code, "CASE_SAME_PERSON");
  EXPECT_EQ(look(mia, false, "I was wrong.").error().code, "CASE_SAME_PERSON");
  EXPECT_EQ(look(noah, false, " ").error().code, "NOTE_EMPTY");
  World::must(look(noah, false, "A limit will do."));
  EXPECT_EQ(case_of(filed.case_id).queue, store::CaseQueue::general);
  EXPECT_EQ(look(olga, true, {}).error().code, "NOT_AWAITING") << "what was refused is not agreed to later";
  World::must(decide(olga, filed.case_id, Effect::ban));
  World::must(look(noah, true, "It is a shop after all."));
  EXPECT_EQ(case_of(filed.case_id).state, store::CaseState::decided);
  EXPECT_EQ(case_of(filed.case_id).effect, static_cast<std::uint8_t>(Effect::ban));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("Thank you.")) << "as the first one wrote";
  EXPECT_THAT(history_of(filed.case_id),
              ElementsAre("reported", "proposed", "second-refused", "proposed", "noted", "decided", "told"));
}

TEST_F(ReportsTest, WhatAnAuthorityOrderedGoesBackToItsHour) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "Pills")).message.id;
  const auto filed = World::must(world.run(reports.messages(bob, news, {post_id}, kDrugs)));
  World::must(world.write([&](store::Tx& tx) -> Status {
    HG_ASSIGN(auto report, tx.reports().find(filed.report_id));
    report->source = store::ReportSource::authority;
    return tx.reports().update(*report);
  }));
  World::must(decide(mia, filed.case_id, Effect::ban));
  World::must(as_staff([&](const safety::Desk& desk, store::Tx& tx) {
    return desk.second_look(tx, noah, filed.case_id, false, "No.");
  }));
  EXPECT_EQ(case_of(filed.case_id).queue, store::CaseQueue::orders);
}

TEST_F(ReportsTest, TheNextCaseIsInALanguageThatThePersonReads) {
  const auto filed = World::must(world.run(reports.peer(bob, Peer::of(ada.user), kDrugs)));
  World::must(world.write([&](store::Tx& tx) -> Status {
    HG_ASSIGN(auto one, tx.cases().find(filed.case_id));
    one->language = "pt-BR";
    return tx.cases().update(*one);
  }));
  const auto next = [&](std::vector<std::string> languages) {
    return World::must(as_staff(
        [&](const safety::Desk& desk, store::Tx& tx) { return desk.claim_next(tx, mia, {}, languages); }));
  };
  EXPECT_FALSE(next({"de", "en"}));
  EXPECT_TRUE(next({"de", "pt"}));
}

TEST_F(ReportsTest, WhatIsHandedUpIsForSeniors) {
  const auto filed = World::must(world.run(reports.peer(bob, Peer::of(ada.user), kDrugs)));
  World::must(as_staff([&](const safety::Desk& desk, store::Tx& tx) {
    return desk.escalate(tx, mia, filed.case_id, "I am not sure.");
  }));
  EXPECT_EQ(decide(mia, filed.case_id, Effect::allow).error().code, "CASE_FOR_SENIORS");
  const auto next = [&](const Staffer& who) {
    return World::must(
        as_staff([&](const safety::Desk& desk, store::Tx& tx) { return desk.claim_next(tx, who, {}); }));
  };
  EXPECT_FALSE(next(noah));
  ASSERT_TRUE(next(olga));
  World::must(decide(olga, filed.case_id, Effect::allow));
}

TEST_F(ReportsTest, SomebodyElseAnswersAnAppealAndEverythingIsRestored) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "Grass seed, best price")).message.id;
  const auto filed = World::must(world.run(reports.messages(bob, news, {post_id}, kDrugs)));
  EXPECT_EQ(world.run(reports.appeal(ada, filed.case_id, "no")).error().code, "CASE_NOT_DECIDED");
  World::must(decide(mia, filed.case_id, Effect::remove));
  EXPECT_EQ(world.run(reports.appeal(cid, filed.case_id, "no")).error().code, "CASE_UNKNOWN");
  EXPECT_EQ(world.run(reports.appeal(bob, filed.case_id, "no")).error().code, "CASE_NOT_DECIDED");
  EXPECT_EQ(world.run(reports.appeal(ada, filed.case_id, " ")).error().code, "NOTE_EMPTY");
  const auto appeal = World::must(world.run(reports.appeal(ada, filed.case_id, "It is for gardens.")));
  EXPECT_EQ(world.run(reports.appeal(ada, filed.case_id, "again")).error().code, "APPEAL_WAITS");

  const auto answer = [&](const Staffer& who, bool upheld) {
    return as_staff([&](const safety::Desk& desk, store::Tx& tx) {
      return desk.decide_appeal(tx, who, appeal, upheld, "It is grass for gardens.");
    });
  };
  const auto claim = [&](const Staffer& who) {
    return as_staff(
        [&](const safety::Desk& desk, store::Tx& tx) { return desk.claim_appeal(tx, who, appeal); });
  };
  EXPECT_EQ(claim(mia).error().code, "APPEAL_SAME_PERSON");
  EXPECT_EQ(World::must(claim(noah)).assignee, noah.id);
  EXPECT_EQ(claim(olga).error().code, "APPEAL_TAKEN");
  EXPECT_EQ(answer(olga, true).error().code, "APPEAL_TAKEN");
  EXPECT_EQ(answer(mia, false).error().code, "APPEAL_SAME_PERSON");
  World::must(answer(noah, true));
  EXPECT_THAT(texts_in(bob, news), ElementsAre("Grass seed, best price"));
  EXPECT_EQ(case_of(filed.case_id).state, store::CaseState::reversed);
  EXPECT_EQ(case_of(filed.case_id).strike, 0);
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("was taken back"));
  EXPECT_EQ(answer(olga, true).error().code, "APPEAL_DECIDED");
}

TEST_F(ReportsTest, AReporterAppealsThatNothingIsDone) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "Grass, best price")).message.id;
  const auto filed = World::must(world.run(reports.messages(bob, news, {post_id}, kDrugs)));
  EXPECT_EQ(world.run(reports.appeal(bob, filed.case_id, "It is no grass.")).error().code,
            "CASE_NOT_DECIDED");
  World::must(decide(mia, filed.case_id, Effect::allow));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("somebody else will look at it"));
  EXPECT_EQ(world.run(reports.appeal(cid, filed.case_id, "Me too.")).error().code, "CASE_UNKNOWN");
  const auto appeal = World::must(world.run(reports.appeal(bob, filed.case_id, "It is no grass.")));
  EXPECT_EQ(world.run(reports.appeal(bob, filed.case_id, "again")).error().code, "APPEAL_WAITS");

  const auto answer = [&](const Staffer& who) {
    return as_staff([&](const safety::Desk& desk, store::Tx& tx) {
      return desk.decide_appeal(tx, who, appeal, true, "Look at the picture.");
    });
  };
  EXPECT_EQ(answer(mia).error().code, "APPEAL_SAME_PERSON");
  World::must(answer(noah));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("The case is open again"));
  EXPECT_EQ(case_of(filed.case_id).assignee, noah.id);
  EXPECT_EQ(World::must(world.run(reports.status(bob, filed.case_id))).state, store::ReportState::waiting);
  World::must(decide(noah, filed.case_id, Effect::remove));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("something was done about it"));
  EXPECT_EQ(world.run(reports.appeal(bob, filed.case_id, "more")).error().code, "CASE_NOT_DECIDED");
}

TEST_F(ReportsTest, AnAppealComesInTimeAndOnce) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "Pills")).message.id;
  const auto filed = World::must(world.run(reports.messages(bob, news, {post_id}, kDrugs)));
  World::must(decide(mia, filed.case_id, Effect::remove));
  const auto appeal = World::must(world.run(reports.appeal(ada, filed.case_id, "please")));
  World::must(as_staff([&](const safety::Desk& desk, store::Tx& tx) {
    return desk.decide_appeal(tx, noah, appeal, false, "Pills are pills.");
  }));
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("The decision stands."));
  EXPECT_EQ(world.run(reports.appeal(ada, filed.case_id, "please")).error().code, "APPEAL_DECIDED");
  const auto other = World::must(post(ada, news, "More pills")).message.id;
  const auto second = World::must(world.run(reports.messages(bob, news, {other}, kDrugs)));
  World::must(decide(mia, second.case_id, Effect::remove));
  world.clock.advance(std::chrono::hours(24 * 184));
  EXPECT_EQ(world.run(reports.appeal(ada, second.case_id, "please")).error().code, "APPEAL_LATE");
}

TEST_F(ReportsTest, WhoeverReportsWhatIsNotSoIsWarnedAndThenNotHeard) {
  const auto news = channel(true, "news_channel");
  std::vector<MessageId> posts;
  for (int i = 0; i < 20; ++i)
    posts.push_back(World::must(post(ada, news, "post " + std::to_string(i))).message.id);
  const auto report = [&](MessageId id) { return world.run(reports.messages(bob, news, {id}, kDrugs)); };
  for (int i = 0; i < 10; ++i) World::must(decide(mia, World::must(report(posts[i])).case_id, Effect::allow));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("Please report only what does"));
  for (int i = 10; i < 15; ++i) {
    world.clock.advance(std::chrono::seconds(1));
    World::must(decide(mia, World::must(report(posts[i])).case_id, Effect::allow));
  }
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("You can report again from"));
  const auto refused = report(posts[15]);
  EXPECT_EQ(refused.error().code, "REPORTS_PAUSED");
  world.clock.advance(std::chrono::hours(24 * 31));
  World::must(report(posts[15]));
}

TEST_F(ReportsTest, ATermIsOneCaseInAllItsSpellings) {
  TermReport report;
  report.text = "Snow Delivery";
  report.category = Category::illegal_goods;
  report.country = "DE";
  const auto first = World::must(world.run(reports.term(bob, report)));
  report.text = "sn0w  delivery";
  const auto second = World::must(world.run(reports.term(cid, report)));
  EXPECT_EQ(first.case_id, second.case_id);
  const auto one = case_of(first.case_id);
  EXPECT_EQ(one.queue, store::CaseQueue::terms);
  EXPECT_EQ(one.country, "DE");
  EXPECT_EQ(World::must(world.run(reports.mine(bob, 0, 10))).front().term, true);
  report.text = "...";
  EXPECT_EQ(world.run(reports.term(bob, report)).error().code, "SEARCH_QUERY_EMPTY");
  report.text = std::string(200, 'x');
  EXPECT_EQ(world.run(reports.term(bob, report)).error().code, "SEARCH_QUERY_TOO_LONG");
  World::must(as_staff([&](const safety::Desk& desk, store::Tx& tx) {
    return desk.close_term(tx, mia, first.case_id, true, 0, "slang", {});
  }));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("guarded from now on"));
  EXPECT_THAT(notices_to(cid).front(), HasSubstr("guarded from now on"));
}

TEST_F(ReportsTest, ADayHasSoManyReports) {
  const auto news = channel(true, "news_channel");
  for (int i = 0; i < safety::Intake::daily_max; ++i) {
    const auto id = World::must(post(ada, news, "post " + std::to_string(i))).message.id;
    World::must(world.run(reports.messages(bob, news, {id}, kDrugs)));
  }
  const auto one_more = World::must(post(ada, news, "one more")).message.id;
  EXPECT_EQ(world.run(reports.messages(bob, news, {one_more}, kDrugs)).error().kind, ErrorKind::flood);
  world.clock.advance(std::chrono::hours(25));
  World::must(world.run(reports.messages(bob, news, {one_more}, kDrugs)));
}

TEST_F(ReportsTest, ManyReportersAreToldInSteps) {
  const auto news = channel(true, "news_channel");
  const auto post_id = World::must(post(ada, news, "Pills")).message.id;
  const auto filed = World::must(world.run(reports.messages(bob, news, {post_id}, kDrugs)));
  World::must(world.write([&](store::Tx& tx) -> Status {
    HG_ASSIGN(auto report, tx.reports().find(filed.report_id));
    for (int i = 0; i < 150; ++i) {
      auto copy = *report;
      copy.reporter = UserId{900'000'000 + i};
      HG_TRY(tx.reports().add(copy));
    }
    HG_ASSIGN(auto one, tx.cases().find(filed.case_id));
    one->reports = 151;
    return tx.cases().update(*one);
  }));
  World::must(decide(mia, filed.case_id, Effect::remove));
  EXPECT_GT(case_of(filed.case_id).reports, 0);
  World::must(world.run(moderation.tell_reporters()));
  EXPECT_EQ(case_of(filed.case_id).reports, 0);
  for (const auto& report : reports_of(filed.case_id)) EXPECT_NE(report.state, store::ReportState::waiting);
}

}  // namespace
}  // namespace heliograph::services
