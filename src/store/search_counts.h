// What is searched for in public, by day: how often, what it led to, and how often guarded terms were met. It
// holds no account and no time of day; that it holds nothing which only a few people have asked is the
// caller's business (services/discovery/search_watch.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace heliograph::store {

// Days since 1 January 1970, UTC.
using Day = std::int32_t;

// The words of a search, in canonical form.
struct SearchAsked {
  std::string words;
  Day day = 0;
  std::int64_t asked = 0;
};

// What a search for them showed: a channel, person or post, as the ledger names it.
struct SearchLed {
  std::string words;
  std::string subject;
  Day day = 0;
  std::int64_t shown = 0;
};

// A guarded term, as the matcher names it ("guarded/12", "goods/fake passport").
struct TermMet {
  std::string term;
  Day day = 0;
  std::int64_t asked = 0;
  std::int64_t evaded = 0;        // of those: not written as it is
  std::int64_t shown_anyway = 0;  // of those: the results were wanted all the same
  std::int64_t overblocked = 0;   // reports that it stops what it should not
};

class SearchCounts {
 public:
  virtual ~SearchCounts() = default;

  // Each is added to what the day has.
  virtual Status add(const SearchAsked& asked) = 0;
  virtual Status add(const SearchLed& led) = 0;
  virtual Status add(const TermMet& met) = 0;

  // From that day on, of the words.
  virtual Result<std::int64_t> asked(std::string_view words, Day from) = 0;
  // Those with at least `least` in all from that day on, the most first; `day` is the last.
  virtual Result<std::vector<SearchAsked>> most_asked(Day from, std::int64_t least, std::size_t limit) = 0;
  // In all from that day on, the most first.
  virtual Result<std::vector<SearchLed>> led_to(std::string_view words, Day from, std::size_t limit) = 0;
  // Day by day, the first first.
  virtual Result<std::vector<TermMet>> met(std::string_view term, Day from) = 0;

  virtual Status drop_before(Day day) = 0;
};

}  // namespace heliograph::store
