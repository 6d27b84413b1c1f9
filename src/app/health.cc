#include "app/health.h"

#include <array>
#include <cmath>

namespace heliograph::app {

namespace {

using Level = web::HealthPart::Status;

// A number of a part; beyond `limit` it makes the part `then`, and `says` why. The first number of a part
// decides whether the server has it.
struct Watched {
  std::string_view part, metric, fact;
  double limit = INFINITY;
  Level then = Level::ok;
  std::string_view says;
};

constexpr std::array kWatched = {
    Watched{
        "ledger", "heliograph_ledger_halted", "halted", 0, Level::failing,
        "The log takes no entries any more, so nothing is enforced. See the server's log: the store and what "
        "was published do not fit."},
    Watched{"ledger", "heliograph_ledger_alarms_total", "alarms", 0, Level::warning,
            "The monitor has found an entry missing or wrong since the start."},
    Watched{"ledger", "heliograph_ledger_size", "entries"},
    Watched{"ledger", "heliograph_ledger_waiting", "waiting"},
    Watched{"ledger", "heliograph_ledger_unproven", "unproven"},
    Watched{"search", "heliograph_search_documents", "documents"},
    Watched{"search", "heliograph_search_filling", "filling", 0, Level::warning,
            "The index is being filled; searches find only part of what there is."},
    Watched{"second_stage", "heliograph_second_stage_calls_total", "calls"},
    Watched{"second_stage", "heliograph_second_stage_failures_total", "failures", 0, Level::warning,
            "Calls have failed since the start; what was not answered waits."},
    Watched{"image_model", "heliograph_image_model_loaded", "loaded"},
    Watched{"queue", "heliograph_judging_waiting", "waiting", 1000, Level::warning,
            "Much waits to be judged or looked at again."},
    Watched{"queue", "heliograph_judging_failures_total", "failures", 0, Level::warning,
            "Texts could not be judged since the start; they wait for that, or were refused, as the policy "
            "says."},
    Watched{"statements", "heliograph_statements_waiting", "waiting"},
    Watched{"statements", "heliograph_statements_refused", "refused", 0, Level::warning,
            "The Transparency Database has refused statements of reasons."},
    Watched{"legal_desk", "heliograph_legal_certificate_ends_soon", "certificate_ends_soon", 0,
            Level::warning,
            "The certificate that answers to authorities are signed with ends within 30 days, or has ended: "
            "without one nothing can be disclosed."},
    Watched{"transparency", "heliograph_transparency_reports_late", "late", 0, Level::warning,
            "A transparency report is overdue; the public page says so."},
};

std::string written(double value) {
  return std::to_string(static_cast<long long>(value));
}

}  // namespace

std::vector<web::HealthPart> Health::parts() const {
  std::vector<web::HealthPart> all;
  for (const auto& watched : kWatched) {
    const auto value = metrics_.value(watched.metric);
    if (all.empty() || all.back().name != watched.part) {
      all.push_back({std::string(watched.part), value ? Level::ok : Level::off, {}, {}});
    }
    auto& part = all.back();
    if (part.status == Level::off || !value) continue;
    part.facts.emplace_back(watched.fact, written(*value));
    if (*value <= watched.limit || part.status == Level::failing) continue;
    if (part.status == watched.then) {
      part.detail += ' ';
    } else {
      part.detail.clear();
    }
    part.status = watched.then;
    part.detail += watched.says;
  }
  return all;
}

}  // namespace heliograph::app
