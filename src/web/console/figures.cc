// How much waits now, and how the work went, day by day.
#include <algorithm>

#include "base/day.h"
#include "services/moderation/workplace.h"
#include "web/console/case_json.h"
#include "web/console/console.h"
#include "web/console/pages.h"

namespace heliograph::web {

namespace {

constexpr UnixSeconds kDaySeconds = 86'400;
constexpr std::array<std::string_view, 3> kBasisNames = {"rule", "model", "person"};

void put_share(Json& json, const char* key, std::int64_t part, std::int64_t whole) {
  if (const auto of_all = services::share(part, whole)) json[key] = *of_all;
}

Json period_json(const services::PeriodFigures& period) {
  Json json{{"opened", period.opened},
            {"decided", period.decided},
            {"by_machine", period.by_machine},
            {"appealed", period.appealed},
            {"overturned", period.upheld}};
  if (period.median_seconds) json["median_seconds"] = *period.median_seconds;
  put_share(json, "in_time", period.in_time, period.by_people());
  put_share(json, "accuracy", period.followed, period.proposed);
  put_share(json, "overturn_rate", period.upheld, period.upheld + period.refused);
  return json;
}

Json series_json(const services::FiguresView& view) {
  auto series = Json::array();
  for (const auto& one : view.series) {
    Json day{{"day", day_text(one.day * kDaySeconds)},
             {"opened", one.period.opened},
             {"decided", one.period.decided},
             {"by_machine", one.period.by_machine},
             {"backlog", one.backlog},
             {"appealed", one.period.appealed},
             {"overturned", one.period.upheld}};
    if (one.period.median_seconds) day["median_seconds"] = *one.period.median_seconds;
    series.push_back(std::move(day));
  }
  return series;
}

Json categories_json(const services::FiguresView& view) {
  auto categories = Json::array();
  for (const auto& one : view.categories) {
    categories.push_back({{"category", terms::name(static_cast<terms::Category>(one.category))},
                          {"backlog", one.backlog},
                          {"overdue", one.overdue},
                          {"period", period_json(one.period)}});
  }
  return categories;
}

Json bases_json(const services::FiguresView& view) {
  auto bases = Json::array();
  for (const auto& one : view.bases) {
    Json json{{"basis", kBasisNames[static_cast<std::size_t>(one.basis.basis) - 1]},
              {"decided", one.decided},
              {"overturned", one.overturned}};
    if (!one.basis.name.empty()) json["name"] = one.basis.name;
    bases.push_back(std::move(json));
  }
  return bases;
}

Json now_json(const services::CaseCounts& counts, const services::FiguresView& view) {
  std::int64_t backlog = 0;
  std::int64_t overdue = 0;
  std::int64_t held = 0;
  std::int64_t second = 0;
  UnixSeconds oldest = 0;
  for (const auto& row : counts.queues) {
    backlog += row.figures.open;
    overdue += row.figures.overdue;
    held += row.held;
    if (row.queue == store::CaseQueue::second) second = row.figures.open;
    const auto since = row.figures.oldest;
    if (since != 0 && (oldest == 0 || since < oldest)) oldest = since;
  }
  Json now{{"backlog", backlog},
           {"overdue", overdue},
           {"unassigned", std::max<std::int64_t>(backlog - held, 0)},
           {"awaiting_second", second},
           {"appeals", counts.appeals}};
  if (oldest != 0) now["oldest_seconds"] = std::max<std::int64_t>(counts.at - oldest, 0);
  if (view.median_opened != 0) {
    now["median_age_seconds"] = std::max<std::int64_t>(view.at - view.median_opened, 0);
  }
  return now;
}

Task<Result<Reply>> get_figures(ConsoleParts& parts, Call& call) {
  Query query(call);
  const auto [from, to] = query.days();
  CO_TRY(query.done());
  CO_ASSIGN(const auto names, co_await parts.directory.names());
  std::vector<StaffId> staff;
  for (const auto& [id, name] : names) staff.push_back(id);
  CO_ASSIGN(const auto counts, co_await parts.casework.counts(std::move(staff)));
  CO_ASSIGN(const auto view, co_await parts.work.figures.of(from, to));
  co_return Reply{.json = {{"at", view->at},
                           {"now", now_json(*counts, *view)},
                           {"period", period_json(view->period)},
                           {"categories", categories_json(*view)},
                           {"series", series_json(*view)},
                           {"bases", bases_json(*view)}}};
}

}  // namespace

void add_figures(Door& door) {
  door.on("getFigures", get_figures);
}

}  // namespace heliograph::web
