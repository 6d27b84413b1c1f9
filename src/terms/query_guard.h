// What a search query is answered with: the guarded terms in it, also misspelt, in another alphabet, or as
// they sound. A leaf: `heliograph search-guard` and src/search use this one class.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "terms/term_set.h"

namespace heliograph::terms {

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
  Canonical canonical_;
  TermScratch scratch_;
  std::string key_, word_, joined_;
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
  void check(std::string_view query, GuardScratch& scratch, GuardVerdict& verdict) const;
  const TermSet& set() const { return *set_; }
  // For making the list of ordinary words: the guarded term that `word` would be taken for, or null.
  const Term* taken_for(std::string_view word, GuardScratch& scratch) const;

 private:
  struct Entry {
    std::uint64_t hash;
    std::uint32_t term;
  };
  struct Guarded {
    const Term* term;
    std::u32string letters;
  };

  const Guarded* nearest(std::u32string_view letters, GuardScratch& scratch) const;
  static void sounds(std::u32string_view letters, std::u32string& key);

  std::shared_ptr<const TermSet> set_;
  std::vector<Guarded> guarded_;
  std::vector<Entry> deletions_;         // by hash: each guarded term, and it without one letter
  std::vector<Entry> sounds_;            // by hash of how it sounds
  std::vector<std::uint64_t> ordinary_;  // sorted hashes
};

}  // namespace heliograph::terms
