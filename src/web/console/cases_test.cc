// Cases through the console: from a report in the messenger to everybody who hears of the outcome.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/console/testing/cases.h"

namespace heliograph::web {
namespace {

using services::testing::World;
using staff::Role;
using testing::kPills;
class ConsoleCases : public testing::ConsoleCasesTest {};

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(ConsoleCases, WhatIsReportedIsClaimedReadAndRemovedAndEverybodyHearsOfIt) {
  const auto id = reported();
  const auto queue = ask(mia, "GET", "/queue").json["items"];
  ASSERT_EQ(queue.size(), 1U);
  EXPECT_EQ(queue[0]["id"], id);
  EXPECT_EQ(queue[0]["kind"], "message");
  EXPECT_EQ(queue[0]["queue"], "general");
  EXPECT_EQ(queue[0]["state"], "open");
  EXPECT_EQ(queue[0]["excerpt"], "Pills, best price");
  EXPECT_EQ(queue[0]["sources"], Json::array({"report"}));

  const auto claimed = ask(mia, "POST", "/queue/next", Json::object());
  ASSERT_EQ(claimed.status, 200) << claimed.json;
  EXPECT_EQ(claimed.json["case"]["id"], id);
  EXPECT_EQ(claimed.json["claim"]["by"]["name"], "Mia");
  EXPECT_EQ(ask(noah, "POST", "/queue/next", Json::object()).status, 204);

  const auto found = ask(mia, "GET", at(id)).json;
  EXPECT_EQ(found["content"]["text"], "Pills, best price");
  EXPECT_EQ(found["content"]["private"], false);
  EXPECT_EQ(found["content"]["changed"], "no");
  EXPECT_EQ(found["content"]["sha256"].get<std::string>().size(), 64U);
  EXPECT_EQ(found["author"]["name"], "Ada Lovelace");
  EXPECT_EQ(found["place"]["title"], "News");
  EXPECT_EQ(found["can"]["decide"], true);
  EXPECT_THAT(found["can"]["effects"].get<std::vector<std::string>>(), Contains("remove"));

  const auto decided = decide(mia, id, "remove", {{"note_to_reporter", "Thank you."}});
  ASSERT_EQ(decided.status, 200) << decided.json;
  EXPECT_EQ(decided.json["case"]["state"], "decided");
  EXPECT_EQ(decided.json["case"]["effect"], "remove");
  EXPECT_EQ(decided.json["decision"]["by"]["name"], "Mia");
  EXPECT_EQ(decided.json["decision"]["clause"], "illegal-goods");
  EXPECT_EQ(decided.json["decision"]["reason"], "It offers pills.");
  EXPECT_GT(decided.json["undo_until"].get<std::int64_t>(), world.clock.unix_seconds());

  EXPECT_THAT(texts_in(bob, news), ElementsAre(HasSubstr("This message was removed")));
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("Why: It offers pills."));
  EXPECT_THAT(notices_to(bob).front(), HasSubstr("Thank you."));
  EXPECT_EQ(ask(mia, "GET", at(id)).json["statements"][0]["automated_decision"], false);
  EXPECT_THAT(history_of(mia, id), ElementsAre("told", "decided", "claimed", "reported"));
  EXPECT_THAT(ask(mia, "GET", "/queue").json["items"], IsEmpty());
  EXPECT_EQ(ask(mia, "GET", "/queue?state=decided").json["items"].size(), 1U);
}

TEST_F(ConsoleCases, ReadingIsRecordedBeforeItIsAnswered) {
  const auto id = reported();
  ask(mia, "GET", at(id));
  ask(mia, "GET", "/queue");
  const auto reads = ask(person("Ivo", Role::auditor), "GET", "/staff/reads").json["items"];
  ASSERT_EQ(reads.size(), 2U);
  EXPECT_EQ(reads[0]["what"], "listQueue");
  EXPECT_EQ(reads[1]["what"], "getCase");
  EXPECT_EQ(reads[1]["member"], ada.user.value);
  EXPECT_EQ(reads[1]["case_id"], id);
  EXPECT_EQ(reads[1]["by"]["name"], "Mia");
}

TEST_F(ConsoleCases, TwoPeopleDoNotDecideTheSameCase) {
  const auto id = reported();
  ASSERT_EQ(ask(mia, "POST", at(id, "/claim")).status, 200);
  EXPECT_EQ(ask(noah, "GET", at(id)).json["can"]["decide"], false);
  const auto claim = ask(noah, "POST", at(id, "/claim"));
  EXPECT_EQ(claim.status, 409);
  EXPECT_EQ(claim.code(), "CASE_TAKEN");
  EXPECT_EQ(decide(noah, id, "remove").code(), "CASE_TAKEN");
  EXPECT_EQ(ask(noah, "DELETE", at(id, "/claim")).status, 204) << "it is not theirs: nothing happens";
  EXPECT_EQ(ask(noah, "POST", at(id, "/claim")).code(), "CASE_TAKEN");
  EXPECT_EQ(ask(olga, "DELETE", at(id, "/claim")).status, 204);
  ASSERT_EQ(ask(noah, "POST", at(id, "/claim")).status, 200) << "a senior gave it back";
  ASSERT_EQ(decide(noah, id, "allow").status, 200);
  EXPECT_EQ(decide(mia, id, "remove").code(), "CASE_NOT_OPEN");
  EXPECT_EQ(decide(mia, id, "remove").status, 409);
}

TEST_F(ConsoleCases, WhoeverDecidesHasSeenWhatCameInLast) {
  const auto id = reported();
  const auto seen = version(mia, id);
  const auto cid = world.sign_up("Cid");
  const auto message = World::must(world.run(world.services.casework.detail(id))).view.file.message;
  World::must(world.run(world.services.reports.messages(cid, news, {message}, kPills)));
  EXPECT_EQ(decide(mia, id, "remove", {{"version", seen}}).code(), "CASE_CHANGED");
  EXPECT_EQ(decide(mia, id, "remove").status, 200);
}

TEST_F(ConsoleCases, WhatDoesNotFitIsRefused) {
  const auto id = reported();
  EXPECT_EQ(decide(mia, id, "remove", {{"clause", "no-such"}}).status, 422);
  EXPECT_EQ(decide(mia, id, "remove", {{"clause", "no-such"}}).code(), "CLAUSE_UNKNOWN");
  EXPECT_EQ(decide(mia, id, "restrict_countries").code(), "EFFECT_UNFIT");
  EXPECT_EQ(decide(mia, id, "restrict_countries", {{"countries", Json::array({"xx"})}}).code(),
            "DECISION_INVALID");
  EXPECT_EQ(decide(mia, id, "review").code(), "FIELD_INVALID");
  EXPECT_EQ(decide(mia, id, "ban", {{"clause", "no-such"}}).code(), "CLAUSE_UNKNOWN") << "also of a proposal";
  EXPECT_EQ(ask(mia, "GET", at(99)).code(), "CASE_UNKNOWN");
  EXPECT_EQ(ask(mia, "GET", at(id, "/media/0")).code(), "MEDIA_UNKNOWN");
}

TEST_F(ConsoleCases, ABanTakesTwoPeople) {
  const auto id = reported();
  const auto proposed = decide(mia, id, "ban");
  ASSERT_EQ(proposed.status, 200) << proposed.json;
  EXPECT_EQ(proposed.json["case"]["state"], "awaiting_second");
  EXPECT_EQ(proposed.json["decision"]["effect"], "ban");
  EXPECT_THAT(notices_to(ada), IsEmpty()) << "nothing is done yet";
  EXPECT_EQ(ask(mia, "GET", at(id)).json["can"]["second_review"], false);
  EXPECT_EQ(ask(noah, "GET", at(id)).json["can"]["second_review"], true);
  EXPECT_EQ(ask(noah, "GET", "/queue?state=awaiting_second").json["items"].size(), 1U);

  const auto own = ask(mia, "POST", at(id, "/second-review"), Json{{"verdict", "confirm"}});
  EXPECT_EQ(own.status, 409);
  EXPECT_EQ(own.code(), "CASE_SAME_PERSON");
  const auto confirmed = ask(noah, "POST", at(id, "/second-review"), Json{{"verdict", "confirm"}});
  ASSERT_EQ(confirmed.status, 200) << confirmed.json;
  EXPECT_EQ(confirmed.json["case"]["effect"], "ban");
  EXPECT_EQ(confirmed.json["decision"]["by"]["name"], "Mia");
  EXPECT_EQ(confirmed.json["decision"]["confirmed_by"]["name"], "Noah");
  const auto account = World::must(world.read([&](store::Tx& tx) { return tx.accounts().find(ada.user); }));
  EXPECT_EQ(account->state, store::AccountState::banned);
}

TEST_F(ConsoleCases, ASecondPersonMayRefuse) {
  const auto id = reported();
  EXPECT_EQ(ask(noah, "POST", at(id, "/second-review"), Json{{"verdict", "confirm"}}).code(),
            "CASE_NOT_AWAITING");
  ASSERT_EQ(decide(mia, id, "ban").status, 200);
  EXPECT_EQ(ask(noah, "POST", at(id, "/second-review"), Json{{"verdict", "refuse"}}).code(), "FIELD_INVALID");
  const auto refused = ask(noah, "POST", at(id, "/second-review"),
                           Json{{"verdict", "refuse"}, {"note", "A removal will do."}});
  ASSERT_EQ(refused.status, 200) << refused.json;
  EXPECT_EQ(refused.json["case"]["state"], "open");
  EXPECT_EQ(refused.json["case"]["queue"], "general");
  EXPECT_FALSE(refused.json.contains("decision"));
  EXPECT_THAT(history_of(mia, id), ElementsAre("second_refused", "awaiting_second", "reported"));
  EXPECT_EQ(decide(mia, id, "remove").status, 200);
}

TEST_F(ConsoleCases, WhatIsSevereTakesAStepUp) {
  const auto id = reported();
  staff::testing::Authenticator key;
  const auto token = staff::make_token(world.random);
  World::must(world.write([&](store::Tx& tx) {
    const staff::Deed deed{"a test", world.clock.unix_seconds()};
    return staff::add_member(store::staff_of(tx), "Ben", Role::moderator, token, deed);
  }));
  const auto begun = World::must(world.run(sign_in.begin_enrolment(token)));
  const auto entered = World::must(world.run(sign_in.enrol_passkey(token, key.make(begun.second), "first")));
  const Who ben{.cookie = entered.token, .bearer = {}};
  world.clock.advance(std::chrono::minutes(6));
  EXPECT_EQ(decide(ben, id, "ban").code(), "STEP_UP_NEEDED");
  EXPECT_EQ(decide(ben, id, "close_channel").code(), "STEP_UP_NEEDED");
  const Json batch{{"cases", Json::array({Json{{"id", id}, {"version", 1}}})},
                   {"decision", {{"effect", "ban"}, {"clause", "illegal-goods"}, {"reason", "pills"}}}};
  EXPECT_EQ(ask(ben, "POST", "/cases/batch-decide", batch).code(), "STEP_UP_NEEDED");
  EXPECT_EQ(decide(ben, id, "remove").status, 200);
}

TEST_F(ConsoleCases, ManyAreDecidedAtOnceAndEachStandsForItself) {
  const auto a = reported("one");
  const auto b = reported("two");
  const auto one = [&](std::int64_t id, std::int64_t seen) { return Json{{"id", id}, {"version", seen}}; };
  const Json body{{"cases", Json::array({one(a, version(mia, a)), one(99, 1), one(b, version(mia, b) + 1)})},
                  {"decision", {{"effect", "remove"}, {"clause", "spam"}, {"reason", "Sent to many."}}}};
  const auto answer = ask(mia, "POST", "/cases/batch-decide", body);
  ASSERT_EQ(answer.status, 200) << answer.json;
  const auto& items = answer.json["items"];
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0]["decided"]["case"]["effect"], "remove");
  EXPECT_EQ(items[1]["problem"]["code"], "CASE_UNKNOWN");
  EXPECT_EQ(items[2]["problem"]["code"], "CASE_CHANGED");
}

