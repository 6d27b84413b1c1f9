#include "web/console/door.h"

#include <algorithm>
#include <charconv>

#include "base/assert.h"

namespace heliograph::web {

namespace {

constexpr std::string_view kPrefix = "/api/console";
constexpr services::Rate kStrangers{60, std::chrono::seconds(1)};
constexpr services::Rate kStaff{300, std::chrono::milliseconds(20)};

// Codes whose status is not their kind's, and codes that have another name here.
struct Status9457 {
  std::string_view code;
  int status;
  std::string_view wire = {};
};
constexpr Status9457 kStatuses[] = {
    {"AGENCY_INVALID", 422},
    {"AGENCY_KNOWN", 409},
    {"AGENCY_NOT_ONBOARDED", 409},
    {"AGENCY_COUNTRIES_FULL", 409},
    {"AGENCY_NOT_SUSPENDED", 409},
    {"AGENCY_SUSPENDED", 409},
    {"APPEAL_DECIDED", 409},
    {"APPEAL_SAME_PERSON", 409},
    {"APPEAL_TAKEN", 409},
    {"APPLICATIONS_FULL", 429},
    {"APPLICATION_DECIDED", 409},
    {"APPLICATION_INVALID", 422},
    {"BODY_TOO_LARGE", 413},
    {"BREACH_CASE_UNFIT", 422},
    {"CASE_CHANGED", 409},
    {"CASE_DECIDED", 409},
    {"CASE_NOT_DECIDED", 409},
    {"CASE_NOT_OPEN", 409},
    {"CASE_SAME_PERSON", 409},
    {"CASE_TAKEN", 409},
    {"CASE_WAITS", 409},
    {"CLAUSE_UNKNOWN", 422},
    {"CONFLICT_OF_INTEREST", 409},
    {"CONTENT_UNKNOWN", 422},
    {"CONTRIBUTIONS_FEW", 409},
    {"CONTRIBUTION_TWICE", 409},
    {"CONTRIBUTION_WRONG", 422},
    {"DECISION_INVALID", 422},
    {"EFFECT_UNFIT", 422},
    {"EVIDENCE_MISSING", 422},
    {"EVIDENCE_UNKNOWN", 422},
    {"EXPIRY_INVALID", 422},
    {"EXTENSION_NOT_ALLOWED", 409},
    {"FORM_INCOMPLETE", 422},
    {"FORM_INVALID", 422},
    {"GATE_MISSING", 409},
    {"GATE_PASSED", 409},
    {"ISSUER_NOT_COMPETENT", 422},
    {"JOURNAL_KEY_MISSING", 409},
    {"LAST_ADMIN", 409},
    {"LAST_CREDENTIAL", 409},
    {"MEDIA_CLOSED", 451},
    {"MODERATION_OFF", 501, "NOT_OFFERED"},
    {"NOTE_EMPTY", 400, "FIELD_INVALID"},
    {"NOTE_TOO_LONG", 400, "FIELD_INVALID"},
    {"NOT_AWAITED", 409},
    {"NOT_AWAITING", 409, "CASE_NOT_AWAITING"},
    {"NOT_OFFERED", 501},
    {"NOT_SUSPECT", 422},
    {"OPENING_STALE", 409},
    {"ORDER_EXPIRED", 409},
    {"OWN_ACCOUNT", 409},
    {"OWN_CONFLICT", 409},
    {"OWN_ROLE", 409},
    {"PASSKEYS_TOO_MANY", 409},
    {"PASSKEY_OCCUPIED", 409},
    {"POLICY_INVALID", 422},
    {"PERIOD_CUT", 422},
    {"PERIOD_FUTURE", 422},
    {"PUBLIC_REPORT_PUBLISHED", 409},
    {"QUESTION_WRONG", 422},
    {"QUEUE_UNFIT", 422},
    {"REASON_MISSING", 422},
    {"REPLAY_RUNNING", 409},
    {"REPORT_CHANGED", 409},
    {"REPORT_NOT_REVIEWED", 409},
    {"REPORT_REASON_MISSING", 422},
    {"REQUEST_CLOSED", 409},
    {"REQUEST_WAITS", 409},
    {"ROWS_TOO_MANY", 422},
    {"SAME_PERSON", 409},
    {"SAMPLE_ANSWERED", 409},
    {"STAFF_DISABLED", 409},
    {"STAFF_NAME_INVALID", 400, "FIELD_INVALID"},
    {"STAFF_NAME_OCCUPIED", 409, "NAME_TAKEN"},
    {"TERM_CHANGED", 409},
    {"TERM_KNOWN", 409},
    {"UNDO_TOO_LATE", 409},
    {"WORDS_MISSING", 422},
};

int status_of_kind(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid:
    case ErrorKind::not_acceptable:
      return 400;
    case ErrorKind::unauthorized:
      return 401;
    case ErrorKind::forbidden:
      return 403;
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::flood:
      return 429;
    case ErrorKind::internal:
      return 500;
    case ErrorKind::unavailable:
      return 503;
  }
  return 500;
}

std::string cookie_value(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const auto end = std::min(header.find(';'), header.size());
    auto pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return std::string(pair.substr(name.size() + 1));
    }
  }
  return {};
}

