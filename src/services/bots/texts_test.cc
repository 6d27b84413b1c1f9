#include "services/bots/texts.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "safety/policy/policy.h"
#include "services/bots/countries.h"

namespace heliograph::services {
namespace {

using ::testing::ElementsAre;

TEST(BotTexts, FillsWordsInOnce) {
  const auto texts = BotTexts::parse("[en]\nhello = \"{who}, {whom} {and {who}\"\n").value();
  EXPECT_EQ(texts.say("en", "hello", {{"who", "{whom}"}, {"whom", "Bob"}}), "{whom}, Bob {and {whom}");
  EXPECT_EQ(texts.say("xx", "hello", {}), "{who}, {whom} {and {who}");
  EXPECT_EQ(texts.say("en", "nothing"), "");
}

TEST(BotTexts, RefusesFilesThatCannotBeRight) {
  for (const auto* wrong : {"", "[de]\na = \"x\"", "en = 1", "[en]\na = 1", "[en]\na = \"\"", "[en",
                            "[en]\na = \"x\"\n[de]\nb = \"y\""}) {
    const auto texts = BotTexts::parse(wrong);
    ASSERT_FALSE(texts) << wrong;
    EXPECT_EQ(texts.error().code, "BOT_TEXTS_INVALID");
  }
}

// Each {word} of a text, sorted.
std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    words.emplace_back(text.substr(open, text.find('}', open) - open));
  }
  std::ranges::sort(words);
  return words;
}

TEST(BotTexts, AllLanguagesSayTheSame) {
  const auto& texts = BotTexts::built_in();
  EXPECT_THAT(texts.languages(), ElementsAre("ar", "de", "en", "es", "fr", "ru", "uk"));
  const auto english = texts.keys("en");
  for (const auto& language : texts.languages()) {
    EXPECT_EQ(texts.keys(language), english) << language;
    for (const auto& key : english) {
      EXPECT_EQ(words_in(texts.say(language, key)), words_in(texts.say("en", key))) << language << "." << key;
    }
  }
  for (const auto name : terms::kCategoryNames) {
    EXPECT_FALSE(texts.say("en", "category." + std::string(name)).empty()) << name;
  }
}

TEST(Countries, AreKnownByNameAndCode) {
  EXPECT_EQ(country_named("de", "en"), "DE");
  EXPECT_EQ(country_named(" Germany ", "fr"), "DE");
  EXPECT_EQ(country_named("allemagne", "fr"), "DE");
  EXPECT_EQ(country_named("Україна", "uk"), "UA");
  EXPECT_EQ(country_named("Atlantis", "en"), std::nullopt);
  EXPECT_EQ(country_named("", "en"), std::nullopt);
  EXPECT_EQ(country_name("DE", "ru"), "Германия");
  EXPECT_EQ(country_name("??", "en"), "");
}

}  // namespace
}  // namespace heliograph::services