TEST_F(ConsoleCases, ADecisionIsTakenBackByWhoeverMadeItForAnHourAndByASeniorAtAnyTime) {
  const auto id = reported();
  const Json why{{"reason", "It was a quote."}};
  EXPECT_EQ(ask(olga, "POST", at(id, "/undo"), why).code(), "CASE_NOT_DECIDED");
  ASSERT_EQ(decide(mia, id, "remove").status, 200);
  EXPECT_EQ(ask(noah, "POST", at(id, "/undo"), why).code(), "CASE_FOR_SENIORS");
  EXPECT_EQ(ask(mia, "GET", at(id)).json["can"]["undo"], true);
  world.clock.advance(std::chrono::minutes(61));
  EXPECT_EQ(ask(mia, "GET", at(id)).json["can"]["undo"], false);
  const auto late = ask(mia, "POST", at(id, "/undo"), why);
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(late.code(), "UNDO_TOO_LATE");
  const auto undone = ask(olga, "POST", at(id, "/undo"), Json{{"reason", "A quote."}, {"reopen", true}});
  ASSERT_EQ(undone.status, 200) << undone.json;
  EXPECT_EQ(undone.json["case"]["state"], "open");
  EXPECT_THAT(texts_in(bob, news), ElementsAre("Pills, best price"));
  ASSERT_EQ(decide(mia, id, "allow").status, 200);
  EXPECT_EQ(ask(mia, "POST", at(id, "/undo"), why).code(), "CASE_NOT_DECIDED") << "nothing was done";
  EXPECT_EQ(ask(mia, "POST", at(id, "/undo"), Json{{"reason", "Look again."}, {"reopen", true}}).status, 200);
}

