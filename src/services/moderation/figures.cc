#include "services/moderation/figures.h"

#include <algorithm>

namespace heliograph::services {

namespace {

constexpr std::size_t kKeptMost = 16;
constexpr std::size_t kBasesMost = 50;

// How many waited how long.
using Waits = std::map<std::int32_t, std::int64_t>;

std::optional<UnixSeconds> median_of(const Waits& waits) {
  std::int64_t all = 0;
  for (const auto& [bucket, count] : waits) all += count;
  std::int64_t before = 0;
  for (const auto& [bucket, count] : waits) {
    before += count;
    if (2 * before >= all) return store::wait_of(bucket);
  }
  return std::nullopt;
}

struct Counted {
  std::vector<store::CaseDay> days;  // up to today
  std::vector<store::CaseWait> waits;
  std::vector<store::BasisFigures> bases;
  std::vector<store::WaitingFigures> waiting;
  UnixSeconds median_opened = 0;
};

FiguresView figures_from(const Counted& counted, store::Day from, store::Day to, UnixSeconds now) {
  FiguresView view;
  view.at = now;
  view.median_opened = counted.median_opened;
  view.bases = counted.bases;
  std::map<std::uint8_t, CategoryFigures> categories;
  std::int64_t backlog = 0;
  for (const auto& row : counted.waiting) {
    auto& one = categories[row.category];
    one.backlog += row.open;
    one.overdue += row.overdue;
    backlog += row.open;
  }
  std::map<store::Day, std::int64_t> changes;
  std::map<store::Day, PeriodFigures> periods;
  for (const auto& row : counted.days) {
    changes[row.day] += row.change;
    if (row.day > to) continue;
    view.period.add(row);
    categories[row.category].period.add(row);
    periods[row.day].add(row);
  }
  Waits all;
  std::map<store::Day, Waits> by_day;
  std::map<std::uint8_t, Waits> by_category;
  for (const auto& row : counted.waits) {
    all[row.bucket] += row.decided;
    by_day[row.day][row.bucket] += row.decided;
    by_category[row.category][row.bucket] += row.decided;
  }
  view.period.median_seconds = median_of(all);
  for (auto& [category, one] : categories) {
    one.category = category;
    one.period.median_seconds = median_of(by_category[category]);
    view.categories.push_back(one);
  }
  // From what waits now, back to what waited then.
  for (auto change = changes.rbegin(); change != changes.rend() && change->first > to; ++change) {
    backlog -= change->second;
  }
  for (auto day = to; day >= from; --day) {
    DayFigures figures{day, periods[day], backlog};
    figures.period.median_seconds = median_of(by_day[day]);
    view.series.push_back(std::move(figures));
    backlog -= changes[day];
  }
  std::ranges::reverse(view.series);
  return view;
}

}  // namespace

std::optional<double> share(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return std::nullopt;
  return std::clamp(static_cast<double>(part) / static_cast<double>(whole), 0.0, 1.0);
}

void PeriodFigures::add(const store::CaseDay& day) {
  opened += day.opened;
  decided += day.decided;
  by_machine += day.by_machine;
  in_time += day.in_time;
  proposed += day.proposed;
  followed += day.followed;
  appealed += day.appealed;
  upheld += day.upheld;
  refused += day.refused;
}

Task<Result<std::shared_ptr<const FiguresView>>> Figures::of(store::Day from, store::Day to) const {
  const auto now = environment_.clock.unix_seconds();
  const auto fresh = [now](const FiguresView& view) { return now >= view.at && now - view.at < kept_for; };
  {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find({from, to});
    if (found != kept_.end() && fresh(*found->second)) co_return found->second;
  }
  auto body = [from, to, now](store::Tx& tx) -> Result<FiguresView> {
    auto& table = store::console_of(tx).case_days();
    Counted counted;
    HG_ASSIGN(counted.days, table.days(from, std::max(to, store::day_of(now))));
    HG_ASSIGN(counted.waits, table.waits(from, to));
    HG_ASSIGN(counted.bases, table.bases(from, to, kBasesMost));
    HG_ASSIGN(counted.waiting, table.waiting(now));
    HG_ASSIGN(counted.median_opened, table.median_opened());
    return figures_from(counted, from, to, now);
  };
  CO_ASSIGN(auto view, co_await environment_.store.read(std::move(body)));
  auto shared = std::make_shared<const FiguresView>(std::move(view));
  const std::lock_guard lock(mutex_);
  std::erase_if(kept_, [&](const auto& entry) { return !fresh(*entry.second); });
  if (kept_.size() >= kKeptMost) kept_.clear();
  kept_[{from, to}] = shared;
  co_return shared;
}

}  // namespace heliograph::services
