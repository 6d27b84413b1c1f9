#include "app/guard_builder.h"

#include <gtest/gtest.h>

#include "services/discovery/guarded_terms.h"

namespace heliograph::app {
namespace {

class GuardBuilderTest : public ::testing::Test {
 protected:
  GuardBuilderTest() { guard.swap(terms::QueryGuard::build(set("cocaine"), "", 0)); }

  std::shared_ptr<const terms::TermSet> set(const std::string& text) {
    std::vector<terms::TermList> lists;
    lists.push_back(
        *terms::parse_terms("version: 1\ncategory: illegal_goods\neffect: block\n" + text + "\n", "a.terms"));
    return *terms::TermSet::build(std::move(lists), 0);
  }
  static terms::Term term(std::int64_t id, const std::string& text) {
    store::GuardTerm row;
    row.id = id;
    row.text = text;
    row.effect = static_cast<std::uint8_t>(terms::SearchEffect::block);
    return services::matched_term(row);
  }
  bool guarded(const std::string& query) { return guard.judge(query, {}).refused(); }

  search::Guard guard;
  ManualClock clock;
  GuardBuilder builder{guard, set("cocaine"), "", clock};
};

TEST_F(GuardBuilderTest, WhatTheStaffAddsHoldsBesideTheLists) {
  builder.put_guarded(3, {term(7, "blue fairy")});
  builder.settle();
  EXPECT_TRUE(guarded("blue fairy"));
  EXPECT_TRUE(guarded("b1ue fa.iry"));
  EXPECT_TRUE(guarded("cocaine"));
  EXPECT_EQ(guard.judge("blue fairy", {}).terms, (std::vector<std::string>{"guarded/7"}));
  EXPECT_EQ(builder.known(), 3);

  builder.put_guarded(2, {});
  builder.settle();
  EXPECT_TRUE(guarded("blue fairy")) << "an older state";
  builder.put_guarded(5, {});
  builder.settle();
  EXPECT_FALSE(guarded("blue fairy"));
  EXPECT_TRUE(guarded("cocaine"));
}

TEST_F(GuardBuilderTest, ListsThatAreReadAgainKeepWhatTheStaffAdded) {
  builder.put_guarded(1, {term(1, "blue fairy")});
  builder.put_lists(set("heroin"));
  builder.settle();
  EXPECT_TRUE(guarded("heroin"));
  EXPECT_TRUE(guarded("blue fairy"));
  EXPECT_FALSE(guarded("cocaine"));
}

TEST_F(GuardBuilderTest, WhatCannotBeCompiledLeavesTheOldGuardInForce) {
  builder.put_guarded(1, {term(1, "blue fairy")});
  builder.settle();
  auto broken = term(2, "green fairy");
  broken.near = {"no such group"};
  builder.put_guarded(2, {broken});
  builder.settle();
  EXPECT_TRUE(guarded("blue fairy"));
  EXPECT_FALSE(guarded("green fairy"));
  builder.put_guarded(3, {term(2, "green fairy")});
  builder.settle();
  EXPECT_TRUE(guarded("green fairy"));
}

}  // namespace
}  // namespace heliograph::app