TEST_F(ConsoleCases, SomebodyElseAnswersAnAppeal) {
  const auto id = reported();
  ASSERT_EQ(decide(mia, id, "remove").status, 200);
  const auto appeal =
      World::must(world.run(world.services.reports.appeal(ada, id, "It is about vitamin pills.")));
  const auto target = "/appeals/" + std::to_string(appeal);
  const auto list = ask(noah, "GET", "/appeals").json["items"];
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0]["excerpt"], "It is about vitamin pills.");
  EXPECT_EQ(list[0]["can_decide"], true);
  EXPECT_EQ(ask(mia, "GET", "/appeals").json["items"][0]["can_decide"], false);
  EXPECT_THAT(ask(mia, "GET", "/appeals?mine=true").json["items"], IsEmpty());
  EXPECT_EQ(ask(mia, "GET", at(id)).json["appeal_id"], appeal);

  EXPECT_EQ(ask(mia, "POST", target + "/claim").code(), "APPEAL_SAME_PERSON");
  EXPECT_EQ(ask(noah, "POST", target + "/claim").json["by"]["name"], "Noah");
  EXPECT_EQ(ask(olga, "POST", target + "/claim").code(), "APPEAL_TAKEN");
  const Json answer{{"verdict", "upheld"}, {"reason", "Vitamins are fine."}, {"note", "Check the label."}};
  EXPECT_EQ(ask(mia, "POST", target + "/decide", answer).status, 409);
  EXPECT_EQ(ask(olga, "POST", target + "/decide", answer).code(), "APPEAL_TAKEN");
  EXPECT_EQ(ask(noah, "GET", target).json["case"]["summary"]["id"], id);
  const auto done = ask(noah, "POST", target + "/decide", answer);
  ASSERT_EQ(done.status, 200) << done.json;
  EXPECT_EQ(done.json["state"], "upheld");
  EXPECT_EQ(done.json["decided_by"]["name"], "Noah");
  EXPECT_THAT(texts_in(bob, news), ElementsAre("Pills, best price"));
  EXPECT_THAT(notices_to(ada).front(), HasSubstr("was taken back"));
  EXPECT_EQ(ask(noah, "POST", target + "/decide", answer).code(), "APPEAL_DECIDED");
  EXPECT_THAT(ask(noah, "GET", "/appeals").json["items"], IsEmpty());
  EXPECT_EQ(ask(noah, "GET", "/appeals?state=upheld").json["items"].size(), 1U);
  EXPECT_THAT(ask(noah, "GET", "/appeals?state=rejected").json["items"], IsEmpty());
  EXPECT_EQ(ask(noah, "GET", target).json["answer"]["reason"], "Vitamins are fine.");
  EXPECT_EQ(ask(noah, "GET", at(id)).json["notes"][0]["text"], "Check the label.");
}

