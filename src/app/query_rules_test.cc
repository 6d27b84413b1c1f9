#include "app/query_rules.h"

#include <gtest/gtest.h>

#include "safety/scan/built_in.h"

namespace heliograph::app {
namespace {

using terms::SearchEffect;

constexpr std::string_view kOffer = "need a piece with no history? bring cash, come alone";

safety::Rulebook with(const std::string& rules) {
  auto book = **safety::load_rulebook({}, 0);
  book.policy = safety::Policy::parse("version = \"x\"\n" + rules, "policy.toml").value();
  return book;
}
std::string rule(const std::string& effect, const std::string& more = "places = [\"search\"]\n") {
  return "[[rule]]\nid = \"a\"\ncategory = \"illegal_goods\"\nat_least = 0.9\nclause = "
         "\"illegal-goods\"\neffect = \"" +
         effect + "\"\n" + more;
}

TEST(QueryRules, SayWhatBecomesOfASearchThatNoTermNames) {
  const auto refused = ruling_on(with(rule("remove")), kOffer);
  EXPECT_EQ(refused.effect, SearchEffect::block);
  EXPECT_EQ(refused.category, terms::Category::illegal_goods);
  EXPECT_EQ(ruling_on(with(rule("mark_sensitive")), kOffer).effect, SearchEffect::interstitial);
  EXPECT_EQ(ruling_on(with(rule("hide_from_search")), kOffer).effect, SearchEffect::demote);
  EXPECT_EQ(ruling_on(with(rule("remove")), "bakery near the station").effect, SearchEffect::allow);
}

TEST(QueryRules, ThoseForWhatIsPublishedAreNotAboutSearches) {
  EXPECT_EQ(ruling_on(with(rule("remove", "")), kOffer).effect, SearchEffect::allow);
  EXPECT_EQ(ruling_on(**safety::load_rulebook({}, 0), kOffer).effect, SearchEffect::allow);
}

}  // namespace
}  // namespace heliograph::app
