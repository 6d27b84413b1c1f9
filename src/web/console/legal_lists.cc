// Agencies, the register of acts, the calendar, and the journal's key.
#include "ledger/text.h"
#include "web/console/console.h"
#include "web/console/legal_call.h"
#include "web/console/pages.h"
#include "web/portal/form_json.h"

namespace heliograph::web {

namespace {

constexpr std::size_t kCalendarMost = 500;
constexpr std::size_t kConflictsMost = 100;

std::string_view agency_state_name(store::AgencyState state) {
  constexpr std::string_view names[] = {"proposed", "onboarded", "suspended"};
  return names[static_cast<std::size_t>(state) - 1];
}

std::string_view officer_state_name(store::AgencyOfficerState state) {
  constexpr std::string_view names[] = {"invited", "active", "disabled"};
  return names[static_cast<std::size_t>(state) - 1];
}

Task<Result<Reply>> list_acts(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  Query query(call);
  const auto limit = query.limit();
  const auto before = query.cursor();
  CO_TRY(query.done());
  CO_ASSIGN(const auto acts, co_await desk->register_of_acts(before.value_or(0), limit));
  CO_ASSIGN(const auto names, co_await parts.directory.names());
  auto items = Json::array();
  // Auditors see that each gate was passed, by whom and when; what was written may name a person. What was
  // written about an agency names nobody who uses the service.
  const bool words = call.member().role != staff::Role::auditor;
  for (const auto& [act, file] : acts) {
    const bool of_agency = act.agency != 0 || act.application != 0;
    const legal::ActFile shown = words || of_agency ? file : legal::ActFile{{}, {}, file.rules};
    items.push_back(legal_act_json(act, shown, names));
  }
  Json json{{"items", items}};
  if (acts.size() == limit) json["next"] = query.next(acts.back().first.id);
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> count_requests(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_ASSIGN(const auto figures, co_await desk->figures());
  co_return Reply{.json = {{"open", figures.open},
                           {"overdue", figures.overdue},
                           {"due_within_a_day", figures.due_soon},
                           {"applications", figures.applications}}};
}

Task<Result<Reply>> get_calendar(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_ASSIGN(const auto clocks, co_await desk->calendar(kCalendarMost));
  auto items = Json::array();
  for (const auto& clock : clocks) items.push_back(clock_json(clock));
  co_return Reply{.json = {{"items", items}}};
}

Task<Result<Reply>> list_agencies(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_ASSIGN(const auto agencies, co_await desk->agencies());
  CO_ASSIGN(const auto names, co_await parts.directory.names());
  auto items = Json::array();
  for (const auto& view : agencies) {
    auto acts = Json::array();
    for (const auto& [act, file] : view.acts) acts.push_back(legal_act_json(act, file, names));
    auto officers = Json::array();
    for (const auto& [officer, file] : view.officers) {
      officers.push_back({{"id", officer.id},
                          {"name", file.name},
                          {"title", file.title},
                          {"state", officer_state_name(officer.state)}});
    }
    items.push_back({{"id", view.agency.id},
                     {"name", view.agency.name},
                     {"country", view.agency.country},
                     {"kind", view.agency.kind},
                     {"state", agency_state_name(view.agency.state)},
                     {"added_at", view.agency.added_at},
                     {"daily_most", view.agency.daily_most},
                     {"call_back", view.file.call_back},
                     {"number_source", view.file.number_source},
                     {"domain", view.file.domain},
                     {"notes", view.file.notes},
                     {"conflicts", view.file.conflicts},
                     {"officers", officers},
                     {"acts", acts}});
  }
  // By whose numbers conflicts of interest are set.
  auto people = Json::array();
  for (const auto& [id, name] : names) people.push_back({{"id", id.value}, {"name", name}});
  co_return Reply{.json = {{"items", items}, {"people", people}}};
}

// What it has asked for so far, newest first.
Task<Result<Reply>> list_agency_requests(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_ASSIGN(const auto id, call.id());
  Query query(call);
  const auto limit = query.limit();
  const auto before = query.cursor();
  CO_TRY(query.done());
  CO_ASSIGN(const auto rows, co_await desk->of_agency(id, before.value_or(0), limit));
  auto items = Json::array();
  for (const auto& row : rows) items.push_back(legal_request_json(row));
  Json json{{"items", items}};
  if (rows.size() == limit) json["next"] = query.next(rows.back().id);
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> propose_agency(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_TRY(must_be_a_person(call));
  auto fields = call.fields();
  auto agency = read_agency(fields, DomainIs::optional);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto id, co_await desk->propose_agency(actor_of(call), std::move(agency)));
  co_return Reply{.status = 201, .json = {{"id", id}}};
}

Task<Result<Reply>> onboard_agency(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_TRY(must_be_a_person(call));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  auto call_back = fields.text("call_back", 1, 300);
  auto number_source = fields.text("number_source", 1, 300);
  auto notes = fields.text_if("notes", 0, 4000).value_or("");
  CO_TRY(fields.done());
  CO_TRY(co_await desk->onboard_agency(actor_of(call), id, std::move(call_back), std::move(number_source),
                                       std::move(notes)));
  co_return Reply{.status = 204, .json = nullptr};
}

Task<Result<Reply>> suspend_agency(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_TRY(must_be_a_person(call));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  auto why = fields.text("text", 1, 4000);
  CO_TRY(fields.done());
  CO_TRY(co_await desk->suspend_agency(actor_of(call), id, std::move(why)));
  co_return Reply{.status = 204, .json = nullptr};
}

Task<Result<Reply>> resume_agency(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_TRY(must_be_a_person(call));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  auto call_back = fields.text("call_back", 1, 300);
  auto number_source = fields.text("number_source", 1, 300);
  auto why = fields.text("text", 1, 4000);
  CO_TRY(fields.done());
  CO_TRY(co_await desk->resume_agency(actor_of(call), id, std::move(call_back), std::move(number_source),
                                      std::move(why)));
  co_return Reply{.status = 204, .json = nullptr};
}

Task<Result<Reply>> set_conflicts(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_TRY(must_be_a_person(call));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  std::vector<std::int64_t> staff;
  if (const auto* list = fields.list("staff", 0, kConflictsMost)) {
    for (const auto& one : *list) {
      const bool good = one.is_number_integer() && one.get<std::int64_t>() > 0;
      if (!good) fields.refuse("staff", "a list of members of the staff");
      if (good) staff.push_back(one.get<std::int64_t>());
    }
  }
  auto why = fields.text_if("text", 0, 4000).value_or("");
  CO_TRY(fields.done());
  CO_TRY(co_await desk->set_conflicts(actor_of(call), id, std::move(staff), std::move(why)));
  co_return Reply{.status = 204, .json = nullptr};
}

Task<Result<Reply>> invite_officer(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_TRY(must_be_a_person(call));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  legal::OfficerFile officer;
  officer.name = fields.text("name", 1, 200);
  officer.title = fields.text_if("title", 0, 200).value_or("");
  officer.email = fields.text_if("email", 0, 200).value_or("");
  CO_TRY(fields.done());
  CO_ASSIGN(const auto invited, co_await desk->invite_officer(actor_of(call), id, std::move(officer)));
  const auto link = parts.sign_in.party().origin + "/portal#/enrol/" + invited.token;
  co_return Reply{.status = 201, .json = {{"id", invited.officer}, {"link", link}}};
}

Task<Result<Reply>> disable_officer(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_TRY(must_be_a_person(call));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_TRY(co_await desk->disable_officer(actor_of(call), id));
  co_return Reply{.status = 204, .json = nullptr};
}

Task<Result<Reply>> get_journal(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_ASSIGN(const auto view, co_await desk->journal_view());
  auto keys = Json::array();
  for (const auto& one : view.keys) {
    auto members = Json::array();
    for (const auto& member : one.key.members) {
      members.push_back({{"share", member.share}, {"name", member.name}});
    }
    Json key{{"number", one.row.number},
             {"fingerprint", legal::fingerprint(one.key.id())},
             {"threshold", one.key.threshold},
             {"members", members},
             {"installed_at", one.row.installed_at},
             {"document", one.row.text}};
    if (one.row.retired_at != 0) key["retired_at"] = one.row.retired_at;
    keys.push_back(std::move(key));
  }
  const auto& signer = desk->desk().signer();
  Json json{{"rows", view.figures.rows},
            {"holds", view.figures.held},
            {"keys", keys},
            {"answers_signed_by", to_hex(signer.ed25519.public_key())},
            {"answers_certificate", certificate_json(signer.cms)}};
  if (view.figures.oldest != 0) json["oldest"] = view.figures.oldest;
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> list_jurisdictions(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  auto fields = call.fields();
  CO_TRY(fields.done());
  auto items = Json::array();
  for (const auto& one : desk->desk().rules().all()) {
    auto types = Json::array();
    for (const auto& [type, rules] : one.types) types.push_back(type_rules_json(type, rules));
    items.push_back({{"name", one.name},
                     {"title", one.title},
                     {"version", one.version},
                     {"countries", one.countries},
                     {"types", types}});
  }
  auto grounds = Json::array();
  for (const auto& ground : legal::kGrounds) {
    grounds.push_back({{"name", ground.name}, {"about", ground.about}});
  }
  co_return Reply{.json = {{"items", items}, {"grounds", grounds}}};
}

}  // namespace

void add_legal_lists(Door& door) {
  door.on("listActs", list_acts);
  door.on("countRequests", count_requests);
  door.on("getCalendar", get_calendar);
  door.on("listAgencies", list_agencies);
  door.on("listAgencyRequests", list_agency_requests);
  door.on("proposeAgency", propose_agency);
  door.on("onboardAgency", onboard_agency);
  door.on("suspendAgency", suspend_agency);
  door.on("resumeAgency", resume_agency);
  door.on("setConflicts", set_conflicts);
  door.on("inviteOfficer", invite_officer);
  door.on("disableOfficer", disable_officer);
  door.on("getJournal", get_journal);
  door.on("listJurisdictions", list_jurisdictions);
}

}  // namespace heliograph::web
