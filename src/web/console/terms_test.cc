// The workshop of guarded terms over HTTP, on a store with a judge and a search index.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/day.h"
#include "services/testing/reports.h"
#include "services/testing/search.h"
#include "staff/members.h"
#include "web/console/console.h"

namespace heliograph::web {
namespace {

using services::testing::World;
using ::testing::Contains;
using ::testing::HasSubstr;

class ConsoleTerms : public services::testing::ReportedTest {
 protected:
  struct Answer {
    int status = 0;
    Json json;
    std::string type;
    std::string code() const { return json.is_object() ? json.value("code", "") : ""; }
  };

  ConsoleTerms() {
    add_console_routes(router, parts);
    index.guard("category: illegal_goods\neffect: block\nfairy wings\n");
  }

  std::string program(staff::Role role) {
    const auto name = "program " + std::string(staff::name(role));
    const auto link = staff::make_token(world.random);
    const auto token = staff::make_token(world.random);
    const staff::Deed deed{"a test", world.clock.unix_seconds()};
    World::must(world.write([=](store::Tx& tx) -> Status {
      auto& all = store::staff_of(tx);
      HG_ASSIGN(const auto id, staff::add_member(all, name, role, link, deed));
      return staff::add_api_token(all, id, token, 12, deed);
    }));
    return token;
  }
  Answer ask(const std::string& who, std::string method, const std::string& target, const Json& body = {}) {
    net::HttpRequest request;
    request.method = std::move(method);
    const auto question = target.find('?');
    request.path = "/api/console" + target.substr(0, question);
    if (question != target.npos) request.query = target.substr(question + 1);
    if (!body.is_null()) request.body = body.dump();
    request.client = net::Address::from_v4(0xc0000201);
    request.headers.push_back({"Authorization", "Bearer " + who});
    auto response = world.run(router.handle(request));
    return {response.status, Json::parse(response.body, nullptr, false), response.content_type};
  }
  Json propose(const std::string& text) {
    const auto answer = ask(moderator, "POST", "/terms",
                            Json{{"text", text}, {"category", "illegal_goods"}, {"note", "seen often"}});
    EXPECT_EQ(answer.status, 201) << answer.json;
    return answer.json;
  }
  // What app/guard_builder.h does in the background.
  void enforce() {
    const auto now = World::must(world.run(guarded.in_force(-1)));
    terms::TermList list{std::string(services::guarded_list), "7", {}};
    for (const auto& term : now->terms) list.terms.push_back(services::matched_term(term));
    index.guard().swap(
        terms::QueryGuard::build(World::must(terms::TermSet::build({std::move(list)}, 0)), "", 0));
  }