std::string_view bearer(const net::HttpRequest& request) {
  const auto header = request.header("Authorization");
  return header.starts_with("Bearer ") ? header.substr(7) : std::string_view();
}

bool behind_tls(const staff::RelyingParty& party) {
  return party.origin.starts_with("https://");
}

net::HttpHeader cookie(const staff::RelyingParty& party, std::string_view value, UnixSeconds seconds) {
  return {"Set-Cookie", session_cookie_name(party) + "=" + std::string(value) + "; Path=/; HttpOnly; " +
                            "SameSite=Strict; Max-Age=" + std::to_string(seconds) +
                            (behind_tls(party) ? "; Secure" : "")};
}

}  // namespace

std::string session_cookie_name(const staff::RelyingParty& party) {
  return behind_tls(party) ? "__Host-heliograph_staff" : "heliograph_staff";
}

net::HttpHeader session_cookie(const staff::RelyingParty& party, std::string_view token) {
  return cookie(party, token, staff::kSessionSeconds);
}

net::HttpHeader no_session_cookie(const staff::RelyingParty& party) {
  return cookie(party, "", 0);
}

Json console_problem_json(const Error& error, const std::string& at_fault) {
  auto code = error.code;
  auto status = status_of_kind(error.kind);
  const auto* row = std::ranges::find(kStatuses, error.code, &Status9457::code);
  if (row != std::end(kStatuses)) {
    status = row->status;
    if (!row->wire.empty()) code = row->wire;
  }
  // What has gone wrong inside is for the log, not for whoever asks.
  if (error.kind == ErrorKind::unavailable && status == 503) code = "TRY_AGAIN";
  if (error.kind == ErrorKind::flood) code = "TOO_MANY_REQUESTS";
  Json problem{
      {"type", "about:blank"}, {"title", net::http_reason(status)}, {"status", status}, {"code", code}};
  if (!error.message.empty()) problem["detail"] = error.message;
  if (!at_fault.empty()) problem["field"] = at_fault;
  if (error.kind == ErrorKind::flood) problem["retry_after"] = error.wait_seconds;
  return problem;
}

net::HttpResponse console_problem(const Error& error, const std::string& at_fault) {
  const auto problem = console_problem_json(error, at_fault);
  net::HttpResponse out{problem["status"].get<int>(),
                        "application/problem+json",
                        problem.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n",
                        {}};
  if (error.kind == ErrorKind::flood) {
    out.headers.push_back({"Retry-After", std::to_string(error.wait_seconds)});
  }
  return out;
}

Result<std::int64_t> Call::id() const {
  const auto text = request.path_value("id");
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = failed == std::errc() && end == text.data() + text.size();
  if (whole && number > 0 && number <= kIdMax) return number;
  return fail(Error::not_found("ID_UNKNOWN", "There is nothing of this number."));
}

Status Call::need_proof() const {
  if (visitor && visitor->proved_until() > now) return {};
  return fail(Error::forbidden("STEP_UP_NEEDED", "Show your passkey or a code once more to do this."));
}

