// A term: words that mean something to the platform's rules, and when they do. Term lists are files of terms.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "terms/category.h"

namespace heliograph::terms {

enum class MatchKind : std::uint8_t {
  word,       // one or more whole words; "drug*" takes any ending. `phrase` in a file means the same
  substring,  // anywhere, also inside words
  regex,      // over Canonical::plain; bounded repeats only
};

enum class TermState : std::uint8_t { proposed, active, retired };

// What a search for the term is answered with. `allow` is stronger than the rest: what lies inside an allowed
// phrase ("pot roast") is not matched.
enum class SearchEffect : std::uint8_t { none, allow, demote, interstitial, block };

std::string_view name(SearchEffect effect);
std::optional<SearchEffect> search_effect_of(std::string_view text);

struct Term {
  std::string id;    // unique: "<list>/<text>" unless the file gives one
  std::string text;  // as written by its author
  MatchKind kind = MatchKind::word;
  std::optional<Category> category;  // none: a cue or an allowed phrase
  std::string group;                 // a cue: what near= and not_near= of other terms speak of
  std::vector<std::string> near;     // matches only within `window` words of a cue of one of these groups
  std::vector<std::string> not_near;
  int window = 8;
  double score = 0.9;  // how sure the category is, 0 to 1
  SearchEffect effect = SearchEffect::none;
  std::string locale;                  // BCP 47 language, empty: any
  std::vector<std::string> countries;  // ISO 3166 of the searcher, empty: any
  std::string source;
  std::optional<UnixSeconds> expires;  // not matched from then on
  TermState state = TermState::active;
  std::uint32_t line = 0;
};

struct TermList {
  std::string name;     // the file's, without folder and ending
  std::string version;  // as the file says
  std::vector<Term> terms;
};

// Reads a list. The format is described in docs/terms.md:
//
//   version: 2026-11-01
//   category: illegal_goods        # a line "key: value" holds for all terms after it
//   cocaine
//   snow :: near=sale,contact not_near=weather window=6
//   /\bg(ram)? ?[0-9]{1,3}\b/
//
// All complaints at once, each with file, line and reason (TERMS_INVALID): the caller keeps the list it had.
Result<TermList> parse_terms(std::string_view text, std::string_view file_name);
Result<TermList> load_terms(const std::filesystem::path& file);
// All *.terms of a folder, by name.
Result<std::vector<TermList>> load_term_folder(const std::filesystem::path& folder);

// Why a regular expression is refused (an unbounded repeat, too wide, not understood), nothing if it is fine.
std::optional<std::string> regex_fault(std::string_view expression);

}  // namespace heliograph::terms