TEST_F(ConsoleCases, WhoeverProposedABanDoesNotAnswerTheAppeal) {
  const auto id = reported();
  ASSERT_EQ(decide(mia, id, "close_channel").status, 200);
  ASSERT_EQ(ask(noah, "POST", at(id, "/second-review"), Json{{"verdict", "confirm"}}).status, 200);
  EXPECT_FALSE(ask(noah, "GET", at(id)).json["content"].contains("changed"))
      << "its author has not touched it";
  const auto appeal = World::must(world.run(world.services.reports.appeal(ada, id, "No.")));
  const auto target = "/appeals/" + std::to_string(appeal);
  EXPECT_EQ(ask(mia, "POST", target + "/claim").code(), "APPEAL_SAME_PERSON");
  EXPECT_EQ(ask(noah, "POST", target + "/claim").code(), "APPEAL_SAME_PERSON");
  EXPECT_EQ(ask(olga, "POST", target + "/claim").status, 200);
  const Json stands{{"verdict", "rejected"}, {"reason", "No."}};
  ASSERT_EQ(ask(olga, "POST", target + "/decide", stands).status, 200);

  // The channel has a case of its own, which the decision brought about; it is the same decision.
  const auto whole = cases_of(ada).front().id;
  ASSERT_NE(whole, id);
  const auto second = World::must(world.run(world.services.reports.appeal(ada, whole, "It is a pharmacy.")));
  const auto other = "/appeals/" + std::to_string(second);
  for (const auto& who : {mia, noah}) {
    EXPECT_EQ(ask(who, "POST", other + "/claim").code(), "APPEAL_SAME_PERSON");
    EXPECT_FALSE(ask(who, "GET", other).json["summary"]["can_decide"]);
  }
  EXPECT_TRUE(ask(olga, "GET", other).json["summary"]["can_decide"]);
}

