#include "services/accounts/terms.h"

#include <gtest/gtest.h>

#include "safety/policy/rules.h"
#include "safety/scan/built_in.h"

namespace heliograph::services {
namespace {

TEST(Terms, AreReadFromTheirFile) {
  const auto terms = parse_terms("Version: 3\nMinimum age: 16\n\nBe kind.\n\nAlways.\n");
  ASSERT_TRUE(terms);
  EXPECT_EQ(terms->version, 3);
  EXPECT_EQ(terms->min_age, 16);
  EXPECT_EQ(terms->text, "Be kind.\n\nAlways.");
  EXPECT_EQ(terms->id(), "3");
}

TEST(Terms, MistakesAreSaid) {
  for (const auto* file : {"", "Be kind.", "Version: 0\n\nx", "Version: two\n\nx", "Version: 1\n\n \n",
                           "Version: 1\nAge: 3\n\nx", "Minimum age: 3\n\nx", "Version: 1 2\n\nx"}) {
    const auto terms = parse_terms(file);
    ASSERT_FALSE(terms) << file;
    EXPECT_EQ(terms.error().code, "TERMS_INVALID");
  }
}

TEST(Terms, AreTheRulesThatThePolicyRestsOn) {
  const auto rules = safety::Rules::parse(safety::built_in_rules(), "rules/terms-of-service.md");
  ASSERT_TRUE(rules);
  const auto terms = parse_terms((*rules)->source());
  ASSERT_TRUE(terms) << terms.error().message;
  EXPECT_EQ(terms->version, (*rules)->version());
  EXPECT_NE(terms->text.find("By signing up"), std::string::npos);
  EXPECT_NE(terms->text.find("(illegal-goods)"), std::string::npos);
  EXPECT_EQ(terms->text.find("Version:"), std::string::npos);
}

}  // namespace
}  // namespace heliograph::services
