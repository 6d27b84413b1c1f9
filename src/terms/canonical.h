// The canonical form of a text: what a reader sees, however it was written.
//
//   "B.u.y  w33d"  "Вuу wеed"  "🅱🆄🆈 ᴡᴇᴇᴅ"  "b​u​y weeeeed"   all read "buy weed"
//
// Unicode compatibility forms and case are folded (NFKC_Casefold), characters that are not seen are dropped,
// letters of another alphabet that stand inside a word are read as the word's own (confusables, Unicode TR
// 39, and more), digits and symbols that stand for letters are read as these, letters set apart are joined,
// and repetitions are counted. Ordinary text of any language keeps its words: accents, й, Indic vowel signs,
// alphabets stay what they are.
//
// Three views come out, each with a way back to the bytes of the original:
//   text      as a person would write it, for showing
//   plain     the same without accents, for models
//   letters   one entry a letter, without spaces and punctuation (what stood there is in the flags), with
//             `skeleton`, the same as bytes: what the term automaton runs over
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "terms/character.h"

namespace heliograph::terms {

struct Letter {
  enum Flag : std::uint16_t {
    after_space = 1 << 0,      // the first of the text, or a space or picture stands before it
    after_separator = 1 << 1,  // punctuation stands before it (and no space)
    joined = 1 << 2,           // was set apart: where words end is not known
    substitute = 1 << 3,       // a digit or symbol that may stand for a letter of the class of `base`
    soft_start = 1 << 4,       // a word may begin here: "buyCocaine", "weed420"
    tag = 1 << 5,              // in a #hashtag, @mention or link, where words are run together
    unspaced = 1 << 6,         // of a script that does not separate words
  };

  char32_t letter = 0;      // as it reads
  char32_t base = 0;        // without accents
  char32_t written = 0;     // folded, before it was read as something else
  std::uint32_t begin = 0;  // bytes of the original, [begin, end), repetitions included
  std::uint32_t end = 0;
  std::uint32_t word = 0;  // how many spaces stood before it
  std::uint8_t run = 1;    // how often it is repeated, at most 255
  std::uint8_t width = 0;  // bytes it takes in the skeleton
  std::uint16_t flags = 0;

  bool has(Flag flag) const { return (flags & flag) != 0; }
};

// A character on its way from the original to Letter. For canonicalise() alone.
struct RawCharacter {
  char32_t letter = 0;
  char32_t base = 0;
  char32_t latin = 0;
  char32_t written = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  CharacterKind kind = CharacterKind::space;
  Script script = Script::other;
  bool upper = false;
  bool strong = false;
  bool regional = false;
  bool joined = false;
  bool first_of_word = false;  // joined only: a wider gap stood before it
  std::uint8_t marks = 0;
};

// Reused from text to text: once its buffers have grown, canonicalise() does not allocate.
struct Canonical {
  std::string text;
  std::string plain;
  std::string skeleton;
  std::vector<Letter> letters;
  std::vector<std::uint32_t> letter_at;  // skeleton byte -> index into letters
  std::vector<std::uint32_t> origin_at;  // plain byte -> byte of the original
  std::uint32_t words = 0;
  std::vector<RawCharacter> raw;
};

// Linear in the size of `original`; bytes that are not UTF-8 are left out. At most 4 GiB. Never fails.
// Thread-safe for different `out`.
void canonicalise(std::string_view original, Canonical& out);

}  // namespace heliograph::terms
