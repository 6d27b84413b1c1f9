#include "web/portal/portal.h"

#include <charconv>

#include "ledger/text.h"
#include "staff/base64url.h"
#include "web/console/console.h"
#include "web/portal/application_json.h"
#include "web/portal/form_json.h"

namespace heliograph::web {

namespace {

constexpr std::string_view kPortalPrefix = "/api/portal";
constexpr services::Rate kPortalStrangers{30, std::chrono::seconds(2)};
constexpr services::Rate kPortalOfficers{120, std::chrono::milliseconds(500)};
// Each application is read by a person, and all strangers share a day's number of them.
constexpr services::Rate kPortalApplicants{3, std::chrono::hours(8)};
constexpr std::size_t kOwnPage = 50;

// One request that was let in.
struct PortalCall {
  const net::HttpRequest& request;
  std::optional<services::AgencyVisit> visit;  // none only where no sign-in is needed
  std::string token;                           // of the session
  Json body;
  std::string at_fault;

  Fields fields() { return Fields(body, at_fault); }
  std::int64_t officer() const { return visit->officer.id; }
};

using PortalHandler = Task<Result<Reply>> (*)(PortalParts&, PortalCall&);
enum class Entry : std::uint8_t { open, signed_in, proved };

struct Route {
  std::string_view method, path;
  Entry entry;
  PortalHandler handler;
};

std::string portal_cookie_name(const staff::RelyingParty& party) {
  return party.origin.starts_with("https://") ? "__Host-heliograph_portal" : "heliograph_portal";
}

net::HttpHeader portal_cookie(const staff::RelyingParty& party, std::string_view token, UnixSeconds seconds) {
  const bool tls = party.origin.starts_with("https://");
  return {"Set-Cookie", portal_cookie_name(party) + "=" + std::string(token) +
                            "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds) +
                            (tls ? "; Secure" : "")};
}

std::string portal_token(const net::HttpRequest& request, const staff::RelyingParty& party) {
  const auto name = portal_cookie_name(party) + "=";
  std::string_view header = request.header("Cookie");
  while (!header.empty()) {
    const auto end = std::min(header.find(';'), header.size());
    auto pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.starts_with(name)) return std::string(pair.substr(name.size()));
  }
  return {};
}

Result<std::int64_t> path_id(const net::HttpRequest& request) {
  const auto text = request.path_value("id");
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed == std::errc() && end == text.data() + text.size() && number > 0 && number <= kIdMax) {
    return number;
  }
  return fail(Error::not_found("LEGAL_REQUEST_UNKNOWN", "There is no request of this number."));
}

// The verification of a shown passkey, to be run beside the stored one.
Result<services::AgencySessions::Verify> verifier(PortalParts& parts, const staff::Assertion& assertion) {
  const auto challenge = staff::challenge_in(assertion.client_data);
  if (!challenge || !parts.challenges.take(*challenge, staff::Challenges::Purpose::enter)) {
    return fail(Error::unauthorized("CHALLENGE_EXPIRED", "It took too long. Try once more."));
  }
  return [party = parts.party, challenge = *challenge,
          assertion](const store::AgencyOfficer& officer) -> Result<std::uint32_t> {
    const staff::PasskeyFacts known{officer.passkey, officer.algorithm, officer.public_key, officer.counter};
    auto counter = staff::verify_assertion(party, challenge, known, assertion);
    if (!counter) return fail(Error::unauthorized("PASSKEY_INVALID", counter.error().message));
    return counter;
  };
}

// Not how far the desk is with it: that would say whether there is such a person.
Json own_row_json(const store::LegalRequest& row) {
  auto out = legal_request_json(row);
  if (row.closed_at == 0 && row.state != legal::State::disclosed) {
    out["state"] = row.asked ? "asked" : "received";
  }
  return out;
}

Json visit_json(const PortalParts& parts, const services::AgencyVisit& visit) {
  const auto& jurisdiction = parts.desk.desk().rules().of_country(visit.agency.country);
  auto types = Json::array();
  for (const auto& [type, rules] : jurisdiction.types) {
    // What the officer fills in; how the desk decides is not theirs.
    auto json = type_rules_json(type, rules);
    json.erase("gates");
    types.push_back(std::move(json));
  }
  return {{"officer",
           {{"id", visit.officer.id},
            {"name", visit.file.name},
            {"title", visit.file.title},
            {"box_key", ledger::to_base64(visit.file.box_key)}}},
          {"agency",
           {{"name", visit.agency.name}, {"country", visit.agency.country}, {"kind", visit.agency.kind}}},
          {"jurisdiction", {{"title", jurisdiction.title}, {"types", types}}},
          {"answers_signed_by", to_hex(parts.desk.desk().signer().ed25519.public_key())},
          {"answers_certificate", certificate_json(parts.desk.desk().signer().cms)},
          {"proved_until", visit.proved_until()},
          {"ends_at",
           std::min(visit.session.expires_at, visit.session.used_at + services::AgencyVisit::idle_seconds)}};
}

