#include "app/terms.h"

#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

TEST(TermsOfService, AreTheOnesInRules) {
  const auto terms = terms_of_service();
  EXPECT_GE(terms.version, 1);
  EXPECT_NE(terms.text.find("By signing up"), std::string::npos);
  EXPECT_EQ(terms.text.find("Version:"), std::string::npos);
}

}  // namespace
}  // namespace heliograph::app
