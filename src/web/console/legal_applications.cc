// Agencies that apply to be let in.
#include "web/console/console.h"
#include "web/console/legal_call.h"
#include "web/portal/application_json.h"

namespace heliograph::web {

namespace {

Task<Result<Reply>> list_applications(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_ASSIGN(const auto applications, co_await desk->applications());
  auto items = Json::array();
  for (const auto& [row, form] : applications) {
    const bool open = row.state == store::AgencyApplicationState::received;
    Json one{{"id", row.id}, {"received_at", row.received_at}, {"form", application_json(form)}};
    if (!open) one["agency"] = row.agency;
    // Others that wait for the same country and domain: one matter, whoever wrote.
    one["alike"] = Json::array();
    for (const auto& other : applications) {
      const bool same = other.row.likeness == row.likeness && other.row.id != row.id;
      if (open && same && other.row.state == row.state) one["alike"].push_back(other.row.id);
    }
    items.push_back(std::move(one));
  }
  co_return Reply{.json = {{"items", items}}};
}

Task<Result<Reply>> take_up_application(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_TRY(must_be_a_person(call));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  auto agency = read_agency(fields, DomainIs::needed);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto proposed, co_await desk->take_up_application(actor_of(call), id, std::move(agency)));
  co_return Reply{.status = 201, .json = {{"id", proposed}}};
}

Task<Result<Reply>> decline_application(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_TRY(must_be_a_person(call));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  auto reason = fields.text("text", 1, 1000);
  const bool alike = fields.flag_if("alike").value_or(false);
  CO_TRY(fields.done());
  CO_TRY(co_await desk->decline_application(actor_of(call), id, std::move(reason), alike));
  co_return Reply{.status = 204, .json = nullptr};
}

}  // namespace

void add_legal_applications(Door& door) {
  door.on("listApplications", list_applications);
  door.on("takeUpApplication", take_up_application);
  door.on("declineApplication", decline_application);
}

}  // namespace heliograph::web