void Door::on(std::string_view operation, ConsoleHandler handler) {
  HG_ASSERT(std::ranges::count(console_endpoints(), operation, &Endpoint::operation) == 1);
  handlers_.emplace_back(operation, handler);
}

void Door::open(const std::shared_ptr<Door>& door) {
  for (const auto& endpoint : console_endpoints()) {
    const auto found = std::ranges::find(door->handlers_, endpoint.operation,
                                         &std::pair<std::string_view, ConsoleHandler>::first);
    const ConsoleHandler handler = found == door->handlers_.end() ? nullptr : found->second;
    door->router_.add(endpoint.method, std::string(kPrefix) + std::string(endpoint.path),
                      [door, &endpoint, handler](const net::HttpRequest& request) {
                        return door->serve(request, endpoint, handler);
                      });
  }
}

// Who asks, if they are let in at all.
Task<Result<std::optional<staff::Visitor>>> Door::who(const net::HttpRequest& request,
                                                      const Endpoint& endpoint) {
  const auto token = bearer(request);
  // A form on another site cannot send this header, and a script there is not allowed to.
  if (endpoint.method != "GET" && token.empty() && request.header("X-Heliograph-Console") != "1") {
    co_return fail(Error::forbidden("CSRF_HEADER_MISSING", "Send the header X-Heliograph-Console: 1."));
  }
  if (endpoint.open()) {
    CO_TRY(parts_.limits.take("console strangers", request.client.limit_key().text(), kStrangers));
    co_return std::nullopt;
  }
  const bool program = !token.empty();
  auto shown = program ? std::string(token)
                       : cookie_value(request.header("Cookie"), session_cookie_name(parts_.sign_in.party()));
  if (shown.empty()) co_return fail(Error::unauthorized("SIGN_IN_NEEDED", "Sign in first."));
  const auto kind = program ? store::StaffToken::Kind::api : store::StaffToken::Kind::session;
  CO_ASSIGN(auto visitor, co_await parts_.sign_in.visitor(std::move(shown), kind));
  CO_TRY(parts_.limits.take("console staff", std::to_string(visitor.member.id.value), kStaff));
  if (!may_call(endpoint, visitor.member.role)) {
    co_return fail(Error::forbidden(
        "ROLE_NOT_ALLOWED",
        "This is not for the role of " + std::string(staff::name(visitor.member.role)) + "."));
  }
  co_return std::optional(std::move(visitor));
}

Task<Result<Reply>> Door::answer(Call& call, ConsoleHandler handler) {
  CO_ASSIGN(call.visitor, co_await who(call.request, call.endpoint));
  if (call.endpoint.step_up == StepUp::always) CO_TRY(call.need_proof());
  if (call.request.body.size() > kConsoleBodyMax) {
    co_return fail(Error::invalid("BODY_TOO_LARGE", "A body has at most 256 KiB here."));
  }
  CO_ASSIGN(call.body, parse_body(call.request.body));
  if (handler == nullptr) {
    co_return fail(Error::unavailable("NOT_OFFERED", "This server does not offer it."));
  }
  co_return co_await handler(parts_, call);
}

Task<net::HttpResponse> Door::serve(const net::HttpRequest& request, const Endpoint& endpoint,
                                    ConsoleHandler handler) {
  Call call{.request = request,
            .endpoint = endpoint,
            .visitor = {},
            .body = {},
            .now = parts_.clock.unix_seconds(),
            .at_fault = {}};
  auto reply = co_await answer(call, handler);
  if (!reply) co_return console_problem(reply.error(), call.at_fault);
  net::HttpResponse out{reply->status, "", "", std::move(reply->headers)};
  if (!reply->content_type.empty()) {
    out.content_type = std::move(reply->content_type);
    out.body = std::move(reply->bytes);
  } else if (!reply->json.is_null()) {
    out.content_type = reply->status < 400 ? "application/json" : "application/problem+json";
    out.body = reply->json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  co_return out;
}

}  // namespace heliograph::web
