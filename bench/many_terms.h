// A list of terms as long as an operator might have, of words that nobody writes.
#pragma once

#include <random>
#include <string>

#include "terms/term.h"

namespace heliograph::bench {

inline std::string made_up_word(std::mt19937& random) {
  constexpr std::string_view kLetters = "etaoinshrdlucmfwypvbgkqjxzeeaaoottiinn";
  std::string word;
  for (auto n = 5 + random() % 8; n > 0; --n) word += kLetters[random() % kLetters.size()];
  return word;
}

inline terms::TermList many_terms(std::size_t count, std::mt19937& random) {
  terms::TermList list;
  list.name = "many";
  list.version = "bench";
  for (std::size_t i = 0; i < count; ++i) {
    terms::Term term;
    term.text = made_up_word(random) + (i % 3 == 0 ? " " + made_up_word(random) : "");
    term.id = "many/" + std::to_string(i);
    term.category = terms::Category::spam;
    term.effect = terms::SearchEffect::demote;
    list.terms.push_back(std::move(term));
  }
  return list;
}

}  // namespace heliograph::bench
