// How the staff's work goes, in figures: what came in, what was decided and how fast, how often machines were
// followed, and how often a decision was wrong. From counters that the store keeps (store/case_days.h).
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "services/environment.h"
#include "store/console.h"

namespace heliograph::services {

// What a share is of; none where there is nothing to share.
std::optional<double> share(std::int64_t part, std::int64_t whole);

struct PeriodFigures {
  std::int64_t opened = 0, decided = 0, by_machine = 0;
  std::int64_t in_time = 0;                 // of those that people decided
  std::int64_t proposed = 0, followed = 0;  // by machines; by people who decided
  std::int64_t appealed = 0, upheld = 0, refused = 0;
  std::optional<UnixSeconds> median_seconds;  // from opened to decided by a person, to a sixteenth

  std::int64_t by_people() const { return decided - by_machine; }
  void add(const store::CaseDay& day);
};

struct DayFigures {
  store::Day day = 0;
  PeriodFigures period;
  std::int64_t backlog = 0;  // at its end
};

struct CategoryFigures {
  std::uint8_t category = 0;
  std::int64_t backlog = 0, overdue = 0;
  PeriodFigures period;
};

struct FiguresView {
  UnixSeconds at = 0;
  UnixSeconds median_opened = 0;  // of what waits; 0: nothing does
  PeriodFigures period;
  std::vector<DayFigures> series;           // every day
  std::vector<CategoryFigures> categories;  // those with anything in them
  std::vector<store::BasisFigures> bases;   // the fifty that were overturned most often
};

// Thread-safe.
class Figures {
 public:
  static constexpr UnixSeconds kept_for = 60;
  static constexpr store::Day days_most = 366;

  explicit Figures(const Environment& environment) : environment_(environment) {}

  // At most kept_for seconds old. Both days included, at most days_most of them.
  Task<Result<std::shared_ptr<const FiguresView>>> of(store::Day from, store::Day to) const;

 private:
  const Environment& environment_;
  mutable std::mutex mutex_;
  // Under mutex_: the latest, by their days.
  mutable std::map<std::pair<store::Day, store::Day>, std::shared_ptr<const FiguresView>> kept_;
};

}  // namespace heliograph::services