TEST_F(ConsoleCases, CasesWaitWhereThePolicyRoutesThem) {
  auto book = std::make_shared<safety::Rulebook>(*gate.rulebook());
  book->policy = World::must(safety::Policy::parse(
      "version = \"routes\"\n[[queue]]\nnumber = 2\nid = \"goods\"\ntitle = \"Goods\"\n[[route]]\nqueue = "
      "\"goods\"\ncategories = [\"illegal_goods\"]\n",
      "test.toml"));
  gate.replace(book);
  const auto id = reported();
  EXPECT_EQ(ask(mia, "GET", at(id)).json["summary"]["queue"], "goods");
  EXPECT_EQ(ask(mia, "GET", "/meta").json["queues"].back()["title"], "Goods");
  EXPECT_EQ(ask(mia, "GET", "/queue?queue=goods").json["items"].size(), 1U);
  EXPECT_EQ(ask(mia, "GET", "/queue?queue=general").json["items"].size(), 0U);
  EXPECT_EQ(ask(mia, "GET", "/queue/counts").json["items"].back()["open"], 1);

  // Handed up, and back to its own.
  ASSERT_EQ(ask(mia, "POST", at(id, "/escalate"), Json{{"note", "I am not sure."}}).status, 200);
  const Json back{{"note", "It is plain."}, {"queue", "goods"}};
  EXPECT_EQ(ask(olga, "POST", at(id, "/escalate"), back).json["queue"], "goods");
  EXPECT_EQ(ask(noah, "POST", "/queue/next", Json{{"queue", "goods"}}).json["case"]["id"], id);
}

