#include "app/rules_in_force.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/clock.h"

namespace heliograph::app {
namespace {

class RulesInForceTest : public ::testing::Test {
 protected:
  RulesInForceTest() {
    write("one", "remove");
    files.policy = file;
    gate.emplace(*safety::load_rulebook(files, 0));
  }
  ~RulesInForceTest() override { std::filesystem::remove(file); }
  void write(const std::string& version, const std::string& effect) {
    std::ofstream(file)
        << "version = \"" << version
        << "\"\nmachine_may = [\"remove\"]\n[[rule]]\nid = \"goods\"\ncategory = \"illegal_goods\"\n"
           "at_least = 0.5\nclause = \"illegal-goods\"\neffect = \""
        << effect << "\"\n";
  }

  const std::string file = ::testing::TempDir() + "rules_in_force_" + std::to_string(::getpid()) + ".toml";
  safety::RulebookFiles files;
  std::optional<safety::Gate> gate;
  services::TermsInForce terms{services::Terms{.version = 1, .text = "Be kind."}};
  ManualClock clock;
};

TEST_F(RulesInForceTest, WhatIsReadAgainHoldsFromThenOn) {
  RulesInForce rules(files, *gate, terms, clock);
  std::string told;
  rules.on_change([&](const safety::Rulebook& book) { told = book.policy->version(); });
  write("two", "review");
  ASSERT_TRUE(rules.read());
  EXPECT_EQ(gate->rulebook()->policy->version(), "two");
  EXPECT_EQ(told, "two");
  EXPECT_EQ(terms.now()->version, gate->rulebook()->rules->version());
  EXPECT_NE(gate->rulebook()->hashes, nullptr) << "lists of hashes stay";
}

TEST_F(RulesInForceTest, WhatIsAtFaultLeavesAllAsItWas) {
  RulesInForce rules(files, *gate, terms, clock);
  const auto before = gate->rulebook();
  write("two", "vanish");
  const auto read = rules.read();
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("effect"), std::string::npos) << read.error().message;
  EXPECT_EQ(gate->rulebook(), before);
  EXPECT_EQ(terms.now()->text, "Be kind.");
}

}  // namespace
}  // namespace heliograph::app