Reply portal_entered(const PortalParts& parts, const services::AgencyEntered& entered) {
  Reply out{.json = visit_json(parts, entered.visit)};
  out.headers.push_back(portal_cookie(parts.party, entered.token, services::AgencyVisit::session_seconds));
  return out;
}

Json passkey_request_json(PortalParts& parts) {
  const auto text = staff::to_base64url(parts.challenges.give(staff::Challenges::Purpose::enter));
  return {{"challenge_id", text},
          {"options",
           {{"challenge", text},
            {"rpId", parts.party.id},
            {"timeout", 300'000},
            {"userVerification", "required"},
            {"allowCredentials", Json::array()}}}};
}

Task<Result<Reply>> enrolment_options(PortalParts& parts, PortalCall& call) {
  auto fields = call.fields();
  auto token = fields.text("token", 1, 128);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto invited, co_await parts.desk.sessions().invited(std::move(token)));
  store::StaffMember as_member;
  as_member.id = StaffId{invited.officer.id};
  as_member.name = invited.file.name;
  auto json =
      creation_json(parts.party, as_member, parts.challenges.give(staff::Challenges::Purpose::enrol), {});
  json["options"]["user"]["id"] =
      staff::to_base64url(as_bytes("officer-" + std::to_string(invited.officer.id)));
  json["officer"] = invited.file.name;
  json["agency"] = invited.agency.name;
  co_return Reply{.json = std::move(json)};
}

Task<Result<Reply>> enrol_officer(PortalParts& parts, PortalCall& call) {
  auto fields = call.fields();
  auto token = fields.text("token", 1, 128);
  const auto* passkey = fields.object("passkey");
  const auto box_key = ledger::from_base64(fields.text("box_key", 44, 44));
  if (!box_key) fields.refuse("box_key", "an X25519 public key, base64");
  CO_TRY(fields.done());
  CO_ASSIGN(auto answer, registration_in(*passkey, call.at_fault, "passkey."));
  const auto challenge = staff::challenge_in(answer.registration.client_data);
  if (!challenge || !parts.challenges.take(*challenge, staff::Challenges::Purpose::enrol)) {
    co_return fail(Error::unauthorized("CHALLENGE_EXPIRED", "It took too long. Try once more."));
  }
  CO_ASSIGN(const auto facts, staff::verify_registration(parts.party, *challenge, answer.registration));
  legal::Agencies::Passkey made{facts.id, facts.public_key, facts.algorithm, facts.counter};
  CO_ASSIGN(const auto entered,
            co_await parts.desk.sessions().enrol(std::move(token), std::move(made), *box_key));
  co_return portal_entered(parts, entered);
}

Task<Result<Reply>> session_options(PortalParts& parts, PortalCall&) {
  co_return Reply{.json = passkey_request_json(parts)};
}

Task<Result<Reply>> enter_portal(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(const auto assertion, assertion_in(call.body, call.at_fault, ""));
  CO_ASSIGN(auto verify, verifier(parts, assertion));
  CO_ASSIGN(const auto entered,
            co_await parts.desk.sessions().enter(assertion.credential_id, std::move(verify)));
  co_return portal_entered(parts, entered);
}

Task<Result<Reply>> prove_portal(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(const auto assertion, assertion_in(call.body, call.at_fault, ""));
  CO_ASSIGN(auto verify, verifier(parts, assertion));
  CO_ASSIGN(const auto visit,
            co_await parts.desk.sessions().prove(call.token, assertion.credential_id, std::move(verify)));
  co_return Reply{.json = visit_json(parts, visit)};
}

Task<Result<Reply>> get_portal_session(PortalParts& parts, PortalCall& call) {
  co_return Reply{.json = visit_json(parts, *call.visit)};
}

Task<Result<Reply>> leave_portal(PortalParts& parts, PortalCall& call) {
  CO_TRY(co_await parts.desk.sessions().leave(call.token));
  Reply out{.status = 204, .json = nullptr};
  out.headers.push_back(portal_cookie(parts.party, "", 0));
  co_return out;
}

