// The legal desk: requests of authorities, gate by gate.
#include <algorithm>

#include "ledger/text.h"
#include "legal/requests/warrant.h"
#include "web/console/console.h"
#include "web/console/legal_call.h"
#include "web/console/pages.h"
#include "web/portal/form_json.h"

namespace heliograph::web {

namespace {

Json evidence_json(const std::vector<legal::Evidence>& evidence) {
  auto out = Json::array();
  for (const auto& one : evidence) out.push_back({{"name", one.name}, {"text", one.text}});
  return out;
}

Json detail_json(const services::LegalDetail& detail, const std::map<StaffId, std::string>& names) {
  auto out = legal_request_json(detail.view.row);
  out["agency"] = {{"id", detail.agency.id},
                   {"name", detail.agency.name},
                   {"kind", detail.agency.kind},
                   {"call_back", detail.agency_file.call_back},
                   {"number_source", detail.agency_file.number_source},
                   {"onboarded", detail.agency.state == store::AgencyState::onboarded}};
  out["officer"] = {{"id", detail.officer.id},
                    {"name", detail.officer_file.name},
                    {"title", detail.officer_file.title},
                    {"email", detail.officer_file.email}};
  out["form"] = form_json(detail.view.form);
  // Whether there is such a person is for the desk alone, and only after the first gate.
  out["account_found"] = static_cast<bool>(detail.view.row.user);
  if (detail.view.row.user) out["account"] = detail.view.row.user.value;
  out["jurisdiction"] = {{"name", detail.view.row.jurisdiction},
                         {"title", detail.jurisdiction_title},
                         {"version", detail.jurisdiction_version}};
  if (detail.rules != nullptr) out["rules"] = type_rules_json(detail.view.row.type, *detail.rules);
  auto passed = Json::array();
  for (std::size_t i = 0; i < legal::kGateNames.size(); ++i) {
    if ((detail.view.row.gates >> (i + 1) & 1U) != 0) passed.push_back(legal::kGateNames[i]);
  }
  out["passed"] = passed;
  out["acts"] = Json::array();
  for (const auto& [act, file] : detail.acts) out["acts"].push_back(legal_act_json(act, file, names));
  out["files"] = Json::array();
  for (const auto& file : detail.files) out["files"].push_back(legal_file_json(file));
  out["alike"] = Json::array();
  for (const auto& row : detail.alike) out["alike"].push_back(legal_request_json(row));
  out["clocks"] = Json::array();
  for (const auto& clock : detail.clocks) out["clocks"].push_back(clock_json(clock));
  out["contributions"] = detail.shares.size();
  if (detail.view.row.gag_until != 0) out["gag_until"] = detail.view.row.gag_until;
  if (detail.view.row.notified_at != 0) out["notified_at"] = detail.view.row.notified_at;
  if (detail.case_id != 0) out["case"] = detail.case_id;
  if (detail.decision) out["decision"] = decision_json(*detail.decision);
  if (detail.view.row.record != 0) out["record"] = detail.view.row.record;
  if (detail.package) {
    out["package"] = {{"sha256", to_hex(detail.package->sha256)},
                      {"made_at", detail.package->made_at},
                      {"expires_at", detail.package->expires_at}};
    if (detail.package->collected_at != 0) out["package"]["collected_at"] = detail.package->collected_at;
  }
  return out;
}

Task<Result<Reply>> detail_reply(ConsoleParts& parts, const services::LegalDetail& detail) {
  CO_ASSIGN(const auto names, co_await parts.directory.names());
  co_return Reply{.json = detail_json(detail, names)};
}

Task<Result<Reply>> list_requests(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  Query query(call);
  store::LegalRequestFilter filter;
  if (const auto text = query.text("type", 16)) {
    filter.type = legal::type_of(*text);
    if (!filter.type) query.refuse("type", "a type of request");
  }
  if (const auto text = query.text("state", 16)) {
    filter.state = legal::state_of(*text);
    if (!filter.state) query.refuse("state", "a state of a request");
    filter.open_only = false;
  }
  filter.agency = query.number("agency", 1, kIdMax).value_or(0);
  filter.country = query.text("country", 2).value_or("");
  if (query.text("closed", 5).value_or("false") == "true") filter.open_only = false;
  const auto limit = query.limit();
  const auto after = query.cursor_of_two();
  CO_TRY(query.done());
  store::LegalRequestPlace place;
  if (after) place = {after->first, after->second};
  CO_ASSIGN(const auto views, co_await desk->queue(std::move(filter), place, limit));
  CO_ASSIGN(const auto figures, co_await desk->figures());
  auto items = Json::array();
  for (const auto& view : views) {
    auto one = legal_request_json(view.row);
    one["agency"] = {{"id", view.row.agency}, {"name", view.agency}};
    items.push_back(std::move(one));
  }
  Json json{{"items", items}, {"open", figures.open}, {"overdue", figures.overdue}};
  if (views.size() == limit) json["next"] = query.next(views.back().row.due_at, views.back().row.id);
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> get_request(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_ASSIGN(const auto detail, co_await desk->detail(id));
  store::StaffRead read;
  read.at = call.now;
  read.who = call.member().name;
  read.what = "request " + std::to_string(id);
  read.account = detail.view.row.user;
  read.staff = call.member().id;
  CO_TRY(co_await parts.directory.record_read(std::move(read)));
  co_return co_await detail_reply(parts, detail);
}

Task<Result<Reply>> get_file(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_ASSIGN(const auto id, call.id());
  Query query(call);
  const auto request = query.number("request", 1, kIdMax);
  if (!request) query.refuse("request", "the request's number");
  CO_TRY(query.done());
  CO_ASSIGN(const auto content, co_await desk->file_content(*request, id));
  store::StaffRead read;
  read.at = call.now;
  read.who = call.member().name;
  read.what = "file of request " + std::to_string(*request);
  read.staff = call.member().id;
  CO_TRY(co_await parts.directory.record_read(std::move(read)));
  co_return Reply{.json = {{"content", ledger::to_base64(content)}}};
}

Task<Result<Reply>> get_warrant(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_ASSIGN(const auto detail, co_await desk->detail(id));
  CO_ASSIGN(auto document, legal::to_warrant({detail.view.row, detail.view.form, detail.agency.name,
                                              desk->desk().origin(), call.now}));
  store::StaffRead read;
  read.at = call.now;
  read.who = call.member().name;
  read.what = "warrant of request " + std::to_string(id);
  read.account = detail.view.row.user;
  read.staff = call.member().id;
  CO_TRY(co_await parts.directory.record_read(std::move(read)));
  co_return Reply{.json = {{"document", std::move(document)}}};
}

std::vector<legal::Evidence> evidence_in(Fields& fields) {
  std::vector<legal::Evidence> out;
  const auto* all = fields.object("evidence");
  if (all == nullptr || !all->is_object()) {
    fields.refuse("evidence", "an object of texts");
    return out;
  }
  for (const auto& [name, text] : all->items()) {
    if (!text.is_string()) {
      fields.refuse("evidence", "an object of texts");
      return out;
    }
    out.push_back({name, text.get<std::string>()});
  }
  return out;
}

// What somebody does about one request: reads the body's fields, done() included, and acts.
using RequestAct = Task<Result<services::LegalDetail>> (*)(services::LegalDesk&, legal::Actor, std::int64_t,
                                                           Fields&);
// The request as it is then.
template <RequestAct act>
Task<Result<Reply>> on_request(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_TRY(must_be_a_person(call));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  CO_ASSIGN(const auto detail, co_await act(*desk, actor_of(call), id, fields));
  co_return co_await detail_reply(parts, detail);
}

Task<Result<services::LegalDetail>> pass_gate(services::LegalDesk& desk, legal::Actor actor, std::int64_t id,
                                              Fields& fields) {
  const auto gate = legal::gate_of(fields.text("gate", 1, 16));
  if (!gate || *gate > legal::Gate::suspect) fields.refuse("gate", "authentic, valid or suspect");
  auto evidence = evidence_in(fields);
  auto words = fields.text_if("text", 0, 4000).value_or("");
  CO_TRY(fields.done());
  co_return co_await desk.pass(std::move(actor), id, *gate, std::move(evidence), std::move(words));
}

Task<Result<services::LegalDetail>> approve_request(services::LegalDesk& desk, legal::Actor actor,
                                                    std::int64_t id, Fields& fields) {
  auto evidence = evidence_in(fields);
  auto words = fields.text_if("text", 0, 4000).value_or("");
  CO_TRY(fields.done());
  co_return co_await desk.approve(std::move(actor), id, std::move(evidence), std::move(words));
}

// Acts that take words alone.
using WordsAct = Task<Result<services::LegalDetail>> (services::LegalDesk::*)(legal::Actor, std::int64_t,
                                                                              std::string);
template <WordsAct act>
Task<Result<services::LegalDetail>> with_words(services::LegalDesk& desk, legal::Actor actor, std::int64_t id,
                                               Fields& fields) {
  auto words = fields.text("text", 1, 4000);
  CO_TRY(fields.done());
  co_return co_await (desk.*act)(std::move(actor), id, std::move(words));
}

Task<Result<services::LegalDetail>> refuse_request(services::LegalDesk& desk, legal::Actor actor,
                                                   std::int64_t id, Fields& fields) {
  auto ground = fields.text("ground", 1, 32);
  if (legal::ground_of(ground) == nullptr) fields.refuse("ground", "a ground of refusal");
  auto words = fields.text("text", 1, 4000);
  CO_TRY(fields.done());
  co_return co_await desk.refuse(std::move(actor), id, std::move(ground), std::move(words));
}

Task<Result<services::LegalDetail>> hand_over_request(services::LegalDesk& desk, legal::Actor actor,
                                                      std::int64_t id, Fields& fields) {
  const auto category = terms::category_of(fields.text("category", 1, 32));
  if (!category) fields.refuse("category", "a category of harm");
  CO_TRY(fields.done());
  co_return co_await desk.hand_over(std::move(actor), id, *category);
}

Task<Result<services::LegalDetail>> disclose_request(services::LegalDesk& desk, legal::Actor actor,
                                                     std::int64_t id, Fields& fields) {
  CO_TRY(fields.done());
  co_return co_await desk.disclose(std::move(actor), id);
}

Task<Result<Reply>> get_question(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_ASSIGN(const auto asked, co_await desk->question(id));
  auto items = Json::array();
  for (const auto& one : asked) {
    items.push_back({{"key", one.key},
                     {"key_document", one.journal_key.encode()},
                     {"document", one.question.encode()},
                     {"rows", one.question.rows.size()},
                     {"threshold", one.journal_key.threshold}});
  }
  co_return Reply{.json = {{"items", items}}};
}

Task<Result<Reply>> contribute_to_request(ConsoleParts& parts, Call& call) {
  CO_ASSIGN(auto* const desk, legal_desk(parts));
  CO_TRY(must_be_a_person(call));
  CO_ASSIGN(const auto id, call.id());
  auto fields = call.fields();
  const auto key = fields.number("key", 1, kIdMax);
  auto text = fields.text("document", 1, kConsoleBodyMax);
  const auto pieces = fields.number_if("pieces", 1, Pieces::pieces_most).value_or(1);
  const auto piece = fields.number_if("piece", 1, pieces).value_or(1);
  CO_TRY(fields.done());
  const auto whose =
      std::to_string(call.member().id.value) + "/" + std::to_string(id) + "/" + std::to_string(key);
  CO_ASSIGN(auto document, parts.pieces.add(whose, piece, pieces, std::move(text)));
  if (!document) co_return Reply{.status = 202, .json = {{"next", piece + 1}}};
  CO_ASSIGN(const auto detail, co_await desk->contribute(actor_of(call), id, key, std::move(*document)));
  co_return co_await detail_reply(parts, detail);
}

}  // namespace

Result<services::LegalDesk*> legal_desk(const ConsoleParts& parts) {
  if (parts.legal != nullptr) return parts.legal;
  return fail(Error::unavailable("NOT_OFFERED", "This server does not offer it."));
}

legal::Actor actor_of(const Call& call) {
  const auto& member = call.member();
  return {member.id, member.name, member.role, call.need_proof().has_value()};
}

Status must_be_a_person(const Call& call) {
  if (call.visitor && !call.visitor->by_program()) return {};
  return fail(
      Error::forbidden("PERSON_NEEDED", "Somebody signs in for this; a program's token is not enough."));
}

legal::NewAgency read_agency(Fields& fields, DomainIs domain) {
  legal::NewAgency agency;
  agency.name = fields.text("name", 1, 200);
  agency.country = fields.text("country", 2, 2);
  agency.kind = fields.text("kind", 1, 32);
  agency.domain = domain == DomainIs::needed ? fields.text("domain", 1, 200)
                                             : fields.text_if("domain", 0, 200).value_or("");
  return agency;
}

Json clock_json(const store::LegalClock& clock) {
  Json out{{"request", clock.request}, {"kind", clock_name(clock.kind)}, {"due_at", clock.due_at}};
  if (clock.done_at != 0) out["done_at"] = clock.done_at;
  return out;
}

Json legal_act_json(const store::LegalAct& act, const legal::ActFile& file,
                    const std::map<StaffId, std::string>& names) {
  Json out{{"id", act.id}, {"at", act.at}, {"what", act.what}};
  if (act.request != 0) out["request"] = act.request;
  if (act.agency != 0) out["agency"] = act.agency;
  if (act.application != 0) out["application"] = act.application;
  if (act.gate != 0) out["gate"] = legal::kGateNames[act.gate - 1];
  const auto person = [&](StaffId id) {
    const auto found = names.find(id);
    return Json{{"id", id.value}, {"name", found == names.end() ? "" : found->second}};
  };
  if (act.staff) out["by"] = person(act.staff);
  if (act.about) out["about"] = person(act.about);
  if (act.officer != 0) out["officer"] = act.officer;
  if (act.record != 0) out["record"] = act.record;
  if (!file.words.empty()) out["text"] = file.words;
  if (!file.evidence.empty()) out["evidence"] = evidence_json(file.evidence);
  if (!file.rules.empty()) out["rules"] = file.rules;
  return out;
}

void add_legal(Door& door) {
  door.on("listRequests", list_requests);
  door.on("getRequest", get_request);
  door.on("getWarrant", get_warrant);
  door.on("getRequestFile", get_file);
  door.on("passGate", on_request<pass_gate>);
  door.on("approveRequest", on_request<approve_request>);
  door.on("askAgency", on_request<with_words<&services::LegalDesk::ask>>);
  door.on("refuseRequest", on_request<refuse_request>);
  door.on("handOverRequest", on_request<hand_over_request>);
  door.on("extendPreservation", on_request<with_words<&services::LegalDesk::extend>>);
  door.on("confirmEmergency", on_request<with_words<&services::LegalDesk::confirm>>);
  door.on("getQuestion", get_question);
  door.on("contribute", contribute_to_request);
  door.on("discloseRequest", on_request<disclose_request>);
}

}  // namespace heliograph::web
