#include "services/bots/search_report.h"

#include <gmock/gmock.h>

#include "services/bots/bots.h"
#include "services/chats/forward.h"
#include "services/testing/groups.h"
#include "services/testing/search.h"

namespace heliograph::services::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// Keeps what it is given.
class FakeDesk final : public ReportDesk {
 public:
  Task<Result<FiledReport>> file(Caller reporter, NewReport report) override {
    ++asked;
    if (refuse) co_return fail(*refuse);
    const auto same = std::ranges::find(filed, report.subject, &NewReport::subject);
    if (same != filed.end()) co_return FiledReport{12 + (same - filed.begin()), true};
    reporters.push_back(reporter.user);
    filed.push_back(std::move(report));
    co_return FiledReport{11 + static_cast<std::int64_t>(filed.size()), false};
  }
  Task<Result<ReportStatus>> status(Caller, std::int64_t case_id) override {
    if (case_id != 12 || filed.empty()) co_return fail(Error::not_found("CASE_UNKNOWN"));
    co_return ReportStatus{12, filed[0].subject.term, filed[0].category, ReportStage::waiting};
  }
  Task<Result<ReportPage>> mine(Caller, std::int32_t page) override {
    ReportPage found;
    if (!filed.empty())
      found.reports.push_back({12 + page, filed[0].subject.term, filed[0].category, ReportStage::acted});
    found.more = page == 0;
    co_return found;
  }
  Task<Status> appeal(Caller, std::int64_t case_id, std::string text) override {
    if (case_id != 12) co_return fail(Error::not_found("CASE_UNKNOWN"));
    if (!appealed.empty()) co_return fail(Error::invalid("APPEAL_WAITS"));
    appealed = std::move(text);
    co_return Status();
  }

  std::vector<NewReport> filed;
  std::vector<UserId> reporters;
  std::string appealed;
  std::optional<Error> refuse;
  int asked = 0;
};

class SearchReportTest : public GroupsTest {
 protected:
  void SetUp() override {
    world.services.bots.add(bot);
    ASSERT_TRUE(world.run(world.services.bots.ensure_accounts()));
  }
  void say(const std::string& text) {
    send(bob, search_report_user, text);
    answer();
  }
  void answer() { ASSERT_TRUE(world.run(world.services.bots.deliver())); }
  void start(const std::string& parameter) {
    ASSERT_TRUE(world.run(world.services.bots.start(bob, search_report_user, Peer::of(search_report_user),
                                                    ++last_random_id, parameter)));
    answer();
  }
  store::Message newest(std::size_t ago = 0) { return history(bob, search_report_user).at(ago); }
  std::string heard() { return newest().text; }
  std::vector<std::string> buttons() {
    std::vector<std::string> labels;
    const auto content = content_of(newest());
    if (!content.markup) return labels;
    for (const auto& row : content.markup->rows) {
      for (const auto& button : row.buttons) labels.push_back(button.text);
    }
    return labels;
  }
  // What is shown at the top after the button of the newest message with this on it was pressed.
  CallbackAnswer press(const std::string& label) { return press(newest(), label); }
  CallbackAnswer press(const store::Message& message, const std::string& label) {
    for (const auto& row : content_of(message).markup.value_or(ReplyMarkup{}).rows) {
      for (const auto& button : row.buttons) {
        if (button.text != label) continue;
        return World::must(
            world.run(world.services.bots.press(bob, Peer::of(search_report_user), message.id, button.data)));
      }
    }
    ADD_FAILURE() << "no button " << label << " under " << message.text;
    return {};
  }

  FakeDesk desk;
  std::vector<UserId> shown;
  SearchReport bot{{world.environment, world.services.discovery, world.services.limits, &desk,
                    [this](UserId user) { shown.push_back(user); }}};
};

