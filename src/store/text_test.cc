#include "store/text.h"

#include <gtest/gtest.h>

namespace heliograph::store {
namespace {

bool matches(std::string_view query, std::string_view text) {
  return Matcher(query).matches(text);
}

TEST(Fold, CaseAndCompatibilityForms) {
  EXPECT_EQ(fold("Hello"), "hello");
  EXPECT_EQ(fold("GROẞE Straße"), "grosse strasse");
  EXPECT_EQ(fold("ＡＢＣ"), "abc");
  EXPECT_EQ(fold("ﬁ"), "fi");
  EXPECT_EQ(fold("É"), fold("E\u0301"));
  EXPECT_EQ(fold(""), "");
}

TEST(Matcher, WordsOfTheQueryBeginWordsOfTheText) {
  EXPECT_TRUE(matches("hel wor", "Hello, World!"));
  EXPECT_TRUE(matches("wor hel", "Hello, World!"));
  EXPECT_FALSE(matches("ello", "Hello"));
  EXPECT_FALSE(matches("hello there", "hello"));
  EXPECT_TRUE(matches("ello", "hello (ello)"));  // found later, where a word begins
  EXPECT_TRUE(matches("2024", "on 2024-01-05"));
  EXPECT_TRUE(matches("don't", "I don't know"));
}

TEST(Matcher, NothingAskedMatchesEverything) {
  EXPECT_TRUE(matches("", "x"));
  EXPECT_TRUE(matches("  \t", ""));
}

TEST(Matcher, OnlySignsAreTakenAsTheyAre) {
  EXPECT_TRUE(matches("\U0001f600", "ha\U0001f600"));
  EXPECT_FALSE(matches("\U0001f600", "ha"));
  EXPECT_TRUE(matches("?!", "what?!"));
}

TEST(Matcher, ScriptsWithoutSpaces) {
  EXPECT_TRUE(matches("世界", "你好世界"));
  EXPECT_TRUE(matches("กิน", "ผมกินข้าว"));
  EXPECT_FALSE(matches("ривет", "Привет"));  // Cyrillic has spaces
  EXPECT_TRUE(matches("привет", "ПРИВЕТ"));
}

TEST(Matcher, BrokenTextDoesNoHarm) {
  EXPECT_FALSE(matches("a", "\xff\xfe\xc3"));
  EXPECT_TRUE(matches("a", "\xff a"));
  EXPECT_FALSE(matches("\xed\xa0\x80", "plain"));
}

}  // namespace
}  // namespace heliograph::store
