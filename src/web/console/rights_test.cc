// Who may call what: the table against its document, and the door against the table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "web/console/testing/desk.h"

namespace heliograph::web {
namespace {

using staff::Role;

struct Described {
  std::string method, path;
  std::string roles;  // as written
  std::string step_up = "never";
  bool open = false;
};

// The operations of docs/api/console.yaml, read by its lines: it is written one key a line.
std::map<std::string, Described> described() {
  std::map<std::string, Described> out;
  std::ifstream in(std::string(HELIOGRAPH_SOURCE) + "/docs/api/console.yaml");
  std::string line, path, method, operation;
  bool paths = false;
  const auto after = [&](std::string_view key) { return line.substr(line.find(key) + key.size()); };
  while (std::getline(in, line)) {
    if (line == "paths:" || line == "components:") paths = line == "paths:";
    if (!paths || line.find_first_not_of(' ') == line.npos) continue;
    const auto indent = line.find_first_not_of(' ');
    if (indent == 2 && line[2] == '/') path = line.substr(2, line.size() - 3);
    if (indent == 4 && line[4] != '#') method = line.substr(4, line.size() - 5);
    if (indent != 6) continue;
    if (line.starts_with("      operationId: ")) {
      operation = after(": ");
      out[operation] = {.method = method, .path = path};
    }
    if (line.starts_with("      x-roles: ")) out[operation].roles = after(": ");
    if (line.starts_with("      x-step-up: ")) out[operation].step_up = after(": ");
    if (line == "      security: []") out[operation].open = true;
  }
  return out;
}

std::string roles_text(const Endpoint& endpoint) {
  std::string out;
  for (const auto& facts : staff::kRoles) {
    if (may_call(endpoint, facts.role)) out += (out.empty() ? "[" : ", ") + std::string(facts.name);
  }
  return out.empty() ? "" : out + "]";
}

TEST(ConsoleRights, TheTableIsWhatTheDocumentSays) {
  auto document = described();
  ASSERT_GT(document.size(), 50U);
  for (const auto& endpoint : console_endpoints()) {
    const auto found = document.find(std::string(endpoint.operation));
    ASSERT_NE(found, document.end()) << endpoint.operation;
    const auto& row = found->second;
    std::string method(endpoint.method);
    for (auto& c : method) c = static_cast<char>(std::tolower(c));
    EXPECT_EQ(method, row.method) << endpoint.operation;
    EXPECT_EQ(endpoint.path, row.path) << endpoint.operation;
    EXPECT_EQ(roles_text(endpoint), row.roles) << endpoint.operation;
    EXPECT_EQ(endpoint.open(), row.open) << endpoint.operation;
    static constexpr std::string_view names[] = {"never", "always", "severe"};
    EXPECT_EQ(names[static_cast<std::size_t>(endpoint.step_up)], row.step_up) << endpoint.operation;
    document.erase(found);
  }
  EXPECT_TRUE(document.empty()) << document.begin()->first << " is not in the table";
}

class ConsoleDoor : public ::testing::Test, public testing::ConsoleWorld {
 protected:
  static std::string target(const Endpoint& endpoint) {
    std::string out(endpoint.path);
    for (std::size_t at; (at = out.find('{')) != out.npos;) out.replace(at, out.find('}') - at + 1, "1");
    return out;
  }
};

TEST_F(ConsoleDoor, EveryRoleAtEveryOperation) {
  for (const auto& facts : staff::kRoles) {
    const auto who = program(facts.role);
    for (const auto& endpoint : console_endpoints()) {
      clock.advance(std::chrono::seconds(1));
      if (endpoint.operation == "signOut") continue;  // it would be good for nothing afterwards
      // A body that no operation takes, so that nothing is done.
      const auto answer = ask(who, std::string(endpoint.method), target(endpoint), R"({"no such field":1})");
      const bool refused = answer.status == 403 && answer.code() == "ROLE_NOT_ALLOWED";
      EXPECT_EQ(refused, !endpoint.open() && !may_call(endpoint, facts.role))
          << facts.name << " at " << endpoint.operation << ": " << answer.status << " " << answer.code();
    }
  }
}

TEST_F(ConsoleDoor, NobodyGetsInWithoutASignInOrWithAnythingElse) {
  for (const auto& endpoint : console_endpoints()) {
    clock.advance(std::chrono::seconds(1));
    if (endpoint.open()) continue;
    const auto method = std::string(endpoint.method);
    for (const Who& who : {Who{}, Who{.cookie = "nonsense"}, Who{.bearer = "nonsense"}}) {
      const auto answer = ask(who, method, target(endpoint));
      EXPECT_EQ(answer.status, 401) << endpoint.operation;
      EXPECT_EQ(answer.code(), "SIGN_IN_NEEDED") << endpoint.operation;
    }
  }
}

TEST_F(ConsoleDoor, ACookieAloneChangesNothing) {
  staff::testing::Authenticator key;
  auto who = browser("Ana", key, Role::admin);
  who.marked = false;
  for (const auto& endpoint : console_endpoints()) {
    clock.advance(std::chrono::seconds(1));
    const auto answer = ask(who, std::string(endpoint.method), target(endpoint));
    EXPECT_EQ(answer.code() == "CSRF_HEADER_MISSING", endpoint.method != "GET") << endpoint.operation;
  }
}

TEST_F(ConsoleDoor, WhatIsSevereTakesAFreshProof) {
  staff::testing::Authenticator key;
  const auto who = browser("Ana", key, Role::admin);
  clock.advance(std::chrono::minutes(6));
  for (const auto& endpoint : console_endpoints()) {
    clock.advance(std::chrono::milliseconds(100));
    if (endpoint.open() || !may_call(endpoint, Role::admin) || endpoint.operation == "signOut") continue;
    const auto answer = ask(who, std::string(endpoint.method), target(endpoint), R"({"no such field":1})");
    EXPECT_EQ(answer.code() == "STEP_UP_NEEDED", endpoint.step_up == StepUp::always) << endpoint.operation;
  }
}

TEST_F(ConsoleDoor, WhatIsNotOfferedSaysSo) {
  const auto answer = ask(program(Role::moderator), "POST", "/wellness/break", Json::object());
  EXPECT_TRUE(answer.status == 200 || answer.code() == "NOT_OFFERED") << answer.status;
}

TEST_F(ConsoleDoor, StrangersAndStaffAreHeldBackWhenTheyAskTooOften) {
  int refused = 0;
  for (int i = 0; i < 100; ++i) refused += ask({}, "POST", "/session/passkey/options").status == 429 ? 1 : 0;
  EXPECT_EQ(refused, 40);
  const auto who = program(Role::auditor);
  refused = 0;
  for (int i = 0; i < 400; ++i) refused += ask(who, "GET", "/session").status == 429 ? 1 : 0;
  EXPECT_EQ(refused, 100);
  const auto answer = ask(who, "GET", "/session");
  EXPECT_EQ(answer.code(), "TOO_MANY_REQUESTS");
  EXPECT_EQ(answer.json["retry_after"], 1);
  EXPECT_EQ(answer.header("Retry-After"), "1");
}

TEST_F(ConsoleDoor, BodiesAreReadStrictly) {
  const auto who = program(Role::admin);
  const struct {
    std::string body;
    int status;
    const char* code;
    const char* field;
  } cases[] = {
      {"", 400, "FIELD_INVALID", "name"},
      {"{", 400, "BODY_INVALID", ""},
      {"[]", 400, "BODY_INVALID", ""},
      {"{} {}", 400, "BODY_INVALID", ""},
      {"{\"name\":\"\xff\"}", 400, "BODY_INVALID", ""},
      {std::string(100'000, '['), 400, "BODY_INVALID", ""},
      {R"({"name":"Ben","role":7})", 400, "FIELD_INVALID", "role"},
      {R"({"name":"Ben","role":"boss"})", 400, "FIELD_INVALID", "role"},
      {R"({"name":["Ben"],"role":"admin"})", 400, "FIELD_INVALID", "name"},
      {R"({"name":"Ben","role":"admin","boss":true})", 400, "FIELD_UNKNOWN", "boss"},
      {R"({"name":"Ben","role":"admin","languages":["deutsch"]})", 400, "FIELD_INVALID", "languages"},
      {R"({"name":"Ben","role":"admin","categories":["evil"]})", 400, "FIELD_INVALID", "categories"},
      {R"({"name":" Ben","role":"admin"})", 400, "FIELD_INVALID", ""},
      {R"({"name":"Ben","role":"admin"})" + std::string(kConsoleBodyMax, ' '), 413, "BODY_TOO_LARGE", ""},
  };
  for (const auto& c : cases) {
    const auto answer = ask(who, "POST", "/staff", c.body);
    EXPECT_EQ(answer.status, c.status) << c.body.substr(0, 60);
    EXPECT_EQ(answer.code(), c.code) << c.body.substr(0, 60);
    EXPECT_EQ(answer.json.value("field", ""), c.field) << c.body.substr(0, 60);
  }
}

}  // namespace
}  // namespace heliograph::web
