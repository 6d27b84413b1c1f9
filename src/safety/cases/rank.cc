#include "safety/cases/rank.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace heliograph::safety {

namespace {

using terms::Category;

constexpr UnixSeconds kHour = 3600;
constexpr std::int64_t kAhead = std::int64_t{1} << 40;  // more than a harm of seconds ever is
constexpr std::int64_t kZero = std::int64_t{1} << 36;   // later than any time: ranks are above 0

struct Urgency {
  Category category;
  std::uint8_t severity;
  std::int32_t hours;
};

// The law asks for speed where lives are at stake (DSA Art. 18) and for "timely" elsewhere (Art. 16(6)).
constexpr std::array kUrgency = {
    Urgency{Category::csae, 100, 1},          Urgency{Category::terrorism, 95, 1},
    Urgency{Category::self_harm, 85, 4},      Urgency{Category::violence, 80, 12},
    Urgency{Category::illegal_goods, 65, 24}, Urgency{Category::fraud, 60, 24},
    Urgency{Category::hate, 55, 24},          Urgency{Category::harassment, 55, 24},
    Urgency{Category::sexual, 50, 48},        Urgency{Category::other_illegal, 45, 48},
    Urgency{Category::spam, 20, 7 * 24},
};
static_assert(kUrgency.size() == terms::kCategoryCount);

const Urgency& urgency_of(Category category) {
  return *std::ranges::find(kUrgency, category, &Urgency::category);
}

}  // namespace

std::int64_t rank_of(const Harm& harm) {
  const double sure = 0.3 + 0.7 * std::clamp(harm.permille, 0, 1000) / 1000.0;
  const double wide = 1 + std::log10(1.0 + static_cast<double>(std::max<std::int64_t>(harm.reach, 0))) / 4;
  const auto points = std::llround(harm.severity * sure * wide * 10);
  auto rank = kZero + points * kHour / 10 - harm.since;
  if (harm.severity >= kCannotWait) rank += kAhead;
  if (harm.ordered) rank += 2 * kAhead;
  return rank;
}

std::uint8_t severity_of(Category category) {
  return urgency_of(category).severity;
}

UnixSeconds due_of(Category category, bool ordered, UnixSeconds opened_at) {
  return opened_at + (ordered ? 1 : urgency_of(category).hours) * kHour;
}

void hurry(store::Case& one, const Harm& harm, UnixSeconds due) {
  one.rank = std::max(one.rank, rank_of(harm));
  one.due_at = one.due_at == 0 ? due : std::min(one.due_at, due);
}

}  // namespace heliograph::safety
