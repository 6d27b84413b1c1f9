#include "search/xapian/score.h"

#include <algorithm>
#include <cmath>

namespace heliograph::search {

namespace {

constexpr double recency_most = 2.0;
constexpr double recency_half_life = 45.0 * 86'400;
constexpr double size_most = 1.5;
constexpr double size_doublings = 24;  // 16 million members have all of it
constexpr double verified_bonus = 0.4;

// BM25's; posts are short and differ little, so length weighs little.
constexpr double k1 = 1.2;
constexpr double b = 0.3;
constexpr double usual_length = 40;
// A word that is said more often counts no more: stuffing a post with it does not pay. It also keeps the most
// that a word can bring close to what it mostly brings, so that searches know early when they are done.
constexpr Xapian::termcount times_most = 2;

}  // namespace

std::int32_t recency_score(UnixSeconds date, UnixSeconds now) {
  if (date <= 0) return 0;
  const auto age = static_cast<double>(std::max<UnixSeconds>(now - date, 0));
  return static_cast<std::int32_t>(
      std::lround(recency_most * std::exp2(-age / recency_half_life) / score_unit));
}

std::uint16_t standing_score(const Standing& standing) {
  const auto members = static_cast<double>(std::max<std::int64_t>(standing.members, 0));
  const auto size = std::min(std::log2(1 + members) / size_doublings, 1.0) * size_most;
  return static_cast<std::uint16_t>(
      std::lround((size + (standing.verified ? verified_bonus : 0)) / score_unit));
}

double rarity(std::uint64_t found, std::uint64_t all) {
  // Of a few documents a word is soon in most; it is what was asked for all the same.
  all = std::max<std::uint64_t>(all, 10'000);
  const auto with = static_cast<double>(std::min(found, all));
  return std::max(std::log(1 + (static_cast<double>(all) - with + 0.5) / (with + 0.5)), 0.05);
}

WordWeight::WordWeight() {
  need_stat(WDF);
  need_stat(DOC_LENGTH);
  need_stat(WDF_MAX);
  need_stat(DOC_LENGTH_MIN);
}

double WordWeight::get_sumpart(Xapian::termcount wdf, Xapian::termcount length, Xapian::termcount) const {
  const double times = std::min(wdf, times_most);
  const double part = times * (k1 + 1) / (times + k1 * (1 - b + b * length / usual_length));
  return std::floor(factor_ * part / score_unit + 0.5);
}

double WordWeight::get_maxpart() const {
  return get_sumpart(std::max<Xapian::termcount>(get_wdf_upper_bound(), 1), get_doclength_lower_bound(), 0);
}

}  // namespace heliograph::search
