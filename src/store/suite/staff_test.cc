#include <gmock/gmock.h>

#include "store/staff.h"
#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

StaffMember member(std::string name) {
  StaffMember out;
  out.name = std::move(name);
  out.role = StaffRole::auditor;
  out.languages = {"de", "pt-BR"};
  out.categories = 5;
  out.opt_outs = 2;
  out.settings = "{}";
  out.totp_sealed = {1, 2};
  out.totp_step = 7;
  out.failures = 3;
  out.locked_until = 99;
  out.created_at = 1000;
  return out;
}

TEST_P(StoreSuite, StaffAreFoundByNumberAndName) {
  const auto ana = must_write([](Tx& tx) { return staff_of(tx).add(member("Ana")); });
  const auto found = *must_read([&](Tx& tx) { return staff_of(tx).find(ana); });
  EXPECT_EQ(found.id, ana);
  EXPECT_EQ(found.role, StaffRole::auditor);
  EXPECT_EQ(found.languages, (std::vector<std::string>{"de", "pt-BR"}));
  EXPECT_EQ(found.categories, 5U);
  EXPECT_EQ(found.totp_sealed, (Bytes{1, 2}));
  EXPECT_EQ(must_read([](Tx& tx) { return staff_of(tx).find_by_name("aNA"); })->id, ana);
  EXPECT_FALSE(must_read([](Tx& tx) { return staff_of(tx).find_by_name("Ben"); }));
  EXPECT_EQ(write([](Tx& tx) { return staff_of(tx).add(member("ANA")); }).error().code,
            "STAFF_NAME_OCCUPIED");

  auto changed = found;
  changed.state = StaffState::disabled;
  changed.languages.clear();
  ASSERT_TRUE(write([&](Tx& tx) { return staff_of(tx).update(changed); }));
  const auto all = must_read([](Tx& tx) { return staff_of(tx).list(); });
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].state, StaffState::disabled);
  EXPECT_TRUE(all[0].languages.empty());
  changed.id = StaffId{77};
  changed.name = "Ben";
  EXPECT_EQ(write([&](Tx& tx) { return staff_of(tx).update(changed); }).error().code, "STAFF_UNKNOWN");
}

TEST_P(StoreSuite, PasskeysOfStaffHaveOneIdEach) {
  const StaffId ana{1}, ben{2};
  const auto add = [&](StaffId who, Bytes id) {
    Passkey passkey;
    passkey.id = std::move(id);
    passkey.staff = who;
    passkey.algorithm = -8;
    passkey.label = "key";
    return write([passkey](Tx& tx) { return staff_of(tx).add_passkey(passkey); });
  };
  const auto first = add(ana, {1}).value();
  ASSERT_TRUE(add(ana, {2}));
  ASSERT_TRUE(add(ben, {3}));
  EXPECT_EQ(add(ben, {1}).error().code, "PASSKEY_OCCUPIED");
  ASSERT_TRUE(write([&](Tx& tx) { return staff_of(tx).touch_passkey(first, 9, 500); }));
  const auto found = *must_read([](Tx& tx) { return staff_of(tx).find_passkey(Bytes{1}); });
  EXPECT_EQ(found.algorithm, -8);
  EXPECT_EQ(found.counter, 9U);
  EXPECT_EQ(found.used_at, 500);
  ASSERT_TRUE(write([&](Tx& tx) { return staff_of(tx).erase_passkey(ben, first); }));  // not Ben's
  EXPECT_EQ(must_read([&](Tx& tx) { return staff_of(tx).passkeys(ana); }).size(), 2U);
  ASSERT_TRUE(write([&](Tx& tx) { return staff_of(tx).erase_passkey(ana, first); }));
  EXPECT_EQ(must_read([&](Tx& tx) { return staff_of(tx).passkeys(ana); }).size(), 1U);
  ASSERT_TRUE(write([&](Tx& tx) { return staff_of(tx).erase_passkeys(ana); }));
  EXPECT_EQ(must_read([&](Tx& tx) { return staff_of(tx).passkeys(ana); }).size(), 0U);
  EXPECT_EQ(must_read([&](Tx& tx) { return staff_of(tx).passkeys(ben); }).size(), 1U);
}

TEST_P(StoreSuite, TokensOfStaffGoByKindAndTime) {
  using Kind = StaffToken::Kind;
  const StaffId ana{1};
  const auto put = [&](std::uint8_t number, Kind kind, UnixSeconds expires) {
    ASSERT_TRUE(write([=](Tx& tx) {
      return staff_of(tx).put_token(
          {.digest = Bytes(32, number), .kind = kind, .staff = ana, .expires_at = expires, .proved_at = 5});
    }));
  };
  const auto there = [&](std::uint8_t number) {
    return must_read([=](Tx& tx) { return staff_of(tx).find_token(Bytes(32, number)); }).has_value();
  };
  put(1, Kind::session, 100);
  put(2, Kind::api, 200);
  put(3, Kind::session, 300);
  EXPECT_EQ(must_read([](Tx& tx) { return staff_of(tx).find_token(Bytes(32, 2)); })->proved_at, 5);
  ASSERT_TRUE(write([](Tx& tx) { return staff_of(tx).erase_expired_tokens(100); }));
  EXPECT_FALSE(there(1));
  ASSERT_TRUE(write([&](Tx& tx) { return staff_of(tx).erase_tokens(ana, Kind::session); }));
  EXPECT_FALSE(there(3));
  EXPECT_TRUE(there(2));
  EXPECT_EQ(must_read([&](Tx& tx) { return staff_of(tx).tokens(ana); }).size(), 1U);
  ASSERT_TRUE(write([](Tx& tx) { return staff_of(tx).erase_token(Bytes(32, 2)); }));
  EXPECT_FALSE(there(2));
}

TEST_P(StoreSuite, JournalsOfTheStaffAreReadFromTheNewest) {
  for (int i = 1; i <= 3; ++i) {
    ASSERT_TRUE(write([i](Tx& tx) -> Status {
      HG_TRY(staff_of(tx).record_read(
          {.at = i, .who = "Ana", .what = "look", .account = ann, .reason = "a case"}));
      return staff_of(tx).record_event({.at = i, .who = "Ana", .what = "did", .about = StaffId{9}});
    }));
  }
  const auto reads = must_read([](Tx& tx) { return staff_of(tx).reads({}, 0, 2); });
  ASSERT_EQ(reads.size(), 2U);
  EXPECT_EQ(reads[0].at, 3);
  EXPECT_EQ(reads[0].account, ann);
  EXPECT_EQ(must_read([&](Tx& tx) { return staff_of(tx).reads({}, reads[1].id, 2); }).at(0).at, 1);
  ASSERT_TRUE(write([](Tx& tx) {
    return staff_of(tx).record_read(
        {.at = 4, .who = "Ben", .what = "look", .account = bob, .staff = StaffId{2}});
  }));
  const auto filtered = [&](StaffReadFilter filter) {
    return must_read([=](Tx& tx) { return staff_of(tx).reads(filter, 0, 9); }).size();
  };
  EXPECT_EQ(filtered({}), 4U);
  EXPECT_EQ(filtered({.staff = StaffId{2}}), 1U);
  EXPECT_EQ(filtered({.account = ann}), 3U);
  EXPECT_EQ(filtered({.staff = StaffId{2}, .account = ann}), 0U);
  const auto events = must_read([](Tx& tx) { return staff_of(tx).events(0, 9); });
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].at, 3);
  EXPECT_EQ(events[0].about, StaffId{9});
}

}  // namespace
}  // namespace heliograph::store::suite
