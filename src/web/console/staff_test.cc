#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/console/testing/desk.h"

namespace heliograph::web {
namespace {

using staff::Role;

class ConsoleStaff : public ::testing::Test, public testing::ConsoleWorld {
 protected:
  Who admin = program(Role::admin);
};

TEST_F(ConsoleStaff, AnAdminAddsChangesAndDisablesPeople) {
  const auto added = ask(admin, "POST", "/staff",
                         Json{{"name", "Ben"},
                              {"role", "moderator"},
                              {"languages", {"de", "pt-BR"}},
                              {"categories", {"fraud", "spam"}}});
  ASSERT_EQ(added.status, 201) << added.json;
  EXPECT_THAT(added.json["url"].get<std::string>(),
              ::testing::MatchesRegex("http://localhost:8080/console#/enrol/[A-Za-z0-9_-]{43}"));
  const auto& member = added.json["member"];
  EXPECT_EQ(member["state"], "invited");
  EXPECT_EQ(member["categories"], (Json{"fraud", "spam"}));
  const auto target = "/staff/" + std::to_string(member["id"].get<int>());

  EXPECT_EQ(ask(admin, "POST", "/staff", Json{{"name", "BEN"}, {"role", "auditor"}}).code(), "NAME_TAKEN");
  EXPECT_EQ(ask(admin, "PATCH", target, Json{{"role", "auditor"}}).json["role"], "auditor");
  EXPECT_EQ(ask(admin, "POST", target + "/enrolment").status, 201);
  EXPECT_EQ(ask(admin, "POST", target + "/disable", Json{{"reason", "left"}}).json["state"], "disabled");
  EXPECT_EQ(ask(admin, "POST", target + "/enrolment").status, 409);
  const auto all = ask(admin, "GET", "/staff").json["items"];
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1]["name"], "Ben");
  EXPECT_EQ(all[0]["credentials"], (Json{"token"}));
}

TEST_F(ConsoleStaff, NobodyIsNobody) {
  EXPECT_EQ(ask(admin, "PATCH", "/staff/99", Json::object()).code(), "STAFF_UNKNOWN");
  for (const auto* id : {"0", "-1", "x", "1x", "99999999999999999999"}) {
    EXPECT_EQ(ask(admin, "PATCH", "/staff/" + std::string(id), Json::object()).status, 404) << id;
  }
  EXPECT_EQ(ask(admin, "PATCH", "/staff/1", Json{{"role", "auditor"}}).code(), "OWN_ROLE");
  EXPECT_EQ(ask(admin, "POST", "/staff/1/disable", Json{{"reason", "x"}}).code(), "OWN_ACCOUNT");
}

TEST_F(ConsoleStaff, ReadsArePagedByCursorsOfTheirFilter) {
  for (int i = 1; i <= 5; ++i) {
    must(run(directory.record_read({.at = i,
                                    .who = "Ana",
                                    .what = "readMember",
                                    .account = UserId{i % 2 + 7},
                                    .reason = "a case",
                                    .staff = StaffId{1},
                                    .case_id = 3})));
  }
  const auto first = ask(admin, "GET", "/staff/reads?limit=2").json;
  ASSERT_EQ(first["items"].size(), 2U);
  EXPECT_EQ(first["items"][0]["at"], 5);
  EXPECT_EQ(first["items"][0]["by"], (Json{{"id", 1}, {"name", "Ana"}}));
  const auto cursor = first["next"].get<std::string>();
  const auto second = ask(admin, "GET", "/staff/reads?limit=3&cursor=" + cursor).json;
  EXPECT_EQ(second["items"].size(), 3U);
  EXPECT_EQ(second["items"][2]["at"], 1);
  EXPECT_EQ(ask(admin, "GET", "/staff/reads?member=7&limit=10").json["items"].size(), 2U);
  EXPECT_EQ(ask(admin, "GET", "/staff/reads?member=7&cursor=" + cursor).code(), "CURSOR_INVALID");
  for (const auto* bad : {"limit=0", "limit=201", "limit=x", "member=-1", "staff=x"}) {
    EXPECT_EQ(ask(admin, "GET", "/staff/reads?" + std::string(bad)).code(), "FIELD_INVALID") << bad;
  }
}

}  // namespace
}  // namespace heliograph::web