// Says what it was given, backwards, and counts.
class BackwardTranslator final : public services::Translator {
 public:
  Task<Result<std::string>> translate(std::string text, std::string into) override {
    ++asked;
    if (away) co_return fail(Error::unavailable("TRANSLATOR_AWAY", "It is not there."));
    co_return into + ": " + std::string(text.rbegin(), text.rend());
  }
  int asked = 0;
  bool away = false;
};

class TranslatedCases : public ConsoleCases {
 protected:
  BackwardTranslator translator;
  services::Workplace translated{
      world.environment, world.services.casework, world.services.discovery, {}, nullptr, &translator};
  ConsoleParts own_parts{.sign_in = sign_in,
                         .directory = directory,
                         .limits = limits,
                         .clock = world.clock,
                         .gate = gate,
                         .casework = world.services.casework,
                         .work = translated,
                         .version = "1",
                         .policy_source = ""};
  net::HttpRouter own_router;
  TranslatedCases() { add_console_routes(own_router, own_parts); }
  Answer ask_translated(const Who& who, std::string method, const std::string& target,
                        std::string body = {}) {
    auto request = request_of(who, std::move(method), target, std::move(body));
    return answer_of(world.run(own_router.handle(request)));
  }
};

TEST_F(TranslatedCases, ATextIsTranslatedOnceAndStaysWithTheCase) {
  const auto id = reported();
  EXPECT_FALSE(ask_translated(mia, "GET", at(id, "")).json["content"].contains("translation"));
  EXPECT_TRUE(ask_translated(mia, "GET", "/meta").json["translation"].get<bool>());
  for (int i = 0; i < 2; ++i) {
    const auto made = ask_translated(mia, "POST", at(id, "/translation"), "{}");
    ASSERT_EQ(made.status, 200) << made.json;
    EXPECT_EQ(made.json["language"], "en");
    EXPECT_TRUE(made.json["text"].get<std::string>().starts_with("en: "));
  }
  EXPECT_EQ(translator.asked, 1);
  const auto shown = ask_translated(mia, "GET", at(id, "")).json;
  EXPECT_TRUE(shown["content"]["translation"].get<std::string>().starts_with("en: "));
  EXPECT_EQ(ask_translated(mia, "POST", at(id, "/translation"), R"({"language":"de"})").json["language"],
            "de");
  EXPECT_EQ(translator.asked, 2);
}

TEST_F(TranslatedCases, WhereThereIsNoneOrItIsAwayNothingIsKept) {
  const auto id = reported();
  EXPECT_EQ(ask(mia, "POST", at(id, "/translation"), "{}").status, 501);
  EXPECT_FALSE(ask(mia, "GET", "/meta").json["translation"].get<bool>());
  EXPECT_EQ(ask_translated(mia, "POST", at(id, "/translation"), R"({"language":"D1"})").code(),
            "LANGUAGE_INVALID");
  translator.away = true;
  EXPECT_EQ(ask_translated(mia, "POST", at(id, "/translation"), "{}").status, 503);
  EXPECT_FALSE(ask_translated(mia, "GET", at(id, "")).json["content"].contains("translation"));
}

TEST_F(ConsoleCases, WhatIsHandedUpIsForSeniors) {
  const auto id = reported();
  const auto handed = ask(mia, "POST", at(id, "/escalate"), Json{{"note", "I am not sure."}});
  ASSERT_EQ(handed.status, 200) << handed.json;
  EXPECT_EQ(handed.json["queue"], "seniors");
  const auto refused = decide(mia, id, "allow");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.code(), "CASE_FOR_SENIORS");
  EXPECT_EQ(ask(noah, "POST", "/queue/next", Json::object()).status, 204);
  const Json back{{"note", "It is plain."}, {"queue", "general"}};
  EXPECT_EQ(ask(mia, "POST", at(id, "/escalate"), back).code(), "CASE_FOR_SENIORS");
  EXPECT_EQ(ask(olga, "POST", at(id, "/escalate"), Json{{"note", "x"}, {"queue", "orders"}}).status, 422);
  EXPECT_EQ(ask(olga, "POST", at(id, "/escalate"), back).json["queue"], "general");
  EXPECT_EQ(decide(mia, id, "allow").status, 200);
}

