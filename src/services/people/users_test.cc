#include "services/people/users.h"

#include <gtest/gtest.h>

#include "services/people/access.h"
#include "services/testing/world.h"
#include "services/updates/events.h"

namespace heliograph::services {
namespace {

using testing::World;
using Rule = PrivacyRule::Kind;
using Status = UserStatus::Kind;  // hides heliograph::Status

class UsersTest : public ::testing::Test {
 protected:
  UserView view(const Caller& viewer, const Caller& user) {
    return *world.run(world.services.users.view_one(viewer.user, user.user));
  }
  void set(const Caller& owner, PrivacyKey key, Rule rule) {
    ASSERT_TRUE(world.run(world.services.privacy.set(owner, key, {{{rule, {}}}})));
  }
  void go_online(const Caller& caller) { world.services.online.set(caller.user, {now() + 300, now()}); }
  UnixSeconds now() { return world.clock.unix_seconds(); }

  World world;
  Caller ada = world.sign_up("Ada", "Lovelace", "+12025550123");
  Caller bob = world.sign_up("Bob");
};

TEST_F(UsersTest, OneselfIsSeenWhole) {
  const auto self = view(ada, ada);
  EXPECT_TRUE(self.self);
  EXPECT_EQ(self.first_name, "Ada");
  EXPECT_EQ(self.last_name, "Lovelace");
  EXPECT_EQ(self.phone, "12025550123");
}

TEST_F(UsersTest, AccessHashesAreTheViewersOwn) {
  const auto seen = view(bob, ada);
  EXPECT_TRUE(check_access(world.environment, bob.user, ada.user, seen.access_hash));
  EXPECT_FALSE(check_access(world.environment, bob.user, ada.user, seen.access_hash + 1));
  const auto eve = world.sign_up("Eve");
  EXPECT_FALSE(check_access(world.environment, eve.user, ada.user, seen.access_hash));
}

TEST_F(UsersTest, AContactIsCalledWhatTheViewerCallsThem) {
  ASSERT_TRUE(world.run(world.services.contacts.add(bob, {.user = ada.user, .first_name = "Countess"})));
  const auto seen = view(bob, ada);
  EXPECT_EQ(seen.first_name, "Countess");
  EXPECT_EQ(seen.last_name, "");
  EXPECT_TRUE(seen.contact);
  EXPECT_FALSE(seen.mutual_contact);
  ASSERT_TRUE(world.run(world.services.contacts.add(ada, {.user = bob.user, .first_name = "Bob"})));
  EXPECT_TRUE(view(bob, ada).mutual_contact);
  EXPECT_EQ(view(ada, ada).first_name, "Ada");
}

TEST_F(UsersTest, TheNumberIsForContactsUnlessItWasKnownOrShared) {
  EXPECT_EQ(view(bob, ada).phone, "");
  // Bob having Ada as a contact is not enough: Ada has to have Bob.
  ASSERT_TRUE(world.run(world.services.contacts.add(bob, {.user = ada.user, .first_name = "Ada"})));
  EXPECT_EQ(view(bob, ada).phone, "");
  ASSERT_TRUE(world.run(world.services.contacts.add(ada, {.user = bob.user, .first_name = "Bob"})));
  EXPECT_EQ(view(bob, ada).phone, "12025550123");
  set(ada, PrivacyKey::phone_number, Rule::disallow_all);
  EXPECT_EQ(view(bob, ada).phone, "");
  ASSERT_TRUE(world.run(world.services.contacts.share_phone(ada, bob.user)));
  EXPECT_EQ(view(bob, ada).phone, "12025550123");
}

TEST_F(UsersTest, WhoAddsAContactWithItsNumberGoesOnSeeingIt) {
  set(ada, PrivacyKey::phone_number, Rule::disallow_all);
  const NewContact wrong{.user = ada.user, .first_name = "Ada", .phone = "+12025550199"};
  ASSERT_TRUE(world.run(world.services.contacts.add(bob, wrong)));
  EXPECT_EQ(view(bob, ada).phone, "");
  const NewContact right{.user = ada.user, .first_name = "Ada", .phone = "+1 202 555 0123"};
  ASSERT_TRUE(world.run(world.services.contacts.add(bob, right)));
  EXPECT_EQ(view(bob, ada).phone, "12025550123");
}

TEST_F(UsersTest, StatusIsExactWhereBothSidesAllowIt) {
  go_online(ada);
  EXPECT_EQ(view(bob, ada).status, (UserStatus{Status::online, now() + 300}));
  world.clock.advance(std::chrono::seconds(600));
  EXPECT_EQ(view(bob, ada).status, (UserStatus{Status::offline, now() - 300}));
}

TEST_F(UsersTest, WhoHidesTheirStatusSeesNoneEither) {
  go_online(ada);
  go_online(bob);
  set(bob, PrivacyKey::status_timestamp, Rule::disallow_all);
  EXPECT_EQ(view(ada, bob).status, (UserStatus{Status::recently, 0, false}));
  EXPECT_EQ(view(bob, ada).status, (UserStatus{Status::recently, 0, true}));
  EXPECT_EQ(view(bob, bob).status.kind, Status::online);
}

TEST_F(UsersTest, HiddenStatusGrowsVaguerWithTime) {
  const std::pair<int, Status> steps[] = {{1, Status::recently},
                                          {3, Status::recently},
                                          {4, Status::last_week},
                                          {8, Status::last_month},
                                          {31, Status::long_ago}};
  set(ada, PrivacyKey::status_timestamp, Rule::disallow_all);
  const auto seen_at = now();
  world.services.online.set(ada.user, {seen_at, seen_at});
  for (const auto& [days, kind] : steps) {
    world.clock.set_wall(std::chrono::seconds(seen_at + days * 86400));
    EXPECT_EQ(view(bob, ada).status.kind, kind) << days << " days";
  }
}

TEST_F(UsersTest, TheBlockedSeeNoStatus) {
  go_online(ada);
  ASSERT_TRUE(world.run(world.services.blocking.block(ada, bob.user)));
  world.executor.run();
  EXPECT_EQ(view(bob, ada).status.kind, Status::long_ago);
  ASSERT_TRUE(world.run(world.services.blocking.unblock(ada, bob.user)));
  EXPECT_EQ(view(bob, ada).status.kind, Status::online);
}

TEST_F(UsersTest, DeletedAccountsAreEmpty) {
  ASSERT_TRUE(world.write([&](store::Tx& tx) -> Result<store::Account> {
    auto account = **tx.accounts().find(ada.user);
    account.state = store::AccountState::deleted;
    HG_TRY(tx.accounts().update(account));
    return account;
  }));
  world.services.users.forget(ada.user);
  const auto seen = view(bob, ada);
  EXPECT_TRUE(seen.deleted);
  EXPECT_EQ(seen.first_name, "");
  EXPECT_EQ(seen.status.kind, Status::none);
}

TEST_F(UsersTest, EachOnceInOrderAndUnknownOnesLeftOut) {
  const auto seen =
      *world.run(world.services.users.view(bob.user, {ada.user, UserId{987654}, bob.user, ada.user}));
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].id, ada.user);
  EXPECT_EQ(seen[1].id, bob.user);
}