  services::testing::SearchWorld index{world};
  services::GuardedTerms guarded{world.environment, world.services.discovery};
  staff::SignIn sign_in{{*world.store,
                         world.clock,
                         world.random,
                         world.sealer,
                         crypto::SecretKey{{2}},
                         {"localhost", "http://localhost:8080"}}};
  staff::Directory directory{*world.store, world.clock, world.random};
  services::Limits limits{world.clock};
  ConsoleParts parts{.sign_in = sign_in,
                     .directory = directory,
                     .limits = limits,
                     .clock = world.clock,
                     .gate = gate,
                     .casework = world.services.casework,
                     .work = world.services.work,
                     .version = "1",
                     .policy_source = "",
                     .up_since = 0,
                     .guarded_terms = &guarded};
  net::HttpRouter router;
  std::string moderator = program(staff::Role::moderator);
};

TEST_F(ConsoleTerms, ATermGoesFromReportToGuardToRetired) {
  services::TermReport report;
  report.text = "Blue fairy";
  report.category = terms::Category::illegal_goods;
  report.country = "DE";
  report.comment = "they sell it";
  const auto filed = World::must(world.run(world.services.reports.term(bob, std::move(report))));

  const auto listed = ask(moderator, "GET", "/terms?state=proposed").json["items"];
  ASSERT_EQ(listed.size(), 1U);
  const auto& term = listed[0];
  EXPECT_EQ(term["text"], "Blue fairy");
  EXPECT_EQ(term["source"], "report");
  EXPECT_EQ(term["reports"], 1);
  EXPECT_EQ(term["case_id"], filed.case_id);
  EXPECT_FALSE(term.contains("effect"));
  const auto target = "/terms/" + std::to_string(term["id"].get<int>());

  const auto detail = ask(moderator, "GET", target).json;
  EXPECT_EQ(detail["canonical"], "blue fairy");
  ASSERT_EQ(detail["reports"].size(), 1U);
  EXPECT_EQ(detail["reports"][0]["comment"], "they sell it");
  EXPECT_EQ(detail["reports"][0]["source"], "search_report");
  EXPECT_EQ(detail["reports"][0]["country"], "DE");
  EXPECT_FALSE(detail["reports"][0].contains("user"));

  const Json decision{{"version", term["version"]}, {"effect", "block"},
                      {"countries", {"DE", "FR"}},  {"locale", "de"},
                      {"reason", "It sells drugs"}, {"note_to_reporter", "Well seen."}};
  const auto done = ask(moderator, "POST", target + "/guard", decision);
  ASSERT_EQ(done.status, 200) << done.json;
  EXPECT_EQ(done.json["state"], "active");
  EXPECT_EQ(done.json["effect"], "block");
  EXPECT_EQ(done.json["countries"], (Json{"DE", "FR"}));
  EXPECT_EQ(done.json["changed_by"]["name"], "program moderator");
  EXPECT_EQ(ask(moderator, "POST", target + "/guard", decision).status, 409) << "as it was before";
  EXPECT_THAT(acts(), ::testing::ElementsAre("term.guard"));
  EXPECT_THAT(notices_to(bob), Contains(HasSubstr("Well seen.")));

  enforce();
  const auto tried = ask(moderator, "POST", "/terms/try",
                         Json{{"query", "blu3 fairy"}, {"country", "DE"}, {"language", "de"}});
  EXPECT_EQ(tried.json["effect"], "block") << tried.json;
  EXPECT_EQ(tried.json["terms"], (Json{"guarded/1"}));
  EXPECT_EQ(tried.json["canonical"], "blu3 fairy");
  EXPECT_EQ(
      ask(moderator, "POST", "/terms/try", Json{{"query", "blue fairy"}, {"country", "US"}}).json["effect"],
      "allow");
  const auto lists = ask(moderator, "GET", "/term-lists").json["items"];
  EXPECT_EQ(lists.back()["name"], "guarded");
  EXPECT_EQ(ask(moderator, "GET", "/term-lists/guarded").json["items"][0]["text"], "Blue fairy");

  // How often it is met is seen day by day.
  World::must(world.write([this](store::Tx& tx) {
    const auto today = static_cast<store::Day>(world.clock.unix_seconds() / 86'400);
    return tx.search_counts().add(store::TermMet{"guarded/1", today, 7, 2, 0, 1});
  }));
  const auto watched = ask(moderator, "GET", target).json;
  EXPECT_EQ(watched["term"]["asked"], 7);
  ASSERT_EQ(watched["daily"].size(), 1U);
  EXPECT_EQ(watched["daily"][0]["day"], day_text(world.clock.unix_seconds()));
  EXPECT_EQ(watched["daily"][0]["evaded"], 2);
  EXPECT_EQ(watched["daily"][0]["overblock_reports"], 1);

  const auto over = ask(moderator, "POST", target + "/retire", Json{{"reason", "It is a band"}});
  EXPECT_EQ(over.json["state"], "retired");
  EXPECT_EQ(ask(moderator, "POST", target + "/retire", Json{{"reason", "x"}}).code(), "TERM_CHANGED");
  const auto history = ask(moderator, "GET", target).json["history"];
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[0]["what"], "retired");
  EXPECT_EQ(history[0]["text"], "It is a band");
  EXPECT_FALSE(history[2].contains("by"));
}

TEST_F(ConsoleTerms, WhatIsPutForwardIsSeenAndTurnedDown) {
  const auto shop = channel(true, "blue_fairy_shop");
  World::must(post(ada, shop, "blue fairy dust"));
  index.catch_up();
  const auto term = propose("blue fairy");
  EXPECT_EQ(term["source"], "staff");
  const auto again =
      ask(moderator, "POST", "/terms", Json{{"text", "BLUE fairy"}, {"category", "spam"}, {"note", "x"}});
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.type, "application/problem+json");
  EXPECT_EQ(again.code(), "TERM_KNOWN");
  EXPECT_EQ(again.json["id"], term["id"]);

