// The door of the console's HTTP API: for each row of the table (endpoints.h) it finds out who asks, keeps
// out who may not, reads the body, and lets the operation's handler answer. What a server does not offer is
// answered 501 NOT_OFFERED, to those who might have called it.
#pragma once

#include <memory>

#include "net/http.h"
#include "safety/enforcement/gate.h"
#include "services/limits.h"
#include "services/moderation/casework.h"
#include "staff/directory.h"
#include "staff/sign_in.h"
#include "web/console/endpoints.h"
#include "web/console/fields.h"
#include "web/portal/pieces.h"

namespace heliograph::services {
class GuardedTerms;
struct Workplace;
class LegalDesk;
}  // namespace heliograph::services

namespace heliograph::web {

class HealthSource;
class Replays;
class PublicReports;

inline constexpr std::size_t kConsoleBodyMax = 256 * 1024;
inline constexpr std::int64_t kIdMax = 9'007'199'254'740'991;

// What the console is made of; all of it outlives the router and is thread-safe.
struct ConsoleParts {
  staff::SignIn& sign_in;
  staff::Directory& directory;
  services::Limits& limits;
  const Clock& clock;
  const safety::Gate& gate;
  services::Casework& casework;
  services::Workplace& work;
  std::string version;
  std::string policy_source;  // the policy file as it is
  UnixSeconds up_since = 0;
  services::GuardedTerms* guarded_terms = nullptr;  // null: not offered
  Replays* replays = nullptr;                       // the same
  PublicReports* reports = nullptr;                 // the same
  services::LegalDesk* legal = nullptr;             // the same
  const HealthSource* health = nullptr;             // null: the page shows what the scan goes by alone
  Pieces pieces{clock};
};

// One request that was let in.
struct Call {
  const net::HttpRequest& request;
  const Endpoint& endpoint;
  std::optional<staff::Visitor> visitor;  // none only where the endpoint is open
  Json body;                              // an object
  UnixSeconds now = 0;
  std::string at_fault;  // the field that is wrong, for the problem document

  const store::StaffMember& member() const { return visitor->member; }
  // Of {id} in the path: not_found where it cannot be one.
  Result<std::int64_t> id() const;
  // forbidden STEP_UP_NEEDED.
  Status need_proof() const;
  Fields fields() { return Fields(body, at_fault); }
};

struct Reply {
  int status = 200;
  Json json;  // null: no body
  std::vector<net::HttpHeader> headers;
  // In place of the JSON, if it has a type.
  std::string bytes, content_type;
};

using ConsoleHandler = Task<Result<Reply>> (*)(ConsoleParts&, Call&);

// A problem document (RFC 9457): the status by the error's code, or else by its kind.
net::HttpResponse console_problem(const Error& error, const std::string& at_fault = {});
// As the wire has it: {"code","detail","status",...}.
Json console_problem_json(const Error& error, const std::string& at_fault = {});

class Door {
 public:
  // Both outlive it.
  Door(ConsoleParts& parts, net::HttpRouter& router) : parts_(parts), router_(router) {}

  // `operation` is in the table; each once.
  void on(std::string_view operation, ConsoleHandler handler);
  // Everything in the table is served from now on; the router keeps the door.
  static void open(const std::shared_ptr<Door>& door);

 private:
  Task<net::HttpResponse> serve(const net::HttpRequest& request, const Endpoint& endpoint,
                                ConsoleHandler handler);
  Task<Result<Reply>> answer(Call& call, ConsoleHandler handler);
  Task<Result<std::optional<staff::Visitor>>> who(const net::HttpRequest& request, const Endpoint& endpoint);

  ConsoleParts& parts_;
  net::HttpRouter& router_;
  std::vector<std::pair<std::string_view, ConsoleHandler>> handlers_;
};

// "__Host-" where the console is behind TLS.
std::string session_cookie_name(const staff::RelyingParty& party);
net::HttpHeader session_cookie(const staff::RelyingParty& party, std::string_view token);
net::HttpHeader no_session_cookie(const staff::RelyingParty& party);

}  // namespace heliograph::web
