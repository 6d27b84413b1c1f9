// Blind second looks at what was decided.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/console/testing/cases.h"

namespace heliograph::web {
namespace {

using staff::Role;
using ::testing::IsEmpty;

class ConsoleQuality : public testing::ConsoleCasesTest {
 protected:
  Answer next(const Who& who) { return ask(who, "POST", "/quality/samples/next", Json::object()); }
  Answer say(const Who& who, const Json& sample, const std::string& effect, const std::string& clause = {}) {
    Json body{{"effect", effect}};
    if (!clause.empty()) body["clause"] = clause;
    return ask(who, "POST", "/quality/samples/" + sample["id"].dump(), body);
  }
  std::int64_t decided(const Who& who, const std::string& text, const std::string& effect = "remove") {
    const auto id = reported(text);
    EXPECT_EQ(decide(who, id, effect).status, 200);
    return id;
  }
  void later() { world.clock.advance(std::chrono::minutes(61)); }
};

TEST_F(ConsoleQuality, SomebodyElseLooksAgainWithoutKnowingWhatWasDecided) {
  const auto id = decided(mia, "Pills, best price");
  EXPECT_EQ(next(noah).status, 204) << "it can still be taken back";
  later();
  EXPECT_EQ(next(mia).status, 204) << "never one's own";
  const auto found = next(noah);
  ASSERT_EQ(found.status, 200) << found.json;
  const auto& sample = found.json;
  EXPECT_EQ(sample["kind"], "message");
  EXPECT_EQ(sample["category"], "illegal_goods");
  EXPECT_EQ(sample["content"]["text"], "Pills, best price");
  EXPECT_EQ(sample["content"]["media"], Json::array());
  EXPECT_FALSE(sample["content"].contains("changed")) << "that it was taken away would show";
  for (const auto* word : {"removed", "Mia", "illegal-goods", "decided", "statement"}) {
    EXPECT_EQ(sample.dump().find(word), std::string::npos) << word;
  }
  EXPECT_EQ(next(noah).json["id"], sample["id"]) << "it is theirs until they answer";
  EXPECT_EQ(next(olga).status, 204) << "and nobody else's";
  EXPECT_EQ(say(olga, sample, "allow").code(), "SAMPLE_UNKNOWN");

  EXPECT_EQ(say(noah, sample, "remove", "no-such").code(), "CLAUSE_UNKNOWN");
  const auto told = say(noah, sample, "remove", "illegal-goods");
  ASSERT_EQ(told.status, 200) << told.json;
  EXPECT_EQ(told.json, (Json{{"agrees", true},
                             {"case_id", id},
                             {"effect", "remove"},
                             {"clause", "illegal-goods"},
                             {"by_machine", false}}));
  EXPECT_EQ(say(noah, sample, "allow").code(), "SAMPLE_ANSWERED");
  EXPECT_EQ(say(noah, sample, "allow").status, 409);
  EXPECT_EQ(next(noah).status, 204) << "each is looked at once";
  EXPECT_EQ(ask(mia, "GET", at(id)).json["summary"]["state"], "decided") << "nothing has changed";
}

TEST_F(ConsoleQuality, ItIsReadAsAnyCaseIs) {
  const auto id = decided(mia, "Pills, best price");
  later();
  next(noah);
  const auto reads = ask(person("Ivo", Role::auditor), "GET", "/staff/reads").json["items"];
  EXPECT_EQ(reads[0]["what"], "nextSample");
  EXPECT_EQ(reads[0]["by"]["name"], "Noah");
  EXPECT_EQ(reads[0]["case_id"], id);
}

TEST_F(ConsoleQuality, WhoeverProposedDoesNotLookAgain) {
  const auto id = reported();
  ASSERT_EQ(decide(mia, id, "ban").status, 200);
  ASSERT_EQ(ask(noah, "POST", at(id, "/second-review"), Json{{"verdict", "confirm"}}).status, 200);
  later();
  EXPECT_EQ(next(mia).status, 204);
  EXPECT_EQ(next(noah).status, 204);
  EXPECT_EQ(next(olga).status, 200);
}

TEST_F(ConsoleQuality, AgreementIsCounted) {
  decided(mia, "Pills, best price");
  decided(mia, "Powder, best price", "allow");
  later();
  const auto one = next(noah).json;
  say(noah, one, "remove", "illegal-goods");
  const auto two = next(noah).json;
  say(noah, two, "remove", "illegal-goods");
  const auto mine = ask(noah, "GET", "/quality/agreement").json;
  EXPECT_EQ(mine["samples"], 2);
  EXPECT_EQ(mine["agreed"], 1);
  EXPECT_EQ(mine["mine"], (Json{{"samples", 2}, {"agreed", 1}}));
  EXPECT_EQ(mine["categories"][0], (Json{{"category", "illegal_goods"}, {"samples", 2}, {"agreed", 1}}));
  ASSERT_EQ(mine["pairs"].size(), 1U);
  EXPECT_EQ(mine["pairs"][0], (Json{{"first", "allow"}, {"second", "remove"}, {"count", 1}}));
  EXPECT_FALSE(mine.contains("kappa")) << "of two nothing can be said";
  EXPECT_FALSE(ask(person("Ivo", Role::auditor), "GET", "/quality/agreement").json.contains("mine"));
}

TEST_F(ConsoleQuality, WhichAreLookedAtAgainIsTheSameEveryTime) {
  const services::Quality some(world.environment, world.services.casework, {50});
  const services::Quality none(world.environment, world.services.casework, {0});
  int chosen = 0;
  for (std::int64_t id = 1; id <= 10'000; ++id) {
    chosen += some.chosen(id) ? 1 : 0;
    EXPECT_EQ(some.chosen(id), some.chosen(id));
    EXPECT_FALSE(none.chosen(id));
  }
  EXPECT_NEAR(chosen, 500, 100);
}

TEST_F(ConsoleQuality, WhatSomebodyDoesNotWantToSeeIsNotShown) {
  decided(mia, "Pills, best price");
  later();
  ask(noah, "PUT", "/session/settings",
      Json{{"blur", true},
           {"grey", true},
           {"break_after", 40},
           {"theme", "auto"},
           {"opt_out", {"illegal_goods"}}});
  EXPECT_EQ(next(noah).status, 204);
  EXPECT_EQ(next(olga).status, 200);
}

}  // namespace
}  // namespace heliograph::web
