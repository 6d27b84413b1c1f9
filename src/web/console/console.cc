#include "web/console/console.h"

#include <memory>

namespace heliograph::web {

void add_console_routes(net::HttpRouter& router, ConsoleParts& parts) {
  // The routes keep it.
  const auto door = std::make_shared<Door>(parts, router);
  add_session(*door);
  add_enrolment(*door);
  add_staff(*door);
  add_meta(*door);
  add_rules(*door);
  add_replays(*door);
  add_reports(*door);
  add_templates(*door);
  add_queue(*door);
  add_cases(*door);
  add_case_lists(*door);
  add_decisions(*door);
  add_appeals(*door);
  add_quality(*door);
  add_lookups(*door);
  add_wellness(*door);
  add_figures(*door);
  add_terms(*door);
  add_legal(*door);
  add_legal_lists(*door);
  add_legal_applications(*door);
  Door::open(door);
}

}  // namespace heliograph::web
