#include "safety/policy/routes.h"

#include <gmock/gmock.h>

#include "safety/policy/policy.h"

namespace heliograph::safety {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kQueuesAndRoutes = R"(version = "1"
[[queue]]
number = 1
id = "minors"
title = "Protection of minors"
about = "By people trained for it"
[[queue]]
number = 4
id = "german"
[[route]]
queue = "minors"
categories = ["csae", "self_harm"]
[[route]]
queue = "seniors"
severity_from = 90
[[route]]
queue = "german"
languages = ["de"]
countries = ["DE", "AT"]
)";

store::Case about(terms::Category category, std::uint8_t severity, std::string language,
                  std::string country) {
  store::Case one;
  one.category = static_cast<std::uint8_t>(category);
  one.severity = severity;
  one.language = std::move(language);
  one.country = std::move(country);
  return one;
}

TEST(Routes, TheFirstThatHoldsSaysWhereACaseWaits) {
  const auto policy = *Policy::parse(kQueuesAndRoutes, "policy.toml");
  const auto& routes = policy->routes();
  const auto id = [&](const store::Case& one) { return routes.id_of(routes.queue_for(one)); };
  EXPECT_EQ(id(about(terms::Category::csae, 95, "de", "DE")), "minors");
  EXPECT_EQ(id(about(terms::Category::fraud, 90, "de", "DE")), "seniors");
  EXPECT_EQ(id(about(terms::Category::fraud, 50, "de-AT", "AT")), "german");
  EXPECT_EQ(id(about(terms::Category::fraud, 50, "de", "US")), "general");
  EXPECT_EQ(id(about(terms::Category::fraud, 50, "", "")), "general");
  EXPECT_EQ(routes.own().at(1).title, "german") << "one without a title is called by its id";
}

TEST(Routes, QueuesAreFoundByIdAndKeepTheirNumber) {
  const auto policy = *Policy::parse(kQueuesAndRoutes, "policy.toml");
  const auto german = policy->routes().find("german");
  ASSERT_TRUE(german);
  EXPECT_EQ(static_cast<int>(*german), 19);
  EXPECT_TRUE(policy->routes().is_own(*german));
  EXPECT_FALSE(policy->routes().is_own(store::CaseQueue::seniors));
  EXPECT_EQ(policy->routes().find("orders"), store::CaseQueue::orders);
  EXPECT_EQ(policy->routes().find("french"), std::nullopt);
  EXPECT_EQ(policy->routes().id_of(static_cast<store::CaseQueue>(20)), "queue-5")
      << "not in the policy any more";
}

TEST(Routes, WhatCannotBeMeantIsRefusedWithItsLine) {
  const auto complaint = [](std::string text) {
    const auto policy = Policy::parse("version = \"1\"\n" + text, "p");
    return policy ? std::string() : policy.error().message;
  };
  EXPECT_THAT(complaint("[[route]]\nqueue = \"french\"\n"), HasSubstr("p:2: queue \"french\" is neither"));
  EXPECT_THAT(complaint("[[route]]\nqueue = \"orders\"\n"), HasSubstr("is neither general nor seniors"));
  EXPECT_THAT(complaint("[[queue]]\nnumber = 1\nid = \"general\"\n"), HasSubstr("also another queue"));
  EXPECT_THAT(complaint("[[queue]]\nnumber = 1\nid = \"a\"\n[[queue]]\nnumber = 1\nid = \"b\"\n"),
              HasSubstr("p:5: number is also another queue's"));
  EXPECT_THAT(complaint("[[queue]]\nnumber = 99\nid = \"a\"\n"), HasSubstr("from 1 to 32"));
  EXPECT_THAT(complaint("[[queue]]\nid = \"a\"\n"), HasSubstr("number is missing"));
  EXPECT_THAT(complaint("[[route]]\nqueue = \"general\"\nlanguages = \"de\"\n"),
              HasSubstr("list of languages"));
  EXPECT_THAT(complaint("[[route]]\nqueue = \"general\"\nweight = 1\n"),
              HasSubstr("is not known in a route"));
  EXPECT_THAT(complaint("route = 7\n"), HasSubstr("must be written as [[route]]"));
}

}  // namespace
}  // namespace heliograph::safety
