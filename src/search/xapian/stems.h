// Snowball's stemmers, made when first needed. One for each thread: a stemmer has buffers of its own.
#pragma once

#include <xapian.h>

#include <string>
#include <unordered_map>

#include "search/language.h"

namespace heliograph::search {

class Stems {
 public:
  std::string stem(const Language& language, const std::string& word) {
    auto [found, is_new] = stemmers_.try_emplace(language.code);
    if (is_new) found->second = Xapian::Stem(std::string(language.stemmer));
    return found->second(word);
  }

 private:
  std::unordered_map<std::string_view, Xapian::Stem> stemmers_;
};

}  // namespace heliograph::search
