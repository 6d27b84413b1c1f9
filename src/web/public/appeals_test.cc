#include "web/public/appeals.h"

#include <gmock/gmock.h>

#include "services/testing/reports.h"

namespace heliograph::web {
namespace {

using services::testing::World;
using ::testing::HasSubstr;
using ::testing::Not;

class AppealRoutesTest : public services::testing::ReportedTest {
 protected:
  AppealRoutesTest() { add_appeal_routes(router, world.services.redress); }
  net::HttpResponse ask(std::string method, std::string path, std::string body = {}) {
    net::HttpRequest request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.body = std::move(body);
    request.client = net::Address::from_v4(0xc0000201);
    return world.run(router.handle(request));
  }
  // The value of a hidden field.
  static std::string hidden(const std::string& html, const std::string& name) {
    const auto begin = html.find("name=\"" + name + "\" value=\"") + name.size() + 15;
    return html.substr(begin, html.find('"', begin) - begin);
  }
  void decide_on(const services::Caller& who, safety::Effect effect, std::string why) {
    const auto filed = World::must(world.run(world.services.reports.peer(
        bob, Peer::of(who.user), {terms::Category::illegal_goods, "goods/drugs", "Pills."})));
    safety::PersonDecision decision;
    decision.effect = effect;
    decision.clause = "illegal-goods";
    decision.why = std::move(why);
    World::must(world.write([&](store::Tx& tx) {
      return moderation.desk()->decide(tx, {StaffId{1}, "mia", false}, filed.case_id, decision, "");
    }));
  }
  net::HttpRouter router;
};

TEST_F(AppealRoutesTest, FromThePhoneNumberToTheAppealWithoutScript) {
  const auto phone = world.new_phone();
  const auto eve = world.sign_up("Eve", {}, phone);
  decide_on(eve, safety::Effect::limit_account, "She offers <b>pills</b>.");

  EXPECT_THAT(ask("GET", "/appeal").body, HasSubstr("name=\"phone\""));
  const auto coded = ask("POST", "/appeal", "phone=%2B" + phone.substr(1));
  ASSERT_EQ(coded.status, 200);
  const auto login = "phone=%2B" + phone.substr(1) + "&handle=" + hidden(coded.body, "handle") + "&code=";
  const auto refused = ask("POST", "/appeal/decisions", login + "x");
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("The code is wrong."));

  const auto listed = ask("POST", "/appeal/decisions", login + world.codes.last());
  ASSERT_EQ(listed.status, 200);
  EXPECT_THAT(listed.body, HasSubstr("may not write in public for now"));
  EXPECT_THAT(listed.body, HasSubstr("&lt;b&gt;pills"));
  EXPECT_THAT(listed.body, Not(HasSubstr("<script")));
  const auto pass = "pass=" + hidden(listed.body, "pass");
  const auto number = hidden(listed.body, "case");
  const auto filed = ask("POST", "/appeal/file", pass + "&case=" + number + "&text=Vitamins+%3Ci%3E");
  EXPECT_EQ(filed.status, 200);
  EXPECT_THAT(filed.body, HasSubstr("is filed."));
  EXPECT_THAT(filed.body, HasSubstr("Vitamins &lt;i&gt;"));
  EXPECT_EQ(ask("POST", "/appeal/file", pass + "&case=" + number + "&text=again").status, 400);
  EXPECT_EQ(ask("POST", "/appeal/file", pass + "&case=999&text=x").status, 404);
  EXPECT_EQ(ask("POST", "/appeal/decisions", pass).status, 200);
}

TEST_F(AppealRoutesTest, WhatCannotBeReadIsRefusedAndNothingIsKeptByBrowsers) {
  for (const auto* body : {"phone=%zz", "phone=", "phone=12", "%=%"}) {
    EXPECT_GE(ask("POST", "/appeal", body).status, 400) << body;
  }
  EXPECT_EQ(ask("POST", "/appeal/decisions", "pass=abc").status, 401);
  EXPECT_EQ(ask("POST", "/appeal/decisions", std::string(100'000, 'x')).status, 400);
  EXPECT_EQ(ask("POST", "/appeal/file", "case=1&text=" + std::string(20'000, 'x')).status, 400);
  std::string kept;
  for (const auto& header : ask("GET", "/appeal").headers) {
    if (header.name == "Cache-Control" || header.name == "Referrer-Policy") kept += header.value + " ";
  }
  EXPECT_EQ(kept, "no-referrer no-store ");
}

}  // namespace
}  // namespace heliograph::web
