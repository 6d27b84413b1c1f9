#include "staff/directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "staff/testing/world.h"

namespace heliograph::staff {
namespace {

class DirectoryTest : public ::testing::Test, public testing::StaffWorld {
 protected:
  Directory directory{*store, clock, random};
  testing::Authenticator key;
  StaffId admin = enrol("Ana", key, Role::admin).visitor.member.id;
};

TEST_F(DirectoryTest, SomebodyIsAddedAndEnrolsWithTheLink) {
  const auto invited =
      must(run(directory.add(admin, "Ben", Role::moderator, {.languages = {{"de"}}, .categories = 3})));
  EXPECT_EQ(invited.facts.member.state, store::StaffState::invited);
  EXPECT_EQ(invited.facts.member.languages, std::vector<std::string>{"de"});
  testing::Authenticator bens(testing::Authenticator::Kind::es256, 2);
  const auto begun = must(run(sign_in.begin_enrolment(invited.token)));
  must(run(sign_in.enrol_passkey(invited.token, bens.make(begun.second), "")));
  const auto all = must(run(directory.list()));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].member.name, "Ben");
  EXPECT_TRUE(all[1].has_passkey);
  EXPECT_FALSE(all[1].has_token);
  EXPECT_EQ(all[1].seen_at, clock.unix_seconds());
}

TEST_F(DirectoryTest, NobodyChangesTheirOwnRoleOrLeavesAlone) {
  EXPECT_EQ(run(directory.change(admin, admin, {.role = Role::auditor})).error().code, "OWN_ROLE");
  EXPECT_EQ(run(directory.disable(admin, admin, "tired")).error().code, "OWN_ACCOUNT");
  EXPECT_EQ(must(run(directory.change(admin, admin, {.categories = 1}))).member.categories, 1U);
}

TEST_F(DirectoryTest, WhoLeftStandsLast) {
  const auto ben = must(run(directory.add(admin, "Aaron", Role::moderator, {}))).facts.member.id;
  EXPECT_EQ(must(run(directory.disable(admin, ben, "left"))).member.state, store::StaffState::disabled);
  EXPECT_EQ(run(directory.renew(admin, ben)).error().code, "STAFF_DISABLED");
  EXPECT_EQ(must(run(directory.list())).back().member.name, "Aaron");
  EXPECT_EQ(run(directory.renew(admin, StaffId{99})).error().code, "STAFF_UNKNOWN");
}

TEST_F(DirectoryTest, SettingsAndReadsAreKept) {
  EXPECT_EQ(must(run(directory.set_settings(admin, R"({"blur":false})", 4))).opt_outs, 4U);
  must(run(directory.record_read(
      {.at = 5, .who = "Ana", .what = "readMember", .account = UserId{7}, .staff = admin})));
  EXPECT_EQ(must(run(directory.reads({.staff = admin}, 0, 10))).size(), 1U);
  EXPECT_EQ(must(run(directory.reads({.account = UserId{8}}, 0, 10))).size(), 0U);
}

}  // namespace
}  // namespace heliograph::staff
