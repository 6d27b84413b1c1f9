#include "search/xapian/score.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace heliograph::search {

namespace {

constexpr double recency_most = 2.0;
constexpr double recency_half_life = 45.0 * 86'400;
constexpr double size_most = 1.5;
constexpr double size_doublings = 24;  // 16 million members have all of it
constexpr double verified_bonus = 0.4;
constexpr double age_most = 0.4;
constexpr double age_step_days = 30;  // each time that the age and this together have doubled, the same more
constexpr int age_full_days = 4 * 365;

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

std::uint16_t day_of(UnixSeconds time) {
  constexpr UnixSeconds day = 86'400, last = std::numeric_limits<std::uint16_t>::max();
  return static_cast<std::uint16_t>(std::clamp<UnixSeconds>(time / day, 0, last));
}

std::int32_t age_score(std::uint16_t since, UnixSeconds now) {
  // Asked for every candidate: a table is cheaper than the logarithm.
  static const auto scores = [] {
    std::array<std::int32_t, age_full_days + 1> out{};
    for (int days = 0; days <= age_full_days; ++days) {
      const auto share = std::log2(1 + days / age_step_days) / std::log2(1 + age_full_days / age_step_days);
      out[static_cast<std::size_t>(days)] =
          static_cast<std::int32_t>(std::lround(age_most * share / score_unit));
    }
    return out;
  }();
  if (since == 0) return 0;
  const auto days = std::clamp<UnixSeconds>(day_of(now) - since, 0, age_full_days);
  return scores[static_cast<std::size_t>(days)];
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
