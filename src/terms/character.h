// What each Unicode character means to the canonical form: how it folds, what it looks like, what it can
// stand for. The table is derived from ICU's data on first use (a few dozen milliseconds) and never changes;
// look-ups are thread-safe and do not allocate.
#pragma once

#include <cstdint>
#include <span>

namespace heliograph::terms {

enum class CharacterKind : std::uint8_t {
  letter,      // letters of all scripts, and the marks that Indic and Thai words cannot be read without
  digit,       // 0-9 after folding
  mark,        // an accent on the letter before it
  space,       // separates words
  separator,   // punctuation and symbols
  substitute,  // a symbol that is written for a letter: @ $ ! | + € £
  emoji,       // pictures
  ignored,     // not seen: zero-width, bidi controls, variation selectors, tags, tatweel, vowel points
};

enum class Script : std::uint8_t { other, latin, cyrillic, greek, arabic, unspaced };

struct Character {
  // How it reads: compatibility-composed and case-folded. Of several characters the first; see expansion().
  char32_t letter = 0;
  // `letter` without accents and regional shapes: é -> e, ł -> l, أ -> ا, ё -> е; й stays.
  char32_t base = 0;
  // The lower-case Latin letter that it looks like, 0 if none. For Latin: itself.
  char32_t latin = 0;
  CharacterKind kind = CharacterKind::ignored;
  Script script = Script::other;
  bool upper = false;
  bool strong = false;            // Cyrillic or Greek that no Latin letter looks like
  std::uint8_t extra = 0;         // how many more letters it expands to (ß, ﬁ, ½)
  std::uint16_t extra_index = 0;  // into the pool behind expansion()
};

// Any code point, also unassigned ones and surrogates.
const Character& character(char32_t code);
// The letters that follow `letter` (each already folded).
std::span<const char32_t> expansion(const Character& c);

// The Cyrillic letter that a lower-case Latin one looks like, 0 if none.
char32_t cyrillic_twin(char32_t latin);

// The letter that a digit or symbol is written for in a word of `script`, 0 if none; '1' is for i or l.
char32_t substitute_letter(char32_t written, Script script);

// Letters and digits that may be written for each other share a class: i l 1 !, b g 6 8 9, a 4 @ ...
char32_t letter_class(char32_t base);

// True for pairs of regional indicators that are the flag of a country.
bool is_flag(char32_t first, char32_t second);

}  // namespace heliograph::terms
