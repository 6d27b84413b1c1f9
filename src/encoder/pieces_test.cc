#include "encoder/pieces.h"

#include <gmock/gmock.h>

#include "encoder/testing_weights.h"

namespace heliograph::encoder {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::SizeIs;

// A vocabulary as it stands in a file: after the four special ones these pieces, 4 and up.
Bytes vocabulary(const std::vector<std::pair<std::string, float>>& pieces, ByteView read_as = {},
                 std::uint32_t read_as_count = 0) {
  std::vector<std::pair<std::string, float>> all{{"<s>", 0}, {"<pad>", 0}, {"</s>", 0}, {"<unk>", 0}};
  all.insert(all.end(), pieces.begin(), pieces.end());
  Bytes file, starts, scores, letters;
  for (const auto& [text, score] : all) {
    append_le(starts, static_cast<std::uint32_t>(letters.size()));
    append_le(scores, score);
    append(letters, as_bytes(text));
  }
  append_le(starts, static_cast<std::uint32_t>(letters.size()));
  append_le(file, static_cast<std::uint32_t>(all.size()));
  for (const std::uint32_t special : {0, 2, 1, 3}) append_le(file, special);
  append_le(file, static_cast<std::uint64_t>(letters.size()));
  append(file, starts);
  append(file, scores);
  append(file, letters);
  append_le(file, read_as_count);
  append_le(file, static_cast<std::uint32_t>(read_as.size()));
  append(file, read_as);
  return file;
}

Pieces pieces(const Bytes& file) {
  Reader in{file};
  auto read = Pieces::read(in);
  EXPECT_TRUE(in.ok);
  return read;
}

TEST(Pieces, OfAllWaysToCutTheLikeliestIsTaken) {
  const auto few = pieces(
      vocabulary({{"\u2581", -2}, {"\u2581a", -3}, {"ab", -3}, {"b", -1}, {"a", -9}, {"\u2581ab", -8}}));
  EXPECT_THAT(few.cut("ab", 10), ElementsAre(5, 7))
      << "-4: less likely are the whole word, and a mark and \"ab\"";
  EXPECT_THAT(few.cut("  ab   b ", 10), ElementsAre(5, 7, 4, 7)) << "spaces are one, and none at the ends";
  EXPECT_THAT(few.cut("abb", 2), SizeIs(2));
  EXPECT_THAT(few.cut("", 10), SizeIs(0));
}

TEST(Pieces, WhatNoPieceHoldsIsOneUnknown) {
  const auto few = pieces(vocabulary({{"\u2581", -2}, {"b", -1}}));
  EXPECT_THAT(few.cut("xyzb\xff\xc3", 10), ElementsAre(4, Pieces::kUnknown, 5, Pieces::kUnknown));
}

TEST(Pieces, CharactersAreReadAsOthers) {
  Bytes read_as;
  append_le(read_as, std::uint32_t{0xfb01});  // the ligature fi
  read_as.push_back(2);
  append_le(read_as, std::uint32_t{'f'});
  append_le(read_as, std::uint32_t{'i'});
  append_le(read_as, std::uint32_t{0x200b});  // zero width space: nothing
  read_as.push_back(0);
  const auto few = pieces(vocabulary({{"\u2581fi", -2}, {"n", -1}}, read_as, 2));
  EXPECT_THAT(few.cut("\ufb01\u200bn", 10), ElementsAre(4, 5));
}

TEST(Pieces, ADamagedVocabularyIsRefusedWhereverItEnds) {
  const auto whole = vocabulary({{"\u2581a", -1}, {"b", -2}});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Reader in{ByteView(whole).first(size)};
    static_cast<void>(Pieces::read(in));
    EXPECT_FALSE(in.ok) << size;
  }
  auto other = whole;
  other[28 + 2] = 0xff;  // a piece that begins beyond all letters
  Reader in{other};
  static_cast<void>(Pieces::read(in));
  EXPECT_FALSE(in.ok);
}

// Numbers of XLM-RoBERTa's own tokenizer, as fairseq's examples and tests of xlmr.encode() state them.
TEST(Pieces, AreThoseOfTheReference) {
  const auto encoder = encoder_for_tests();
  ASSERT_TRUE(encoder);
  const auto cut = [&](const char* text) {
    auto tokens = encoder->windows(text).front();
    // "query: " stands before every text.
    EXPECT_EQ((Tokens{tokens.begin(), tokens.begin() + 4}), (Tokens{Pieces::kBegin, 41, 1294, 12}));
    EXPECT_EQ(tokens.back(), Pieces::kEnd);
    return Tokens(tokens.begin() + 4, tokens.end() - 1);
  };
  EXPECT_THAT(cut("Hello world!"), ElementsAre(35378, 8999, 38));
  EXPECT_THAT(cut("你好，世界"), ElementsAre(6, 124084, 4, 3221));
  EXPECT_THAT(cut("नमस्ते दुनिया"), ElementsAre(68700, 97883, 29405));
  EXPECT_THAT(cut("مرحبا بالعالم"), ElementsAre(665, 193478, 258, 1705, 77796));
  EXPECT_THAT(cut("Bonjour le monde"), ElementsAre(84602, 95, 11146));
}

TEST(Pieces, ALongTextIsReadInWindowsAndNotForEver) {
  const auto encoder = encoder_for_tests();
  ASSERT_TRUE(encoder);
  EXPECT_THAT(encoder->windows(""), SizeIs(1));
  std::string text;
  for (int i = 0; i < 300; ++i) text += "word ";
  const auto two = encoder->windows(text);
  ASSERT_THAT(two, SizeIs(2));
  EXPECT_THAT(two[0], SizeIs(Encoder::kWindowTokens));
  EXPECT_EQ(two[0].size() + two[1].size(), 300u + 2 * 5) << "no word is lost between them";
  text.assign(1 << 20, 'x');
  EXPECT_THAT(encoder->windows(text), SizeIs(testing::Le(Encoder::kWindowsMax)));
}

}  // namespace
}  // namespace heliograph::encoder