Task<Result<Reply>> list_own(PortalParts& parts, PortalCall& call) {
  std::int64_t before = 0;
  if (const auto text = call.request.query_value("before"); text) {
    const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), before);
    if (failed != std::errc() || end != text->data() + text->size() || before < 1) {
      call.at_fault = "before";
      co_return fail(Error::invalid("FIELD_INVALID", "before must be a request's number."));
    }
  }
  CO_ASSIGN(const auto rows, co_await parts.desk.own(call.officer(), before, kOwnPage));
  auto items = Json::array();
  for (const auto& row : rows) items.push_back(own_row_json(row));
  Json json{{"items", items}};
  if (rows.size() == kOwnPage) json["next"] = rows.back().id;
  co_return Reply{.json = std::move(json)};
}

// What the body says of a request: its type, and a form for each person, read by `read`.
template <typename Form>
struct TypedForms {
  legal::Type type = legal::Type::other;
  std::vector<Form> forms;
};
template <typename Form>
Result<TypedForms<Form>> typed_forms(PortalCall& call, Form (*read)(Fields&)) {
  auto fields = call.fields();
  const auto type = legal::type_of(fields.text("type", 1, 16));
  if (!type) fields.refuse("type", "a type of request");
  const auto* list = fields.list("forms", 1, legal::Desk::forms_most);
  HG_TRY(fields.done());
  TypedForms<Form> out{*type, {}};
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto path = "forms." + std::to_string(i);
    if (!(*list)[i].is_object()) {
      call.at_fault = path;
      return fail(Error::invalid("FIELD_INVALID", "A form is an object."));
    }
    Fields form((*list)[i], call.at_fault, path + ".");
    out.forms.push_back(read(form));
    HG_TRY(form.done());
  }
  return out;
}

Task<Result<Reply>> file_request(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(auto filed, typed_forms(call, form_in));
  CO_ASSIGN(const auto ids, co_await parts.desk.file(call.officer(), filed.type, std::move(filed.forms)));
  co_return Reply{.status = 201, .json = {{"ids", ids}}};
}

Json own_json(const services::LegalDesk::OwnDetail& detail) {
  auto out = own_row_json(detail.row);
  out["form"] = form_json(detail.form);
  out["words"] = Json::array();
  for (const auto& word : detail.words) {
    Json one{{"at", word.at}, {"what", word.what}};
    if (!word.words.empty()) one["text"] = word.words;
    out["words"].push_back(std::move(one));
  }
  out["files"] = Json::array();
  for (const auto& file : detail.files) out["files"].push_back(legal_file_json(file));
  if (detail.decision) out["decision"] = decision_json(*detail.decision);
  if (detail.package) {
    out["package"] = {{"sha256", to_hex(detail.package->sha256)},
                      {"expires_at", detail.package->expires_at},
                      {"collected", detail.package->collected_at != 0},
                      {"there", detail.package_there}};
  }
  return out;
}

Task<Result<Reply>> get_own(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(const auto id, path_id(call.request));
  CO_ASSIGN(const auto detail, co_await parts.desk.own_detail(call.officer(), id));
  co_return Reply{.json = own_json(detail)};
}

Task<Result<Reply>> own_reply(PortalParts& parts, PortalCall& call, std::int64_t id) {
  CO_ASSIGN(const auto detail, co_await parts.desk.own_detail(call.officer(), id));
  co_return Reply{.json = own_json(detail)};
}

Task<Result<Reply>> upload_file(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(const auto id, path_id(call.request));
  auto fields = call.fields();
  auto kind = fields.text("kind", 1, 16);
  auto name = fields.text("name", 1, 200);
  auto text = fields.text("content", 1, kPortalBodyMax);
  const auto pieces = fields.number_if("pieces", 1, Pieces::pieces_most).value_or(1);
  const auto piece = fields.number_if("piece", 1, pieces).value_or(1);
  CO_TRY(fields.done());
  const auto whose = std::to_string(call.officer()) + "/" + std::to_string(id) + "/" + kind + "/" + name;
  CO_ASSIGN(const auto whole, parts.pieces.add(whose, piece, pieces, std::move(text)));
  if (!whole) co_return Reply{.status = 202, .json = {{"next", piece + 1}}};
  const auto content = ledger::from_base64(*whole);
  if (!content) {
    call.at_fault = "content";
    co_return fail(Error::invalid("FIELD_INVALID", "content must be base64 with padding."));
  }
  CO_ASSIGN(const auto file,
            co_await parts.desk.upload(call.officer(), id, std::move(kind), std::move(name), *content));
  co_return Reply{.status = 201, .json = legal_file_json(file)};
}

Task<Result<Reply>> answer_question(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(const auto id, path_id(call.request));
  auto fields = call.fields();
  auto words = fields.text("text", 1, 4000);
  CO_TRY(fields.done());
  CO_TRY(co_await parts.desk.answer(call.officer(), id, std::move(words)));
  co_return co_await own_reply(parts, call, id);
}

