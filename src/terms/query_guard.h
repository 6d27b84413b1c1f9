// What a search query is answered with: the guarded terms in it, also misspelt, in another alphabet, set
// apart by signs and pictures, in digits, or as they sound. A leaf: `heliograph search-guard` and src/search
// use this one class.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "terms/neighbours.h"
#include "terms/term_set.h"

namespace heliograph::terms {

// Who asks. A term that is for some countries or for a language alone holds for those who ask from there, or
// whose client speaks it.
struct Asker {
  std::string country;   // ISO 3166, "DE"; empty: not known, and no term of countries holds
  std::string language;  // of the client, "de"; empty: not known, and terms of all languages hold
};
bool holds_for(const Term& term, const Asker& asker);

struct GuardVerdict {
  SearchEffect effect = SearchEffect::allow;  // allow, demote, interstitial or block
  std::vector<TermHit> hits;                  // those that guard; places are of `read_as`
  std::string read_as;                        // the query, misspellings put right
};

// One a thread.
class GuardScratch {
 public:
  GuardScratch() = default;

 private:
  friend class QueryGuard;
  struct Word {
    std::u32string letters;
    std::string text;  // as it was written
  };
  Canonical canonical_;
  TermScratch scratch_;
  std::vector<Word> words_;
  std::vector<TermHit> hits_;
};

// Immutable; any number of threads may check, each with its own scratch.
class QueryGuard {
 public:
  // `ordinary`: words that are close to a guarded one and mean something else (heroine, grasses), a line
  // each, as a person writes them.
  static std::shared_ptr<const QueryGuard> build(std::shared_ptr<const TermSet> set,
                                                 std::string_view ordinary, UnixSeconds now);

  // Queries longer than 1 KiB are judged by their beginning.
  void check(std::string_view query, const Asker& asker, GuardScratch& scratch, GuardVerdict& verdict) const;
  // For an asker of whom nothing is known.
  void check(std::string_view query, GuardScratch& scratch, GuardVerdict& verdict) const {
    check(query, {}, scratch, verdict);
  }
  const TermSet& set() const { return *set_; }
  // For making the list of ordinary words: what `word` would be taken for, a guarded term or a word of one;
  // empty for what it is itself, and for what is near none.
  std::string taken_for(std::string_view word, GuardScratch& scratch) const;

 private:
  struct Spelling {
    std::string text;  // what is put in its place
    const Term* term;
  };
  class Judge;

  void add(const Term& term, Canonical& canonical);
  std::uint32_t nearest(const Neighbours& among, std::u32string_view letters) const;

  std::shared_ptr<const TermSet> set_;
  std::vector<Spelling> spellings_;
  Neighbours whole_{Neighbours::Care::strict};  // terms; of several words run together
  Neighbours parts_{Neighbours::Care::loose};   // words of terms that have several
  std::vector<std::uint64_t> ordinary_;         // sorted hashes
};

}  // namespace heliograph::terms
