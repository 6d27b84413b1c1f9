// Why a text was found to be what it was found to be, for people who decide: where terms stand in it, and
// which words weighed most in the first-stage model's judgement.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "safety/scan/scanner.h"

namespace heliograph::safety {

struct TermSpan {
  std::uint32_t begin = 0, end = 0;  // bytes of the text
  std::string term;                  // its id
};

struct Weighed {
  std::string text;   // a word of it
  double weight = 0;  // how much surer (in log-odds) the model is with it than without it
};

// As the scan reads it.
std::string canonical_text(std::string_view text);
// Of all terms in force, in the order of the text.
std::vector<TermSpan> terms_in(const Rulebook& book, std::string_view text);
// Each word is left out once, and the rest judged again: heaviest first, at most `most`, of the first
// `words_weighed` different words. Words that hardly matter are not among them.
std::vector<Weighed> weigh_words(const Model& model, std::string_view text, terms::Category category,
                                 std::size_t most);
inline constexpr std::size_t words_weighed = 40;

}  // namespace heliograph::safety
