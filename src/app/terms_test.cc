#include "app/terms.h"

#include <gtest/gtest.h>

#include "safety/scan/built_in.h"

namespace heliograph::app {
namespace {

TEST(TermsOfService, AreTheRulesThatThePolicyRestsOn) {
  const auto rules = safety::Rules::parse(safety::built_in_rules(), "rules/terms-of-service.md");
  ASSERT_TRUE(rules);
  const auto terms = terms_of_service(**rules);
  ASSERT_TRUE(terms) << terms.error().message;
  EXPECT_EQ(terms->version, (*rules)->version());
  EXPECT_NE(terms->text.find("By signing up"), std::string::npos);
  EXPECT_NE(terms->text.find("(illegal-goods)"), std::string::npos);
  EXPECT_EQ(terms->text.find("Version:"), std::string::npos);
}

}  // namespace
}  // namespace heliograph::app