TEST_F(ConsoleCases, NotesAndReportsAndWhatStandsAround) {
  for (int i = 0; i < 3; ++i) World::must(post(ada, news, "before " + std::to_string(i)));
  const auto id = reported();
  for (int i = 0; i < 12; ++i) World::must(post(ada, news, "after " + std::to_string(i)));
  const auto note = ask(mia, "POST", at(id, "/notes"), Json{{"text", "Known shop."}});
  ASSERT_EQ(note.status, 201) << note.json;
  EXPECT_EQ(note.json["by"]["name"], "Mia");
  EXPECT_EQ(ask(noah, "GET", at(id)).json["notes"][0]["text"], "Known shop.");

  const auto reports = ask(mia, "GET", at(id, "/reports")).json;
  EXPECT_EQ(reports["total"], 1);
  EXPECT_EQ(reports["items"][0]["comment"], "They sell pills.");
  EXPECT_FALSE(reports["items"][0].contains("name")) << "who reported stays unknown";
  EXPECT_FALSE(reports["items"][0]["reporter"].contains("id"));

  std::vector<std::string> around;
  const auto context = ask(mia, "GET", at(id, "/context")).json["items"];
  for (const auto& one : context) {
    if (!one["text"].get<std::string>().empty()) around.push_back(one["text"].get<std::string>());
  }
  EXPECT_THAT(around, Contains("before 0"));
  EXPECT_THAT(around, Contains("Pills, best price"));
  EXPECT_THAT(around, Contains("after 9"));
  EXPECT_THAT(around, Not(Contains("after 10")));

  const auto other = reported("More pills");
  const auto linked = ask(mia, "GET", at(id, "/linked")).json;
  ASSERT_EQ(linked["author"].size(), 1U);
  EXPECT_EQ(linked["author"][0]["id"], other);
  EXPECT_EQ(ask(mia, "GET", at(id, "/members")).json["total"], 0);
  EXPECT_EQ(ask(mia, "GET", at(99, "/reports")).code(), "CASE_UNKNOWN");
}

TEST_F(ConsoleCases, OfAPrivateChatNothingIsSeenButWhatWasReported) {
  send(ada, bob.user, "hello");
  send(ada, bob.user, "I know where you live");
  const auto message = history(bob, ada.user)[0].id;
  const auto id = World::must(world.run(world.services.reports.messages(
                                  bob, Peer::of(ada.user), {message},
                                  {terms::Category::violence, "violence/threat", {}})))
                      .case_id;
  const auto found = ask(mia, "GET", at(id)).json;
  EXPECT_EQ(found["content"]["private"], true);
  EXPECT_EQ(found["content"]["text"], "I know where you live");
  const auto context = ask(mia, "GET", at(id, "/context"));
  EXPECT_EQ(context.status, 404);
  EXPECT_EQ(context.code(), "SUBJECT_PRIVATE");
}