Task<Result<Reply>> correct_form(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(const auto id, path_id(call.request));
  auto fields = call.fields();
  auto form = form_in(fields);
  CO_TRY(fields.done());
  CO_TRY(co_await parts.desk.correct(call.officer(), id, std::move(form)));
  co_return co_await own_reply(parts, call, id);
}

Task<Result<Reply>> withdraw_request(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(const auto id, path_id(call.request));
  auto fields = call.fields();
  auto words = fields.text_if("text", 0, 4000).value_or("");
  CO_TRY(fields.done());
  CO_TRY(co_await parts.desk.withdraw(call.officer(), id, std::move(words)));
  co_return co_await own_reply(parts, call, id);
}

Task<Result<Reply>> collect_package(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(const auto id, path_id(call.request));
  auto fields = call.fields();
  CO_TRY(fields.done());
  CO_ASSIGN(const auto bytes, co_await parts.desk.collect(call.officer(), id));
  co_return Reply{.json = {{"package", ledger::to_base64(bytes)}}};
}

Task<Result<Reply>> list_entries(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(const auto id, path_id(call.request));
  CO_ASSIGN(const auto entries, co_await parts.desk.own_entries(call.officer(), id));
  auto items = Json::array();
  for (const auto& entry : entries) {
    Json one{{"what", entry.what}, {"at", entry.at}};
    if (!entry.proof.empty()) {
      one["opening"] = entry.opening;
      one["proof"] = entry.proof;
    }
    items.push_back(std::move(one));
  }
  co_return Reply{.json = {{"items", items}}};
}

Task<Result<Reply>> confirm_receipt(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(const auto id, path_id(call.request));
  auto fields = call.fields();
  const auto digest = from_hex(fields.text("sha256", 64, 64));
  CO_TRY(fields.done());
  CO_TRY(co_await parts.desk.confirm_receipt(call.officer(), id, digest));
  co_return co_await own_reply(parts, call, id);
}

Task<Result<Reply>> list_drafts(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(const auto drafts, co_await parts.desk.drafts(call.officer()));
  auto items = Json::array();
  for (const auto& draft : drafts) {
    auto one = Json::parse(draft.text, nullptr, false);
    if (!one.is_object()) continue;
    one["id"] = draft.id;
    one["changed_at"] = draft.changed_at;
    items.push_back(std::move(one));
  }
  co_return Reply{.json = {{"items", items}}};
}

Task<Result<Reply>> put_draft(PortalParts& parts, PortalCall& call) {
  std::int64_t id = 0;  // a new one
  if (call.request.method == "PUT") {
    CO_ASSIGN(id, path_id(call.request));
  }
  CO_ASSIGN(const auto written, typed_forms(call, part_of_form_in));
  const Json draft{{"type", legal::name(written.type)}, {"forms", written.forms}};
  auto text = draft.dump(-1, ' ', false, Json::error_handler_t::replace);
  CO_ASSIGN(const auto number, co_await parts.desk.put_draft(call.officer(), id, std::move(text)));
  co_return Reply{.status = id == 0 ? 201 : 200, .json = {{"id", number}}};
}

Task<Result<Reply>> erase_draft(PortalParts& parts, PortalCall& call) {
  CO_ASSIGN(const auto id, path_id(call.request));
  CO_TRY(co_await parts.desk.erase_draft(call.officer(), id));
  co_return Reply{.status = 204, .json = nullptr};
}

Task<Result<Reply>> apply_as_agency(PortalParts& parts, PortalCall& call) {
  auto fields = call.fields();
  auto form = application_in(fields);
  CO_TRY(fields.done());
  // After the form was read: who has mistyped something pays nothing for it.
  CO_TRY(parts.limits.take("portal applicants", call.request.client.limit_key().text(), kPortalApplicants));
  CO_ASSIGN(const auto reference, co_await parts.desk.apply(std::move(form)));
  co_return Reply{.status = 201, .json = {{"reference", reference}}};
}

// The reference is in the body, so that no log of addresses has it.
Task<Result<Reply>> application_standing(PortalParts& parts, PortalCall& call) {
  auto fields = call.fields();
  auto reference = fields.text("reference", 1, 64);
  CO_TRY(fields.done());
  CO_ASSIGN(const auto standing, co_await parts.desk.application_standing(std::move(reference)));
  Json json{{"state", legal::name(standing.state)}, {"received_at", standing.received_at}};
  if (standing.decided_at != 0) json["decided_at"] = standing.decided_at;
  if (!standing.reason.empty()) json["reason"] = standing.reason;
  co_return Reply{.json = std::move(json)};
}

