#include "safety/policy/rules.h"

#include <gtest/gtest.h>

#include "safety/scan/built_in.h"
#include "safety/scan/scanner.h"

namespace heliograph::safety {
namespace {

std::string complaint(std::string_view text) {
  const auto rules = Rules::parse(text, "rules.md");
  return rules ? "" : rules.error().message;
}

TEST(Rules, ClausesHaveAnIdATitleAndATextOfOneParagraphOrMore) {
  const auto rules =
      Rules::parse("Version: 7\n\nBe kind.\n\n## Spam (spam)\n\nNo bulk.\nReally.\n\nNone.\n", "f");
  ASSERT_TRUE(rules) << rules.error().message;
  EXPECT_EQ((*rules)->version(), 7);
  const auto* spam = (*rules)->find("spam");
  ASSERT_NE(spam, nullptr);
  EXPECT_EQ(spam->title, "Spam");
  EXPECT_EQ(spam->text, "No bulk. Really. None.");
  EXPECT_EQ((*rules)->find("fraud"), nullptr);
}

TEST(Rules, WhatIsWrongIsSaidWithItsLine) {
  EXPECT_EQ(complaint("Be kind.\n"), "rules.md:1: there is no line \"Version: N\"");
  EXPECT_EQ(complaint("Version: 1\n## Spam\n"), "rules.md:2: a clause is \"## Title (id)\"");
  EXPECT_EQ(complaint("Version: 1\n## Spam (Spam!)\n"),
            "rules.md:2: an id has small letters, digits and -, at most 40");
  EXPECT_EQ(complaint("Version: 1\n## A (a)\nx\n## B (a)\n"),
            "rules.md:4: there is another clause with this id");
  EXPECT_EQ(complaint("Version: 0\n"), "rules.md:1: Version must be a whole number from 1 on");
}

TEST(Rules, EveryClauseThatThePolicyNamesIsInTheRules) {
  const auto book = load_rulebook({}, 0);
  ASSERT_TRUE(book) << book.error().message;
  for (const auto& rule : (*book)->policy->rules()) {
    EXPECT_NE((*book)->rules->find(rule.clause), nullptr) << rule.clause;
  }
}

}  // namespace
}  // namespace heliograph::safety