TEST_F(SearchReportTest, ASearchThatIsStoppedWithoutNeedIsReportedAsThat) {
  SearchWorld index(world);
  SearchWatch watch(world.environment);
  world.services.discovery.attach(watch);
  index.guard("category: spam\neffect: interstitial\nblue fairy\n");
  say("blue  Fairy");
  ASSERT_EQ(buttons().size(), terms::kCategoryCount + 2);
  press("It is stopped, and should not be");
  press("United States");
  press("Skip");
  EXPECT_THAT(heard(), HasSubstr("Kind: It is stopped, and should not be"));
  press("Send the report");
  ASSERT_EQ(desk.filed.size(), 1u);
  EXPECT_TRUE(desk.filed[0].overblock);
  EXPECT_EQ(desk.filed[0].category, terms::Category::spam) << "of the term that stops it";
  World::must(world.run(watch.flush()));
  const auto met =
      World::must(world.read([](store::Tx& tx) { return tx.search_counts().met("guard/blue fairy", 0); }));
  ASSERT_EQ(met.size(), 1u);
  EXPECT_EQ(met[0].overblocked, 1);

  // Nothing stops this one, so nobody can say so.
  say("weather");
  EXPECT_EQ(buttons().size(), terms::kCategoryCount + 1);
}

TEST_F(SearchReportTest, AWordIsReportedStepByStep) {
  say("/start");
  EXPECT_THAT(heard(), HasSubstr("Here you report"));
  say("snow delivery");
  EXPECT_EQ(heard(), "What does a search for “snow delivery” lead to?");
  EXPECT_EQ(buttons().size(), terms::kCategoryCount + 1);
  press("Drugs, weapons, forged papers, stolen data");
  EXPECT_EQ(heard(), "Which country is it about? Your number is from United States.");
  EXPECT_THAT(buttons(), ElementsAre("United States", "Another country", "Not a certain one", "Cancel"));
  press("United States");
  EXPECT_THAT(newest(1).text, HasSubstr("could not search"));  // no index in this test
  EXPECT_THAT(heard(), HasSubstr("anything the moderators should know"));
  say("They sell to children");
  EXPECT_EQ(
      heard(),
      "Your report:\nthe search words “snow delivery”\nKind: Drugs, weapons, forged papers, stolen data\n"
      "Country: United States\nComment: They sell to children");
  press("Send the report");
  EXPECT_THAT(heard(), HasSubstr("Your report is in case 12."));
  EXPECT_THAT(buttons(), ElementsAre());
  ASSERT_EQ(desk.filed.size(), 1u);
  const auto& report = desk.filed[0];
  EXPECT_EQ(report.subject.term, "snow delivery");
  EXPECT_EQ(report.category, terms::Category::illegal_goods);
  EXPECT_EQ(report.country, "US");
  EXPECT_EQ(report.language, "en");
  EXPECT_EQ(report.comment, "They sell to children");
  EXPECT_THAT(desk.reporters, ElementsAre(bob.user));
}

TEST_F(SearchReportTest, AnotherCountryIsNamedAndTheCommentSkipped) {
  say("snow delivery");
  press("Spam");
  press("Another country");
  say("Atlantis");
  EXPECT_THAT(heard(), HasSubstr("I do not know this country"));
  say("germany");
  press("Skip");
  EXPECT_THAT(heard(), HasSubstr("Country: Germany\nComment: none"));
  press("Send the report");
  ASSERT_EQ(desk.filed.size(), 1u);
  EXPECT_EQ(desk.filed[0].country, "DE");
  say("snow delivery");
  press("Spam");
  press("Not a certain one");
  press("Skip");
  press("Send the report");
  EXPECT_THAT(heard(), HasSubstr("has been added to case 12"));
}

TEST_F(SearchReportTest, ALinkBeginsWithTheWord) {
  start(report_start_for("снег"));
  EXPECT_EQ(heard(), "What does a search for “снег” lead to?");
  start("nonsense");
  EXPECT_THAT(heard(), HasSubstr("Here you report"));
}