  const auto target = "/terms/" + std::to_string(term["id"].get<int>());
  const auto preview = ask(moderator, "GET", target + "/preview").json;
  ASSERT_EQ(preview["posts"].size(), 1U) << preview;
  EXPECT_EQ(preview["posts"][0]["text"], "blue fairy dust");
  EXPECT_THAT(preview["posts"][0]["subject"].get<std::string>(), HasSubstr("message/channel/"));
  EXPECT_THAT(preview["posts"][0]["link"].get<std::string>(), HasSubstr("blue_fairy_shop"));
  ASSERT_EQ(preview["peers"].size(), 1U);
  EXPECT_EQ(preview["peers"][0]["kind"], "channel");
  EXPECT_EQ(preview["peers"][0]["username"], "blue_fairy_shop");
  ASSERT_EQ(preview["related"].size(), 1U) << preview["related"];
  EXPECT_EQ(preview["related"][0]["text"], "fairy wings");
  EXPECT_FALSE(preview["related"][0].contains("id"));
  EXPECT_EQ(preview["answer"], "allow");
  EXPECT_TRUE(preview["benign"].empty());
  const auto wide = propose("pot");  // pot roast, flower pots, potsdam...
  const auto touched =
      ask(moderator, "GET", "/terms/" + std::to_string(wide["id"].get<int>()) + "/preview").json["benign"];
  EXPECT_EQ(touched.size(), services::GuardedTerms::benign_max) << touched;
  EXPECT_EQ(touched[0], "pot roast");

  const auto rejected = ask(moderator, "POST", target + "/reject", Json{{"reason", "It is a band"}});
  EXPECT_EQ(rejected.json["state"], "rejected");
  EXPECT_EQ(ask(moderator, "GET", "/terms?state=proposed").json["items"].size(), 1U) << "the other one";
  EXPECT_EQ(ask(moderator, "GET", "/terms?query=FAIRY").json["items"].size(), 1U);
}

TEST_F(ConsoleTerms, PagesFollowEachOtherAndFaultsAreNamed) {
  for (const std::string text : {"first term", "second term", "third term"}) propose(text);
  const auto page = ask(moderator, "GET", "/terms?limit=2").json;
  ASSERT_EQ(page["items"].size(), 2U);
  EXPECT_EQ(page["items"][0]["text"], "third term");
  const auto next =
      ask(moderator, "GET", "/terms?limit=2&cursor=" + page["next"].get<std::string>()).json["items"];
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0]["text"], "first term");

  for (const auto* bad : {"state=odd", "effect=none", "category=odd", "limit=0"}) {
    EXPECT_EQ(ask(moderator, "GET", "/terms?" + std::string(bad)).code(), "FIELD_INVALID") << bad;
  }
  const auto guard = [this](Json with) {
    Json body{{"version", 1}, {"effect", "block"}, {"reason", "x"}};
    body.update(with);
    return ask(moderator, "POST", "/terms/1/guard", body);
  };
  EXPECT_EQ(guard({{"effect", "none"}}).code(), "FIELD_INVALID");
  EXPECT_EQ(guard({{"countries", {"Germany"}}}).code(), "FIELD_INVALID");
  EXPECT_EQ(guard({{"countries", {"de"}}}).code(), "FIELD_INVALID");
  EXPECT_EQ(guard({{"expires_at", 1}}).status, 422);
  EXPECT_EQ(guard({{"odd", 1}}).code(), "FIELD_UNKNOWN");
  EXPECT_EQ(ask(moderator, "GET", "/terms/99").code(), "TERM_UNKNOWN");
  EXPECT_EQ(ask(moderator, "GET", "/terms/99/preview").code(), "TERM_UNKNOWN");
  EXPECT_EQ(
      ask(moderator, "POST", "/terms", Json{{"text", "ab"}, {"category", "spam"}, {"note", "x"}}).code(),
      "TERM_INVALID");
  const auto auditor = program(staff::Role::auditor);
  EXPECT_EQ(ask(auditor, "GET", "/terms").status, 200);
  EXPECT_EQ(ask(auditor, "POST", "/terms/1/reject", Json{{"reason", "x"}}).code(), "ROLE_NOT_ALLOWED");
}

}  // namespace
}  // namespace heliograph::web
