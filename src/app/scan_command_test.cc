#include "app/scan_command.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace heliograph::app {
namespace {

using nlohmann::json;

std::vector<json> lines(const std::string& text) {
  std::vector<json> all;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) all.push_back(json::parse(line));
  return all;
}

std::vector<json> scan(const std::string& text) {
  std::istringstream in(text);
  std::ostringstream out;
  const auto done = scan_lines({}, in, out);
  EXPECT_TRUE(done) << done.error().message;
  return lines(out.str());
}

TEST(ScanCommand, AnswersEachLineWithAVerdict) {
  const auto out = scan(
      "{\"id\":1,\"text\":\"F@ke p\u0430ssports and counterfeit money for sale, see shop.com\"}\n"
      "{\"id\":\"b\",\"text\":\"See you at dinner.\",\"lang\":\"en\"}\n");
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(out[0]["id"], 1);
  EXPECT_EQ(out[0]["canonical"], "fake passports and counterfeit money for sale, see shop.com");
  EXPECT_GT(out[0]["categories"]["illegal_goods"], 0.8);
  EXPECT_EQ(out[0]["categories"].size(), 11u);
  EXPECT_GE(out[0]["terms"].size(), 2u);
  EXPECT_EQ(out[0]["highlights"].size(), out[0]["terms"].size());
  EXPECT_EQ(out[0]["links"][0]["domain"], "shop.com");
  EXPECT_NE(out[0]["action"], "allow");
  EXPECT_FALSE(out[0]["versions"]["model"].get<std::string>().empty());
  EXPECT_EQ(out[1]["id"], "b");
  EXPECT_EQ(out[1]["action"], "allow");
}

TEST(ScanCommand, ALineThatIsNoneIsAnsweredAndTheRestGoesOn) {
  const auto out = scan(
      "nonsense\n{\"id\":2}\n[]\n{\"id\":3,\"text\":7}\n{\"id\":4,\"text\":\"\\u0000\xff\",\"place\":\"x\"}\n"
      "{\"id\":5,\"text\":\"hello\"}\n\n");
  ASSERT_EQ(out.size(), 6u);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(out[static_cast<std::size_t>(i)].contains("error")) << i;
  EXPECT_EQ(out[5]["action"], "allow");
}

TEST(ScanCommand, GuardsSearches) {
  std::istringstream in(
      "{\"id\":1,\"query\":\"buy c0caine\"}\n{\"id\":2,\"query\":\"pot "
      "roast\"}\n{\"id\":3,\"query\":\"kokain\"}\n");
  std::ostringstream text;
  ASSERT_TRUE(guard_lines({}, in, text));
  const auto out = lines(text.str());
  ASSERT_EQ(out.size(), 3u);
  EXPECT_EQ(out[0]["effect"], "block");
  EXPECT_EQ(out[1]["effect"], "allow");
  EXPECT_TRUE(out[1]["terms"].empty());
  EXPECT_EQ(out[2]["effect"], "interstitial");
}

TEST(ScanCommand, FilesThatCannotBeReadAreNamed) {
  std::istringstream in;
  std::ostringstream out;
  ScanOptions options;
  options.files.policy = "/nowhere/policy.toml";
  const auto done = scan_lines(options, in, out);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("/nowhere/policy.toml"), std::string::npos);
}

}  // namespace
}  // namespace heliograph::app