TEST_F(UsersTest, WhatIsCachedNeedsNoStore) {
  view(bob, ada);
  bool done = false;
  // Were it to wait for the store, it would not be done when spawn() returns.
  world.executor.post([&] {
    std::vector<UserId> ids{ada.user, bob.user};
    spawn(world.services.users.view(bob.user, std::move(ids)), [&](auto) { done = true; });
    EXPECT_TRUE(done);
  });
  view(bob, bob);
  world.executor.run();
  EXPECT_TRUE(done);
}

TEST_F(UsersTest, CachesForgetWhatChangesElsewhere) {
  EXPECT_EQ(view(bob, ada).first_name, "Ada");
  // Not through a service that clears caches itself: only the logged event tells.
  ASSERT_TRUE(world.write([&](store::Tx& tx) -> Result<void> {
    auto account = **tx.accounts().find(ada.user);
    account.first_name = "Augusta";
    HG_TRY(tx.accounts().update(account));
    HG_TRY(append_event(tx, Caller{}, ada.user, now(), events::UserName{ada.user}));
    return {};
  }));
  EXPECT_EQ(view(bob, ada).first_name, "Augusta");
}

TEST_F(UsersTest, FullViewKeepsToTheRules) {
  ASSERT_TRUE(world.run(world.services.profile.update(ada, {.about = "First programmer"})));
  ASSERT_TRUE(world.run(world.services.profile.set_birthday(ada, Birthday{10, 12, 1915})));
  auto full = *world.run(world.services.users.view_full(bob.user, ada.user));
  EXPECT_EQ(full.about, "First programmer");
  EXPECT_FALSE(full.birthday);  // contacts only, by default
  EXPECT_EQ(full.private_forward_name, "");
  EXPECT_TRUE(full.settings.add_contact);
  set(ada, PrivacyKey::about, Rule::disallow_all);
  set(ada, PrivacyKey::birthday, Rule::allow_all);
  set(ada, PrivacyKey::forwards, Rule::disallow_all);
  full = *world.run(world.services.users.view_full(bob.user, ada.user));
  EXPECT_EQ(full.about, "");
  EXPECT_EQ(full.birthday, (Birthday{10, 12, 1915}));
  EXPECT_EQ(full.private_forward_name, "Ada Lovelace");
  EXPECT_EQ(world.run(world.services.users.view_full(bob.user, UserId{987654})).error().code,
            "USER_ID_INVALID");
}

}  // namespace
}  // namespace heliograph::services
