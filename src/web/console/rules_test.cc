#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/console/health.h"
#include "web/console/testing/desk.h"

namespace heliograph::web {
namespace {

class ConsoleRules : public ::testing::Test, public testing::ConsoleWorld {
 protected:
  Who who = program(staff::Role::moderator);
};

TEST_F(ConsoleRules, ThePolicyIsShownAsItIsInForce) {
  const auto policy = ask(who, "GET", "/policy").json;
  EXPECT_EQ(policy["source"], "the policy file");
  EXPECT_FALSE(policy["rules"].empty());
  EXPECT_FALSE(policy["clauses"].empty());
  EXPECT_FALSE(policy["machine_may"].empty());
  const auto& rule = policy["rules"][0];
  EXPECT_TRUE(terms::category_of(rule["category"].get<std::string>()));
  EXPECT_GE(rule["places"].size(), 1U);
}

TEST_F(ConsoleRules, ScreensAreDrawnFromTheRulesInForce) {
  const auto meta = ask(who, "GET", "/meta").json;
  EXPECT_EQ(meta["clauses"], ask(who, "GET", "/policy").json["clauses"]);
  for (const auto& effect : meta["effects"]) {
    EXPECT_FALSE(effect["subjects"].empty()) << effect;
    EXPECT_EQ(effect["severe"], effect["second_review"]) << effect;
  }
  const auto health = ask(who, "GET", "/health").json;
  EXPECT_EQ(health["status"], "ok");
  EXPECT_EQ(health["parts"][0]["name"], "scan");

  struct Halted final : HealthSource {
    std::vector<HealthPart> parts() const override {
      return {{"ledger", HealthPart::Status::failing, "It is halted.", {{"entries", "64"}}},
              {"second_stage", HealthPart::Status::off, {}, {}}};
    }
  } halted;
  parts.health = &halted;
  const auto worse = ask(who, "GET", "/health").json;
  EXPECT_EQ(worse["status"], "failing");
  EXPECT_EQ(worse["parts"][2], (Json{{"name", "ledger"},
                                     {"status", "failing"},
                                     {"detail", "It is halted."},
                                     {"facts", {{"entries", "64"}}}}));
  EXPECT_EQ(worse["parts"][3]["status"], "off");
}

TEST_F(ConsoleRules, TermListsAreReadAPageAtATime) {
  const auto lists = ask(who, "GET", "/term-lists").json;
  ASSERT_FALSE(lists["items"].empty());
  const auto name = lists["items"][0]["name"].get<std::string>();
  const auto count = lists["items"][0]["terms"].get<std::size_t>();
  std::size_t seen = 0;
  std::string cursor;
  for (int pages = 0; pages < 1000; ++pages) {
    const auto page = ask(who, "GET", "/term-lists/" + name + "?limit=100" + cursor).json;
    seen += page["items"].size();
    clock.advance(std::chrono::seconds(1));
    if (!page.contains("next")) break;
    cursor = "&cursor=" + page["next"].get<std::string>();
  }
  EXPECT_EQ(seen, count);
  EXPECT_EQ(ask(who, "GET", "/term-lists/none-of-this-name").code(), "TERM_LIST_UNKNOWN");
}

}  // namespace
}  // namespace heliograph::web