TEST_F(SearchReportTest, AForwardedPostIsReported) {
  const auto news = channel(true, "the_shop");
  World::must(world.run(join(world.environment, bob, news)));
  const auto posted = World::must(post(ada, news, "Snow, all week"));
  ForwardMessages forward;
  forward.from = news;
  forward.to = Peer::of(search_report_user);
  forward.ids = {posted.message.id};
  forward.random_ids = {77};
  World::must(world.run(forward_messages(world.environment, bob, forward)));
  answer();
  const auto where = "News, https://t.me/the_shop/" + std::to_string(posted.message.id.value);
  EXPECT_EQ(heard(), "What is wrong with this message in " + where + "?");
  press("Spam");
  press("Not a certain one");
  press("Skip");
  EXPECT_THAT(heard(), HasSubstr("a message in " + where));
  press("Send the report");
  ASSERT_EQ(desk.filed.size(), 1u);
  EXPECT_EQ(desk.filed[0].subject.kind, ReportSubject::Kind::message);
  EXPECT_EQ(desk.filed[0].subject.where, (ReportExample{news, posted.message.id}));
}

TEST_F(SearchReportTest, ALinkToAChannelIsReported) {
  channel(true, "the_shop");
  for (const auto* link : {"@the_shop", "https://t.me/the_shop", "t.me/the_shop?x=1"}) {
    say(link);
    EXPECT_EQ(heard(), "What is wrong with News, @the_shop?") << link;
  }
  say("t.me/the_shop/7");
  EXPECT_THAT(heard(), HasSubstr("this message in News"));
  say("@nobody_there");
  EXPECT_EQ(heard(), "What does a search for “@nobody_there” lead to?");
}

TEST_F(SearchReportTest, ShowsWhatTheWordsFindForTheReporter) {
  SearchWorld search(world);
  const auto shop = channel(true, "the_shop");
  const auto posted = World::must(post(ada, shop, "Snow, all week\nask inside"));
  search.catch_up();
  say("snow");
  press("Spam");
  press("Not a certain one");
  EXPECT_EQ(newest(1).text,
            "This is what “snow” finds for you now:\n• News: Snow, all week – https://t.me/the_shop/" +
                std::to_string(posted.message.id.value));
  press("Skip");
  press("Send the report");
  ASSERT_EQ(desk.filed.size(), 1u);
  EXPECT_THAT(desk.filed[0].examples, ElementsAre(ReportExample{shop, posted.message.id}));
  say("nothing like it");
  press("Spam");
  press("Not a certain one");
  EXPECT_THAT(newest(1).text, HasSubstr("finds nothing for you now"));
}

TEST_F(SearchReportTest, AnOldQuestionIsOver) {
  say("first");
  const auto old = newest();
  say("second");
  EXPECT_EQ(press(old, "Spam").notice, "This question is over.");
  press("Spam");
  EXPECT_THAT(heard(), HasSubstr("Which country"));
  say("/cancel");
  EXPECT_EQ(heard(), "Dropped. Nothing was reported.");
  EXPECT_EQ(press(newest(2), "Not a certain one").notice, "This question is over.");
  say("/cancel");
  EXPECT_EQ(heard(), "There is nothing to drop.");
  EXPECT_EQ(desk.asked, 0);
}

TEST_F(SearchReportTest, WhatTheDeskRefusesIsSaidInPlainWords) {
  const auto up_to_sending = [this] {
    say("snow");
    press("Spam");
    press("Not a certain one");
    press("Skip");
  };
  desk.refuse = Error::unavailable("STORE_BUSY");
  up_to_sending();
  const auto later = press("Send the report");
  EXPECT_TRUE(later.alert);
  EXPECT_THAT(later.notice, HasSubstr("try again in some minutes"));
  desk.refuse = Error::flood(600);
  EXPECT_THAT(press("Send the report").notice, HasSubstr("11 minutes"));
  desk.refuse = Error::forbidden("REPORTS_PAUSED");
  press("Send the report");
  EXPECT_THAT(heard(), HasSubstr("Your reports are paused"));
  desk.refuse.reset();
  up_to_sending();
  press("Send the report");
  EXPECT_EQ(desk.filed.size(), 1u);
}

