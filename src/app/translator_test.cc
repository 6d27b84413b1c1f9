#include "app/translator.h"

#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

TEST(TranslatorTest, WhatIsSentHasTheTextAndTheLanguage) {
  EXPECT_EQ(translation_request("a \"b\"", "de", ""),
            R"({"q":"a \"b\"","source":"auto","target":"de","format":"text"})");
  EXPECT_EQ(translation_request("a", "de", "key"),
            R"({"q":"a","source":"auto","target":"de","format":"text","api_key":"key"})");
}

TEST(TranslatorTest, AnAnswerThatSaysNothingIsAnError) {
  EXPECT_EQ(translation_in(200, R"({"translatedText":"Gras"})").value(), "Gras");
  for (const auto* answer : {"", "[]", "{}", R"({"translatedText":7})", "Gras"}) {
    EXPECT_EQ(translation_in(200, answer).error().code, "TRANSLATOR_AWAY") << answer;
  }
  EXPECT_EQ(translation_in(429, "{}").error().code, "TRANSLATOR_AWAY");
}

TEST(TranslatorTest, WithoutAnAddressThereIsNone) {
  EXPECT_EQ(make_translator(config::Config{}), nullptr);
}

}  // namespace
}  // namespace heliograph::app
