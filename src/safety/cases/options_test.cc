#include "safety/cases/options.h"

#include <gmock/gmock.h>

#include "safety/scan/built_in.h"

namespace heliograph::safety {
namespace {

using ::testing::HasSubstr;

TEST(ReportOptionsTest, TheShippedTreeLeadsFromPlainWordsToACategory) {
  const auto shipped = ReportOptions::parse(built_in_report_options(), "rules/report-options.toml");
  ASSERT_TRUE(shipped) << shipped.error().message;
  const auto& tree = **shipped;
  EXPECT_GE(tree.under("").size(), 8U);
  const auto* goods = tree.find("goods");
  ASSERT_NE(goods, nullptr);
  EXPECT_FALSE(goods->category);
  EXPECT_EQ(tree.find("goods/drugs")->category, terms::Category::illegal_goods);
  EXPECT_EQ(tree.find("spam")->comment, CommentWish::none);
  EXPECT_EQ(tree.find("nothing"), nullptr);
  EXPECT_EQ(tree.find(""), nullptr);
}

TEST(ReportOptionsTest, WhatIsWrongIsSaidWithItsLine) {
  const auto complaint = [](std::string_view toml) {
    const auto tree = ReportOptions::parse(toml, "x.toml");
    return tree ? std::string() : tree.error().message;
  };
  EXPECT_THAT(complaint("version = \"1\"\ntitle = \"?\"\n"), HasSubstr("there is no [[option]]"));
  const std::string head = "version = \"1\"\ntitle = \"?\"\n";
  EXPECT_THAT(complaint(head + "[[option]]\npath = \"A b\"\ntext = \"x\"\ncategory = \"spam\"\n"),
              HasSubstr("x.toml:3: path must be"));
  EXPECT_THAT(complaint(head + "[[option]]\npath = \"a/b\"\ntext = \"x\"\ncategory = \"spam\"\n"),
              HasSubstr("nothing above has the path \"a\""));
  EXPECT_THAT(complaint(head + "[[option]]\npath = \"a\"\ntext = \"x\"\ncategory = \"fun\"\n"),
              HasSubstr("category \"fun\" is not known"));
  EXPECT_THAT(complaint(head + "[[option]]\npath = \"a\"\ntext = \"x\"\n"),
              HasSubstr("\"a\" must have a title"));
  EXPECT_THAT(
      complaint(head + "[[option]]\npath = \"a\"\ntext = \"x\"\ncategory = \"spam\"\ncolour = \"red\"\n"),
      HasSubstr("colour is not known"));
  EXPECT_THAT(complaint("version = "), HasSubstr("x.toml:1"));
}

}  // namespace
}  // namespace heliograph::safety
