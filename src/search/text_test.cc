#include "search/text.h"

#include <gmock/gmock.h>

#include "search/language.h"
#include "search/query.h"

namespace heliograph::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> units(std::string_view text) {
  std::vector<std::string> out;
  for (const auto& unit : analyze(text, 10'000, 1'000).units) out.push_back(unit.text);
  return out;
}

TEST(Text, WordsAreFolded) {
  EXPECT_THAT(units("Hello, WORLD! Don’t stop—now."), ElementsAre("hello", "world", "don't", "stop", "now"));
  EXPECT_THAT(units("ﬁne Ⅷ Straße"), ElementsAre("fine", "viii", "strasse"));
  EXPECT_THAT(units("zero\xe2\x80\x8bwidth"), ElementsAre("zerowidth"));
  EXPECT_THAT(units("3,14 v2.0"), ElementsAre("3,14", "v2.0"));
}

TEST(Text, AddressesStayTogether) {
  EXPECT_THAT(units("@name, write to ann@example.com"),
              ElementsAre("name", "write", "to", "ann@example.com"));
  EXPECT_THAT(parts("ann@example.com"), ElementsAre("ann", "example", "com"));
}

TEST(Text, CjkIsCutIntoCharacters) {
  EXPECT_THAT(units("東京 Tシャツ"), ElementsAre("東", "京", "t", "シ", "ャ", "ツ"));
  const auto analysis = analyze("東京、大阪", 100, 100);
  EXPECT_TRUE(analysis.units[1].joined);
  EXPECT_FALSE(analysis.units[2].joined);  // a comma lies between
}

TEST(Text, ThaiIsCutByDictionary) {
  EXPECT_THAT(units("ยินดีต้อนรับ").size(), ::testing::Ge(2u));
}

TEST(Text, EmojiAreWords) {
  EXPECT_THAT(units("go 🚀🚀 👍🏽"), ElementsAre("go", "🚀", "🚀", "👍"));
}

TEST(Text, Tags) {
  EXPECT_THAT(analyze("#Tag ##no a#no #1 #日本 $ABC $ab1 @Name x@y.z ＃wide", 1000, 100).tags,
              ElementsAre("#tag", "#日本", "$abc", "$ab1", "@name", "#wide"));
}

TEST(Text, Parts) {
  EXPECT_THAT(parts("example.com"), ElementsAre("example", "com"));
  EXPECT_THAT(parts("plain"), IsEmpty());
}

TEST(Text, Accents) {
  EXPECT_EQ(without_accents("crème"), "creme");
  EXPECT_EQ(without_accents("άλφα"), "αλφα");
  EXPECT_EQ(without_accents("ёж"), "еж");
  EXPECT_EQ(without_accents("йод"), "");    // a letter of its own
  EXPECT_EQ(without_accents("हिन्दी"), "");  // vowels, not accents
  EXPECT_EQ(without_accents("plain"), "");
}

TEST(Text, Languages) {
  const auto code = [](std::string_view text) {
    const auto found = guess_language(analyze(text, 1'000, 100).units);
    return found ? std::string(found->code) : "";
  };
  EXPECT_EQ(code("the news of the day"), "en");
  EXPECT_EQ(code("die Nachrichten sind nicht gut"), "de");
  EXPECT_EQ(code("las noticias de hoy son para el pueblo"), "es");
  EXPECT_EQ(code("les nouvelles du jour sont dans le journal"), "fr");
  EXPECT_EQ(code("новости дня"), "ru");
  EXPECT_EQ(code("أخبار اليوم"), "ar");
  EXPECT_EQ(code("今日のニュース"), "");
  EXPECT_EQ(code("Bitcoin"), "en");  // nothing to go by
  EXPECT_EQ(code("123"), "");
}

TEST(Query, Clauses) {
  using Kind = Clause::Kind;
  EXPECT_THAT(parse("two wor"),
              ElementsAre(Clause{Kind::word, {"two"}, {}}, Clause{Kind::prefix, {"wor"}, {}}));
  EXPECT_THAT(parse("two wor "),
              ElementsAre(Clause{Kind::word, {"two"}, {}}, Clause{Kind::word, {"wor"}, {}}));
  EXPECT_THAT(parse("a a a "), ElementsAre(Clause{Kind::word, {"a"}, {}}));
  EXPECT_THAT(parse("\"two words\" x"), ElementsAre(Clause{Kind::phrase, {"two", "words"}, {false, false}},
                                                    Clause{Kind::word, {"x"}, {}}));
  EXPECT_THAT(parse("#tag"), ElementsAre(Clause{Kind::tag, {"#tag"}, {}}));
  EXPECT_THAT(parse("東京 大"), ElementsAre(Clause{Kind::cjk, {"東", "京"}, {false, true}},
                                            Clause{Kind::cjk, {"大"}, {false}}));
  EXPECT_THAT(parse("  ?! "), IsEmpty());
}

}  // namespace
}  // namespace heliograph::search
