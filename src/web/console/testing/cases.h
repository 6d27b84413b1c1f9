// The console over a messenger in which people report what others write, for tests.
#pragma once

#include "services/reports/reports.h"
#include "services/testing/reports.h"
#include "web/console/testing/desk.h"

namespace heliograph::web::testing {

inline const services::ReportWords kPills{terms::Category::illegal_goods, "goods/drugs", "They sell pills."};

class ConsoleCasesTest : public services::testing::ReportedTest, public ConsoleAsking {
 protected:
  using World = services::testing::World;
  using Role = staff::Role;

  ConsoleCasesTest() { add_console_routes(router, parts); }

  Answer ask(const Who& who, std::string method, const std::string& target, std::string body = {}) {
    auto request = request_of(who, std::move(method), target, std::move(body));
    return answer_of(world.run(router.handle(request)));
  }
  template <std::same_as<Json> Body>
  Answer ask(const Who& who, std::string method, const std::string& target, const Body& body) {
    return ask(who, std::move(method), target, body.dump());
  }
  // Somebody with a program's token, which needs no step-up.
  Who person(const std::string& name, Role role = Role::moderator) {
    const auto token = staff::make_token(world.random);
    World::must(world.write([&](store::Tx& tx) -> Status {
      const staff::Deed deed{"a test", world.clock.unix_seconds()};
      auto& staff = store::staff_of(tx);
      HG_ASSIGN(const auto id, staff::add_member(staff, name, role, staff::make_token(world.random), deed));
      return staff::add_api_token(staff, id, token, 24, deed);
    }));
    return {.cookie = {}, .bearer = token};
  }

  std::int64_t reported(const std::string& text = "Pills, best price") {
    const auto id = World::must(post(ada, news, text)).message.id;
    return World::must(world.run(world.services.reports.messages(bob, news, {id}, kPills))).case_id;
  }
  static std::string at(std::int64_t id, const std::string& rest = {}) {
    return "/cases/" + std::to_string(id) + rest;
  }
  std::int64_t version(const Who& who, std::int64_t id) {
    return ask(who, "GET", at(id)).json["summary"]["version"].get<std::int64_t>();
  }
  Answer decide(const Who& who, std::int64_t id, const std::string& effect,
                const Json& more = Json::object()) {
    Json body{{"effect", effect}, {"reason", "It offers pills."}, {"version", version(who, id)}};
    if (effect != "allow") body["clause"] = "illegal-goods";
    body.update(more);
    return ask(who, "POST", at(id, "/decide"), body);
  }
  std::vector<std::string> history_of(const Who& who, std::int64_t id) {
    std::vector<std::string> out;
    const auto answer = ask(who, "GET", at(id, "/history"));
    for (const auto& event : answer.json["items"]) {
      out.push_back(event["what"].get<std::string>());
    }
    return out;
  }

  staff::SignIn sign_in{{*world.store,
                         world.clock,
                         world.random,
                         world.sealer,
                         crypto::SecretKey{{2}},
                         {"localhost", "http://localhost:8080"}}};
  staff::Directory directory{*world.store, world.clock, world.random};
  services::Limits limits{world.clock};
  // Of which every decision is looked at again.
  services::Workplace work{world.environment,
                           world.services.casework,
                           world.services.discovery,
                           {1000},
                           &world.services.case_media};
  ConsoleParts parts{.sign_in = sign_in,
                     .directory = directory,
                     .limits = limits,
                     .clock = world.clock,
                     .gate = gate,
                     .casework = world.services.casework,
                     .work = work,
                     .version = "1",
                     .policy_source = "the policy file"};
  net::HttpRouter router;
  Peer news = channel(true, "news_channel");
  Who mia = person("Mia");
  Who noah = person("Noah");
  Who olga = person("Olga", Role::senior_moderator);
};

}  // namespace heliograph::web::testing