constexpr Route kRoutes[] = {
    {"POST", "/applications", Entry::open, apply_as_agency},
    {"POST", "/applications/standing", Entry::open, application_standing},
    {"POST", "/enrolment/options", Entry::open, enrolment_options},
    {"POST", "/enrolment", Entry::open, enrol_officer},
    {"POST", "/session/options", Entry::open, session_options},
    {"POST", "/session", Entry::open, enter_portal},
    {"GET", "/session", Entry::signed_in, get_portal_session},
    {"DELETE", "/session", Entry::signed_in, leave_portal},
    {"POST", "/session/proof", Entry::signed_in, prove_portal},
    {"GET", "/requests", Entry::signed_in, list_own},
    {"POST", "/requests", Entry::proved, file_request},
    {"GET", "/requests/{id}", Entry::signed_in, get_own},
    {"GET", "/requests/{id}/entries", Entry::signed_in, list_entries},
    {"POST", "/requests/{id}/files", Entry::signed_in, upload_file},
    {"POST", "/requests/{id}/answer", Entry::signed_in, answer_question},
    {"PUT", "/requests/{id}/form", Entry::signed_in, correct_form},
    {"POST", "/requests/{id}/withdraw", Entry::proved, withdraw_request},
    {"POST", "/requests/{id}/collect", Entry::proved, collect_package},
    {"POST", "/requests/{id}/receipt", Entry::signed_in, confirm_receipt},
    {"GET", "/drafts", Entry::signed_in, list_drafts},
    {"POST", "/drafts", Entry::signed_in, put_draft},
    {"PUT", "/drafts/{id}", Entry::signed_in, put_draft},
    {"DELETE", "/drafts/{id}", Entry::signed_in, erase_draft},
};

Task<Result<Reply>> portal_answer(PortalParts& parts, const Route& route, PortalCall& call) {
  // A form on another site cannot send this header, and a script there is not allowed to.
  if (route.method != "GET" && call.request.header("X-Heliograph-Portal") != "1") {
    co_return fail(Error::forbidden("CSRF_HEADER_MISSING", "Send the header X-Heliograph-Portal: 1."));
  }
  if (route.entry == Entry::open) {
    CO_TRY(parts.limits.take("portal strangers", call.request.client.limit_key().text(), kPortalStrangers));
  } else {
    call.token = portal_token(call.request, parts.party);
    if (call.token.empty()) co_return fail(Error::unauthorized("SIGN_IN_NEEDED", "Sign in first."));
    CO_ASSIGN(call.visit, co_await parts.desk.sessions().visit(call.token));
    CO_TRY(parts.limits.take("portal officers", std::to_string(call.officer()), kPortalOfficers));
  }
  if (route.entry == Entry::proved && call.visit->proved_until() <= parts.clock.unix_seconds()) {
    co_return fail(Error::forbidden("STEP_UP_NEEDED", "Show your passkey once more to do this."));
  }
  const bool stranger = route.entry == Entry::open;
  if (call.request.body.size() > (stranger ? kPortalStrangerBodyMax : kPortalBodyMax)) {
    co_return fail(Error::invalid(
        "BODY_TOO_LARGE", stranger ? "A body has at most 64 KiB here." : "A body has at most 12 MiB here."));
  }
  CO_ASSIGN(call.body, parse_body(call.request.body));
  co_return co_await route.handler(parts, call);
}

Task<net::HttpResponse> serve_portal(PortalParts& parts, const Route& route,
                                     const net::HttpRequest& request) {
  PortalCall call{.request = request, .visit = {}, .token = {}, .body = {}, .at_fault = {}};
  auto reply = co_await portal_answer(parts, route, call);
  if (!reply) co_return console_problem(reply.error(), call.at_fault);
  net::HttpResponse out{reply->status, "", "", std::move(reply->headers)};
  if (!reply->json.is_null()) {
    out.content_type = "application/json";
    out.body = reply->json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  co_return out;
}

}  // namespace

void add_portal_routes(net::HttpRouter& router, PortalParts& parts) {
  // An address that can be printed in a letter; the page has its places behind '#'.
  router.add_function("GET", "/portal/apply", [](const net::HttpRequest&) {
    return net::HttpResponse{303, "", "", {{"Location", "/portal#/apply"}}};
  });
  for (const auto& route : kRoutes) {
    router.add(
        route.method, std::string(kPortalPrefix) + std::string(route.path),
        [&parts, &route](const net::HttpRequest& request) { return serve_portal(parts, route, request); });
  }
}

}  // namespace heliograph::web
