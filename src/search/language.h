// Which language a text is in, as far as stemming needs to know.
//
// A post is stemmed in one language: the one its script has a stemmer for, or, in Latin script, the one whose
// commonest words it has most of (English when it has none). A query is a word or two, too short to tell, and
// may be about posts in any language: it is looked up in all the languages of its script (variants.h). Stems
// carry their language, so that German and English words never meet through a stem.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "search/text.h"

namespace heliograph::search {

struct Language {
  std::string_view code;     // ISO 639-1
  std::string_view stemmer;  // what Snowball calls it
};

enum class Script { latin, cyrillic, arabic, armenian, devanagari, tamil, other };

Script script_of(std::string_view word);

Script script_of_language(const Language& language);

// Those with a stemmer.
std::span<const Language> languages_of(Script script);

// Empty: nothing to go by, or no stemmer for it.
std::optional<Language> guess_language(const std::vector<Unit>& units);

}  // namespace heliograph::search
