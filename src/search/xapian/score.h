// How a hit's score is made. Scores are whole numbers of small units, so that adding them up gives the same
// in whichever order Xapian does it, and a page can go on exactly where the last one ended.
//
//   score = for each clause: rarity * frequency in the post, best of its forms (word 1, without accents 0.8,
//           stem 0.6, beginning 0.5)
//         + recency (2 points at most, halved every 45 days) + size (1.5 at most) + verified (0.4)
//         + long standing (0.4 at most: half of it at half a year, all of it from four years on)
//
// Rarity is the usual logarithm of how few documents have the clause; frequency is BM25's with a fixed
// average length, in which a word said twice is as good as one said twenty times. A rare word brings 10 to 15
// points, a common one 1 or less: so recency, size and who says it decide among posts that match alike, and
// hardly otherwise. Long standing grows with the logarithm of the age: the first months, in which most of
// what is made to deceive is found out, count as much as all the years after them. It counts no more than
// verification, for age can be bought.
#pragma once

#include <xapian.h>

#include <cstdint>

#include "base/clock.h"
#include "search/document.h"

namespace heliograph::search {

constexpr double score_unit = 1.0 / 256;
constexpr std::int32_t score_bits = 21;
constexpr std::int32_t score_max = (1 << score_bits) - 1;

// In units.
std::int32_t recency_score(UnixSeconds date, UnixSeconds now);
std::uint16_t standing_score(const Standing& standing);  // size and verification
// `since`: Facts::since. What is not known, or made in the future, has none.
std::int32_t age_score(std::uint16_t since, UnixSeconds now);
std::uint16_t day_of(UnixSeconds time);  // counted from 1970, as Facts have it; 0: none

// `found` of `all` documents have it.
double rarity(std::uint64_t found, std::uint64_t all);

// The frequency part; the rarity comes in as the factor that the query is scaled with. In units.
class WordWeight final : public Xapian::Weight {
 public:
  WordWeight();
  WordWeight* clone() const override { return new WordWeight; }
  void init(double factor) override { factor_ = factor; }
  double get_sumpart(Xapian::termcount wdf, Xapian::termcount length, Xapian::termcount) const override;
  double get_maxpart() const override;
  double get_sumextra(Xapian::termcount, Xapian::termcount) const override { return 0; }
  double get_maxextra() const override { return 0; }

 private:
  double factor_ = 0;
};

}  // namespace heliograph::search
