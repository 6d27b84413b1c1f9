// Text cut into what is indexed and what is searched for; the same for both, so that they meet.
//
// Folding: NFKC with case folding (Unicode's NFKC_Casefold), which makes full-width and ligature forms plain
// and drops invisible characters. Words: ICU's word boundaries (UAX #29), with its dictionaries for Thai,
// Lao, Khmer and Burmese. Chinese, Japanese and Korean are cut into single characters instead: dictionaries
// cut the same characters differently in different surroundings, and a query has other surroundings than the
// post.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::search {

// A word, a single CJK character, or an emoji. UTF-8, folded, at most 64 bytes; what is longer is cut.
struct Unit {
  std::string text;
  bool cjk = false;
  bool joined = false;  // CJK: follows the previous unit, itself CJK, with nothing between them
  int tag = -1;         // index into Analysis::tags when the unit is part of one
};

struct Analysis {
  std::vector<Unit> units;        // in the order of the text
  std::vector<std::string> tags;  // "#hashtag", "$cashtag", "@name", folded
};

// Looks at the first `bytes_max` bytes; invalid UTF-8 counts as blanks. Time and memory are linear in that:
// runs of combining marks are cut to 8. At most `units_max` units.
Analysis analyze(std::string_view text, std::size_t bytes_max, std::size_t units_max);

// The parts of a word that holds punctuation or underscores ("alice_news", "example.com"); empty: it does
// not.
std::vector<std::string_view> parts(std::string_view word);

// A Latin or Greek word without its accents, and Cyrillic ё as е; empty: it has none.
std::string without_accents(std::string_view word);

// Of valid UTF-8.
std::size_t count_characters(std::string_view text);
// The longest beginning of valid UTF-8 that has at most `bytes` bytes and ends between characters.
std::string_view cut(std::string_view text, std::size_t bytes);

}  // namespace heliograph::search