TEST_F(SearchReportTest, TooManyReportsWait) {
  for (int i = 0; i <= SearchReport::report_rate.burst; ++i) {
    world.clock.advance(std::chrono::seconds(20));
    say("word " + std::to_string(i));
    press("Spam");
    press("Not a certain one");
    press("Skip");
    if (i < SearchReport::report_rate.burst) {
      press("Send the report");
    } else {
      EXPECT_THAT(press("Send the report").notice, HasSubstr("many reports"));
    }
  }
  EXPECT_EQ(desk.asked, SearchReport::report_rate.burst);
}

TEST_F(SearchReportTest, HowReportsStandIsTold) {
  say("/mine");
  EXPECT_EQ(heard(), "You have not reported anything yet.");
  say("/status");
  EXPECT_THAT(heard(), HasSubstr("Which case?"));
  say("/status 12");
  EXPECT_EQ(heard(), "You have no report in a case with the number 12.");
  desk.filed.emplace_back().subject.term = "snow";
  say("/status@searchreport #12");
  EXPECT_EQ(heard(), "Case 12, the search words “snow”: waiting to be looked at.");
  say("/mine");
  EXPECT_THAT(heard(), HasSubstr("\n12 · the search words “snow”: decided, and something was done about it"));
  EXPECT_THAT(buttons(), ElementsAre("Older"));
  press("Older");
  EXPECT_THAT(heard(), HasSubstr("\n13 · "));
  EXPECT_THAT(buttons(), ElementsAre("Newer"));
}

TEST_F(SearchReportTest, AnAppealIsTaken) {
  say("/appeal");
  EXPECT_THAT(heard(), HasSubstr("Which case?"));
  start(appeal_start_for(12));
  EXPECT_THAT(heard(), HasSubstr("Why is the decision in case 12 wrong?"));
  say("It was a joke about the weather");
  EXPECT_THAT(heard(), HasSubstr("Your appeal in case 12 has been taken"));
  EXPECT_EQ(desk.appealed, "It was a joke about the weather");
  say("/appeal 12");
  say("Again");
  EXPECT_EQ(heard(), "There is an appeal in case 12 already.");
  say("/appeal 99");
  say("Mine?");
  EXPECT_EQ(heard(),
            "There is no decision about you, or about what you reported, in a case with the number 99.");
  say("snow");  // the appeal is over
  EXPECT_THAT(heard(), HasSubstr("lead to?"));
}

TEST_F(SearchReportTest, SpeaksTheLanguageThatWasChosen) {
  say("/language");
  EXPECT_THAT(buttons(),
              ElementsAre("العربية", "Deutsch", "English", "Español", "Français", "Русский", "Українська"));
  press("Deutsch");
  EXPECT_EQ(heard(), "Ab jetzt spreche ich Deutsch.");
  say("Schnee");
  EXPECT_EQ(heard(), "Wozu führt eine Suche nach „Schnee“?");
  press("Terrorismus");
  EXPECT_THAT(heard(), HasSubstr("Vereinigte Staaten"));
  const auto info = World::must(world.run(world.services.bots.info(bob.user, search_report_user)));
  EXPECT_THAT(info->description, HasSubstr("Melde Suchwörter"));
  EXPECT_THAT(World::must(world.run(world.services.bots.info(ada.user, search_report_user)))->description,
              HasSubstr("Report search words"));
}

TEST_F(SearchReportTest, ShowsWhatASearchHoldsBack) {
  start("show");
  EXPECT_THAT(heard(), HasSubstr("For the next 15 minutes"));
  EXPECT_THAT(shown, ElementsAre(bob.user));
}

TEST_F(SearchReportTest, LongTextsAreRefusedKindly) {
  say(std::string(SearchReport::term_units_max + 1, 'a'));
  EXPECT_EQ(heard(), "That is too long: at most 64 characters.");
  say("snow");
  press("Spam");
  press("Not a certain one");
  say(std::string(SearchReport::comment_units_max + 1, 'a'));
  EXPECT_EQ(heard(), "That is too long: at most 1000 characters.");
  say("short");
  EXPECT_THAT(heard(), HasSubstr("Comment: short"));
}

}  // namespace
}  // namespace heliograph::services::testing