TEST_F(ConsoleCases, TheQueueIsFilteredOrderedAndPaged) {
  std::vector<std::int64_t> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(reported("post " + std::to_string(i)));
    world.clock.advance(std::chrono::seconds(10));
  }
  const auto walk = [&](const std::string& filter) {
    std::vector<std::int64_t> seen;
    std::string cursor;
    do {
      const auto page =
          ask(mia, "GET", "/queue?limit=2" + filter + (cursor.empty() ? "" : "&cursor=" + cursor));
      EXPECT_EQ(page.status, 200) << page.json;
      for (const auto& one : page.json["items"]) seen.push_back(one["id"].get<std::int64_t>());
      cursor = page.json.value("next", "");
      if (seen.size() == 2) World::must(world.run(world.services.casework.claim({StaffId{9}, "x"}, seen[0])));
    } while (!cursor.empty());
    return seen;
  };
  EXPECT_EQ(walk(""), ids);
  EXPECT_EQ(walk("&order=oldest"), ids);
  EXPECT_EQ(walk("&order=newest"), std::vector<std::int64_t>(ids.rbegin(), ids.rend()));
  EXPECT_EQ(walk("&order=due&queue=general"), ids);
  EXPECT_EQ(walk("&kind=message&category=spam&category=illegal_goods"), ids);
  EXPECT_THAT(walk("&kind=account"), IsEmpty());
  EXPECT_THAT(walk("&category=spam"), IsEmpty());
  EXPECT_EQ(walk("&assigned=others").size(), 2U);
  EXPECT_THAT(walk("&assigned=me"), IsEmpty());
  for (const auto* bad : {"queue=none", "category=evil", "order=best", "state=x", "assigned=x", "kind=x",
                          "severity_min=101", "limit=0"}) {
    EXPECT_EQ(ask(mia, "GET", "/queue?" + std::string(bad)).code(), "FIELD_INVALID") << bad;
  }
  for (const auto* bad : {"", "x", "0.0", "00000000.1.2", "00000000.1.2.3"}) {
    EXPECT_EQ(ask(mia, "GET", "/queue?cursor=" + std::string(bad)).code(), "CURSOR_INVALID") << bad;
  }
}

TEST_F(ConsoleCases, WhatSomebodyDoesNotWantToSeeIsNotShownUnlessTheyAsk) {
  const auto id = reported();
  World::must(world.run(
      directory.set_settings(StaffId{1}, "{}", 1U << static_cast<unsigned>(terms::Category::illegal_goods))));
  EXPECT_THAT(ask(mia, "GET", "/queue").json["items"], IsEmpty());
  EXPECT_EQ(ask(mia, "POST", "/queue/next", Json::object()).status, 204);
  EXPECT_EQ(ask(mia, "GET", "/queue?category=illegal_goods").json["items"][0]["id"], id);
  EXPECT_EQ(ask(noah, "POST", "/queue/next", Json::object()).status, 200);
}

TEST_F(ConsoleCases, CountsAreAtMostTenSecondsOld) {
  const auto id = reported();
  reported("More pills");
  ASSERT_EQ(ask(mia, "POST", at(id, "/claim")).status, 200);
  const auto general = [&] { return ask(mia, "GET", "/queue/counts").json["items"][0]; };
  EXPECT_EQ(general()["queue"], "general");
  EXPECT_EQ(general()["open"], 2);
  EXPECT_EQ(general()["unassigned"], 1);
  EXPECT_EQ(ask(mia, "GET", "/queue/counts").json["mine"], 1);
  EXPECT_EQ(ask(noah, "GET", "/queue/counts").json["mine"], 0);
  reported("Still more pills");
  EXPECT_EQ(general()["open"], 2);
  world.clock.advance(std::chrono::seconds(10));
  EXPECT_EQ(general()["open"], 3);
  const auto figures = ask(mia, "GET", "/figures").json;
  EXPECT_EQ(figures["now"]["backlog"], 3);
  EXPECT_EQ(figures["now"]["unassigned"], 2);
  EXPECT_EQ(figures["now"]["appeals"], 0);
}

TEST_F(ConsoleCases, EveryTemplateCanBeDecided) {
  const auto items = ask(mia, "GET", "/templates").json["items"];
  ASSERT_GE(items.size(), 12U);
  const auto book = gate.rulebook();
  for (const auto& one : items) {
    const auto title = one["title"].get<std::string>();
    EXPECT_NE(one["reason"], "") << title;
    for (const auto& category : one["categories"]) {
      EXPECT_TRUE(terms::category_of(category.get<std::string>())) << title;
    }
    if (one["effect"] == "allow") continue;
    EXPECT_NE(book->rules->find(one["clause"].get<std::string>()), nullptr) << title;
  }
}

}  // namespace
}  // namespace heliograph::web
