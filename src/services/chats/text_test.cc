#include "services/chats/text.h"

#include <gtest/gtest.h>

namespace heliograph::services {
namespace {

Entity mark(EntityKind kind, std::int32_t offset, std::int32_t length, std::string text = {}) {
  Entity entity;
  entity.kind = kind;
  entity.offset = offset;
  entity.length = length;
  entity.text = std::move(text);
  return entity;
}
std::string_view refusal(std::string text, std::vector<Entity> entities = {}) {
  const auto result = format_text(std::move(text), std::move(entities));
  return result ? "" : result.error().code;
}
// What was found, as "kind:text" would be too long to read: only the marked texts of one kind.
std::vector<std::string> found(std::string_view text, EntityKind kind) {
  std::vector<std::string> out;
  for (const auto& entity : find_entities(text)) {
    if (entity.kind != kind) continue;
    const auto begin = utf16_to_byte(text, static_cast<std::size_t>(entity.offset));
    const auto end = utf16_to_byte(text, static_cast<std::size_t>(entity.offset + entity.length));
    out.emplace_back(text.substr(begin, end - begin));
  }
  return out;
}
using Texts = std::vector<std::string>;

TEST(Text, BlanksAtBothEndsGoAndMarksFollow) {
  const auto result = format_text("  \n hello world \t", {mark(EntityKind::bold, 4, 5)}).value();
  EXPECT_EQ(result.text, "hello world");
  ASSERT_EQ(result.entities.size(), 1U);
  EXPECT_EQ(result.entities[0], mark(EntityKind::bold, 0, 5));
}

TEST(Text, NothingLeftIsEmpty) {
  EXPECT_EQ(refusal(""), "MESSAGE_EMPTY");
  EXPECT_EQ(refusal(" \n\t "), "MESSAGE_EMPTY");
  EXPECT_EQ(refusal("\u200b"), "MESSAGE_EMPTY");
}

TEST(Text, LengthIsCountedInUtf16AfterTrimming) {
  EXPECT_EQ(refusal(std::string(4096, 'a')), "");
  EXPECT_EQ(refusal("  " + std::string(4096, 'a') + "  "), "");
  EXPECT_EQ(refusal(std::string(4097, 'a')), "MESSAGE_TOO_LONG");
  std::string emoji;  // two units each
  for (int i = 0; i < 2048; ++i) emoji += "😀";
  EXPECT_EQ(refusal(emoji), "");
  EXPECT_EQ(refusal(emoji + "a"), "MESSAGE_TOO_LONG");
}

TEST(Text, ControlCharactersAreBlanksAndCarriageReturnsGo) {
  const auto result = format_text(
                          "a\r\nb\x01"
                          "c",
                          {mark(EntityKind::italic, 3, 1)})
                          .value();
  EXPECT_EQ(result.text, "a\nb c");
  EXPECT_EQ(result.entities[0], mark(EntityKind::italic, 2, 1));
}

TEST(Text, WhatIsNotUtf8IsRefused) {
  EXPECT_EQ(refusal("\xff\xfe"), "MESSAGE_INVALID");
  EXPECT_EQ(refusal("\xed\xa0\x80"), "MESSAGE_INVALID");  // a lone surrogate
}

TEST(Text, MarksOutsideTheTextAreRefused) {
  EXPECT_EQ(refusal("hello", {mark(EntityKind::bold, -1, 2)}), "ENTITY_BOUNDS_INVALID");
  EXPECT_EQ(refusal("hello", {mark(EntityKind::bold, 0, -2)}), "ENTITY_BOUNDS_INVALID");
  EXPECT_EQ(refusal("hello", {mark(EntityKind::bold, 6, 1)}), "ENTITY_BOUNDS_INVALID");
  EXPECT_EQ(refusal("a😀b", {mark(EntityKind::bold, 2, 1)}), "ENTITY_BOUNDS_INVALID");  // inside a character
  EXPECT_EQ(refusal("hello", {mark(EntityKind::bold, 2147483647, 2147483647)}), "ENTITY_BOUNDS_INVALID");
}

TEST(Text, AMarkThatReachesTooFarIsCut) {
  const auto result =
      format_text("hello", {mark(EntityKind::bold, 3, 100), mark(EntityKind::italic, 1, 0)}).value();
  EXPECT_EQ(result.entities, (std::vector{mark(EntityKind::bold, 3, 2)}));
}

TEST(Text, CodeHoldsNoOtherMarks) {
  const auto result =
      format_text("see @somebody here", {mark(EntityKind::pre, 0, 18), mark(EntityKind::bold, 4, 9)}).value();
  EXPECT_EQ(result.entities, (std::vector{mark(EntityKind::pre, 0, 18)}));
}

TEST(Text, HiddenLinksMustBeLinks) {
  const auto result =
      format_text("one two three four", {mark(EntityKind::text_url, 0, 3, "example.org"),
                                         mark(EntityKind::text_url, 4, 3, "javascript:alert(1)"),
                                         mark(EntityKind::text_url, 8, 5, "https://example.org/x"),
                                         mark(EntityKind::text_url, 14, 4, "nothing")})
          .value();
  ASSERT_EQ(result.entities.size(), 2U);
  EXPECT_EQ(result.entities[0].text, "http://example.org");
  EXPECT_EQ(result.entities[1].text, "https://example.org/x");
  EXPECT_TRUE(result.has_link);
}

TEST(Text, NoMoreThanAHundredMarksAreKept) {
  std::vector<Entity> many;
  for (int i = 0; i < 300; ++i) many.push_back(mark(EntityKind::bold, i, 1));
  EXPECT_EQ(format_text(std::string(300, 'a'), many)->entities.size(), 100U);
  EXPECT_EQ(refusal("hello", {mark(EntityKind::pre, 0, 2, std::string(3000, 'x'))}), "ENTITIES_TOO_LONG");
}

TEST(Text, FindsLinks) {
  EXPECT_EQ(found("see https://example.org/a?b=c#d, or example.com.", EntityKind::url),
            (Texts{"https://example.org/a?b=c#d", "example.com"}));
  EXPECT_EQ(found("(https://en.example.org/wiki/A_(b)) x", EntityKind::url),
            (Texts{"https://en.example.org/wiki/A_(b)"}));
  EXPECT_EQ(found("HTTP://EXAMPLE.ORG:8080/x ünïcode.de", EntityKind::url),
            (Texts{"HTTP://EXAMPLE.ORG:8080/x", "ünïcode.de"}));
  EXPECT_EQ(found("e.g. this, 3.14 or file.txt... no", EntityKind::url), Texts{});
  EXPECT_TRUE(format_text("example.org", {})->has_link);
  EXPECT_FALSE(format_text("me@example.org", {})->has_link);
}

TEST(Text, FindsPeopleTagsCommandsAndNumbers) {
  EXPECT_EQ(found("@ada and @bob_99, not a@b or @x", EntityKind::mention), (Texts{"@ada", "@bob_99"}));
  EXPECT_EQ(found("#news #straße #1 #2x a#b", EntityKind::hashtag), (Texts{"#news", "#straße", "#2x"}));
  EXPECT_EQ(found("/start /help@some_bot, not a/b or //x", EntityKind::bot_command),
            (Texts{"/start", "/help@some_bot"}));
  EXPECT_EQ(found("$USD and $usd and 5$", EntityKind::cashtag), (Texts{"$USD"}));
  EXPECT_EQ(found("mail me@example.org or x+y.z@sub.example.com!", EntityKind::email),
            (Texts{"me@example.org", "x+y.z@sub.example.com"}));
  EXPECT_EQ(found("call +12025550123 now", EntityKind::phone), (Texts{"+12025550123"}));
}

TEST(Text, PlacesAreUtf16Units) {
  const auto entities = find_entities("😀 @ada");
  ASSERT_EQ(entities.size(), 1U);
  EXPECT_EQ(entities[0], mark(EntityKind::mention, 3, 4));
}

// Text chosen to make a careless finder look at everything again and again.
TEST(Text, HostileTextTakesNoLongerThanOther) {
  for (const std::string_view piece : {"a.", "a@", "#", "http://", "a@a.", "@a", "/", "+1"}) {
    std::string text;
    while (text.size() + piece.size() <= 4096) text += piece;
    EXPECT_TRUE(format_text(text, {})) << piece;
  }
}

}  // namespace
}  // namespace heliograph::services
