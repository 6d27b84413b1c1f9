// The console behind a router, with a staff on a real store, for tests.
#pragma once

#include <concepts>

#include "services/moderation/workplace.h"
#include "staff/testing/world.h"
#include "web/console/console.h"

namespace heliograph::web::testing {

// Requests as a browser or a program makes them, and what comes back.
class ConsoleAsking {
 public:
  struct Answer {
    int status = 0;
    Json json;
    std::vector<net::HttpHeader> headers;

    std::string code() const { return json.is_object() ? json.value("code", "") : ""; }
    std::string header(std::string_view name) const {
      for (const auto& each : headers) {
        if (each.name == name) return each.value;
      }
      return {};
    }
    // The token in the cookie that it sets.
    std::string cookie() const {
      const auto line = header("Set-Cookie");
      const auto begin = line.find('=') + 1;
      return line.substr(begin, line.find(';') - begin);
    }
  };

  // Whoever asks: one of the two, or nobody.
  struct Who {
    std::string cookie;
    std::string bearer;
    bool marked = true;  // with X-Heliograph-Console
  };

  static net::HttpRequest request_of(const Who& who, std::string method, const std::string& target,
                                     std::string body) {
    net::HttpRequest request;
    request.method = std::move(method);
    const auto question = target.find('?');
    request.path = "/api/console" + target.substr(0, question);
    if (question != target.npos) request.query = target.substr(question + 1);
    request.body = std::move(body);
    request.client = net::Address::from_v4(0xc0000201);
    if (!who.cookie.empty()) request.headers.push_back({"Cookie", "a=b; heliograph_staff=" + who.cookie});
    if (!who.bearer.empty()) request.headers.push_back({"Authorization", "Bearer " + who.bearer});
    if (who.marked) request.headers.push_back({"X-Heliograph-Console", "1"});
    return request;
  }
  static Answer answer_of(net::HttpResponse response) {
    return {response.status, Json::parse(response.body, nullptr, false), std::move(response.headers)};
  }
};

class ConsoleWorld : public staff::testing::StaffWorld, public ConsoleAsking {
 public:
  ConsoleWorld() { add_console_routes(router, parts); }

  Answer ask(const Who& who, std::string method, const std::string& target, std::string body = {}) {
    auto request = request_of(who, std::move(method), target, std::move(body));
    return answer_of(run(router.handle(request)));
  }
  template <std::same_as<Json> Body>
  Answer ask(const Who& who, std::string method, const std::string& target, const Body& body) {
    return ask(who, std::move(method), target, body.dump());
  }

  // Somebody of this role with a program's token.
  Who program(staff::Role role) {
    const auto name = "program " + std::string(staff::name(role));
    add(name, role);
    const auto token = staff::make_token(random);
    must(write([&](store::Staff& staff) -> Status {
      HG_ASSIGN(const auto member, staff::must_find(staff, name));
      return staff::add_api_token(staff, member.id, token, 12, deed());
    }));
    return {.bearer = token};
  }
  Who browser(const std::string& name, staff::testing::Authenticator& key, staff::Role role) {
    return {.cookie = enrol(name, key, role).token};
  }

  staff::Directory directory{*store, clock, random};
  services::Limits limits{clock};
  // Of what the program carries; read once.
  static std::shared_ptr<const safety::Rulebook> rulebook() {
    static const auto book = must(safety::load_rulebook({}, 0));
    return book;
  }
  safety::Gate gate{rulebook()};
  // Of a messenger in which nobody has done anything, and nothing is judged.
  crypto::BlindIndex phone_index{crypto::SecretKey{{3}}};
  services::Environment environment{*store, clock, random, sealer, phone_index, Bytes(32, 3)};
  services::Casework casework{environment};
  services::PeopleSearch people_search{environment, limits};
  services::Discovery discovery{environment, limits, people_search};
  services::Workplace work{environment, casework, discovery, {}, nullptr};
  ConsoleParts parts{.sign_in = sign_in,
                     .directory = directory,
                     .limits = limits,
                     .clock = clock,
                     .gate = gate,
                     .casework = casework,
                     .work = work,
                     .version = "1",
                     .policy_source = "the policy file"};
  net::HttpRouter router;
};

// As a browser writes what an authenticator gave.
inline Json as_json(const staff::Registration& made, ByteView id, const std::string& challenge_id) {
  return {{"challenge_id", challenge_id},
          {"label", "my key"},
          {"credential",
           {{"id", staff::to_base64url(id)},
            {"rawId", staff::to_base64url(id)},
            {"type", "public-key"},
            {"clientExtensionResults", Json::object()},
            {"response",
             {{"clientDataJSON", staff::to_base64url(made.client_data)},
              {"attestationObject", staff::to_base64url(made.attestation_object)},
              {"transports", Json::array({"usb"})}}}}}};
}
inline Json as_json(const staff::Assertion& shown, const std::string& challenge_id) {
  return {{"challenge_id", challenge_id},
          {"credential",
           {{"id", staff::to_base64url(shown.credential_id)},
            {"rawId", staff::to_base64url(shown.credential_id)},
            {"type", "public-key"},
            {"response",
             {{"clientDataJSON", staff::to_base64url(shown.client_data)},
              {"authenticatorData", staff::to_base64url(shown.authenticator_data)},
              {"signature", staff::to_base64url(shown.signature)}}}}}};
}

}  // namespace heliograph::web::testing
