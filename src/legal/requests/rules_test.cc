#include "legal/requests/rules.h"

#include <gmock/gmock.h>

namespace heliograph::legal {
namespace {

using ::testing::HasSubstr;

std::string built_in(std::string_view name) {
  for (const auto& file : built_in_jurisdictions()) {
    if (file.name == name) return std::string(file.text);
  }
  return {};
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

TEST(Jurisdictions, ThoseThatTheProgramCarriesAreRead) {
  const auto all = Jurisdictions::built_in();
  EXPECT_EQ(all->of_country("DE").name, "eu");
  EXPECT_EQ(all->of_country("US").name, "us");
  EXPECT_EQ(all->of_country("GB").name, "uk");
  EXPECT_EQ(all->of_country("DK").name, "elsewhere");
  EXPECT_EQ(all->of_country("ZZ").name, "elsewhere");
  const auto* epoc = all->find("eu")->find(Type::epoc);
  ASSERT_NE(epoc, nullptr);
  EXPECT_EQ(epoc->answer_hours, 240);
  EXPECT_TRUE(epoc->may_issue("prosecutor", ""));
  EXPECT_FALSE(epoc->may_issue("police", ""));
  EXPECT_TRUE(epoc->may_issue("police", "judge"));
  EXPECT_EQ(all->find("us")->find(Type::epoc), nullptr);
  EXPECT_EQ(all->find("elsewhere")->find(Type::production), nullptr);
}

TEST(Jurisdictions, EachGateCitesWhatItImplements) {
  for (const auto& one : Jurisdictions::built_in()->all()) {
    for (const auto& [type, rules] : one.types) {
      EXPECT_FALSE(rules.cites.empty()) << one.name;
      EXPECT_EQ(rules.gates.size(), discloses(type) ? 4U : 2U) << one.name << " " << name(type);
      for (const auto& [gate, needs] : rules.gates) EXPECT_FALSE(needs.cites.empty()) << one.name;
    }
  }
}

TEST(Jurisdictions, NoFileLowersTheFloor) {
  const auto refused = [](const std::string& text) {
    const auto read = read_jurisdiction({"eu.toml", text});
    return read ? std::string() : read.error().message;
  };
  const auto eu = built_in("eu.toml");
  EXPECT_EQ(refused(eu), "");
  EXPECT_THAT(refused(replaced(eu, R"("breach", )", "")), HasSubstr("must need breach at the gate suspect"));
  EXPECT_THAT(refused(replaced(eu, R"("suspicion", "breach", "clause", "analysis")", R"("clause")")),
              HasSubstr("must need suspicion"));
  EXPECT_THAT(refused(replaced(eu, R"(["second_opinion", "no_conflict"])", "[]")),
              HasSubstr("second_opinion"));
  EXPECT_THAT(refused(replaced(eu, "confirm_hours = 48", "confirm_hours = 480")), HasSubstr("at most 48"));
  EXPECT_THAT(refused(replaced(eu, "period_days_most = 366", "period_days_most = 3660")),
              HasSubstr("0 to 366"));
  EXPECT_THAT(refused(replaced(eu, R"(needs = ["call_back", "number_source", "signature"])",
                               R"(needs = ["signature"])")),
              HasSubstr("must need call_back"));
}

TEST(Jurisdictions, MistakesAreNamedWithTheirLine) {
  const auto refused = [](const std::string& text) {
    const auto read = read_jurisdiction({"eu.toml", text});
    return read ? std::string() : read.error().message;
  };
  const auto eu = built_in("eu.toml");
  EXPECT_THAT(refused(replaced(eu, R"("AT", )", R"("Austria", )")), HasSubstr("eu.toml:5"));
  EXPECT_THAT(refused(replaced(eu, "[type.epoc]", "[type.epos]")), HasSubstr("epos is no type"));
  EXPECT_THAT(refused(replaced(eu, R"("signature", "channel")", R"("signature", "analysis")")),
              HasSubstr("cannot need"));
  EXPECT_THAT(refused("title = "), HasSubstr("eu.toml:1"));
  EXPECT_THAT(refused("\xff"), HasSubstr("eu.toml"));
  EXPECT_THAT(refused(std::string(300'000, '#')), HasSubstr("larger"));
}

TEST(Jurisdictions, EveryCountryHasOneAndOnlyOne) {
  const auto eu = built_in("eu.toml");
  const JurisdictionFile once[] = {{"eu.toml", eu}};
  EXPECT_THAT(Jurisdictions::read(once).error().message, HasSubstr("no countries"));
  const JurisdictionFile twice[] = {{"eu.toml", eu}, {"eu2.toml", eu}};
  EXPECT_THAT(Jurisdictions::read(twice).error().message, HasSubstr("same countries"));
}

}  // namespace
}  // namespace heliograph::legal
