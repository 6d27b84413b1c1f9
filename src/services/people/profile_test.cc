#include "services/people/profile.h"

#include <gtest/gtest.h>

#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;

class ProfileTest : public ::testing::Test {
 protected:
  Status update(Profile::Change change) { return world.run(profile.update(ada, std::move(change))); }
  UserView view(const Caller& viewer) {
    return *world.run(world.services.users.view_one(viewer.user, ada.user));
  }

  World world;
  Profile& profile = world.services.profile;
  Caller ada = world.sign_up("Ada");
  Caller bob = world.sign_up("Bob");
};

TEST_F(ProfileTest, NamesAreCleanedAndSeenAtOnce) {
  view(bob);  // cached
  ASSERT_TRUE(update({.first_name = "  Augusta\n", .last_name = "King"}));
  EXPECT_EQ(view(bob).first_name, "Augusta");
  EXPECT_EQ(view(bob).last_name, "King");
}

TEST_F(ProfileTest, WhatCannotBe) {
  EXPECT_EQ(update({.first_name = ""}).error().code, "FIRSTNAME_INVALID");
  EXPECT_EQ(update({.first_name = "\xff"}).error().code, "FIRSTNAME_INVALID");
  EXPECT_EQ(update({.about = std::string(71, 'a')}).error().code, "ABOUT_TOO_LONG");
  EXPECT_TRUE(update({.about = std::string(70, 'a') + "  "}));
  std::string wide;
  for (int i = 0; i < 70; ++i) wide += "é";
  EXPECT_TRUE(update({.about = wide}));  // characters, not bytes
}

TEST_F(ProfileTest, ContactsAndOwnDevicesHearOfANewName) {
  ASSERT_TRUE(world.run(world.services.contacts.add(bob, {.user = ada.user, .first_name = "Ada"})));
  world.executor.run();
  const auto own = world.listen(ada.user);
  const auto contact = world.listen(bob.user);
  ASSERT_TRUE(update({.first_name = "Augusta"}));
  ASSERT_TRUE(update({.first_name = "Augusta"}));  // no change, no word
  world.executor.run();
  EXPECT_EQ(own->heard.size(), 1u);
  ASSERT_EQ(contact->heard.size(), 1u);
  EXPECT_EQ(contact->heard[0]->update.kind, store::UpdateKind::user_name);
}

TEST_F(ProfileTest, Usernames) {
  EXPECT_TRUE(*world.run(profile.username_free(ada, "Enchantress")));
  ASSERT_TRUE(world.run(profile.set_username(ada, "Enchantress")));
  EXPECT_EQ(view(bob).username, "Enchantress");
  EXPECT_EQ(world.run(profile.set_username(ada, "Enchantress")).error().code, "USERNAME_NOT_MODIFIED");
  EXPECT_TRUE(world.run(profile.set_username(ada, "enchantress")));  // a change of case is one
  EXPECT_FALSE(*world.run(profile.username_free(bob, "ENCHANTRESS")));
  EXPECT_EQ(world.run(profile.set_username(bob, "ENCHANTRESS")).error().code, "USERNAME_OCCUPIED");
  EXPECT_EQ(world.run(profile.set_username(bob, "4ever")).error().code, "USERNAME_INVALID");
  EXPECT_EQ(world.run(profile.set_username(bob, "support")).error().code, "USERNAME_OCCUPIED");
  EXPECT_FALSE(*world.run(profile.username_free(bob, "support")));
  ASSERT_TRUE(world.run(profile.set_username(ada, "")));
  EXPECT_TRUE(world.run(profile.set_username(bob, "ENCHANTRESS")));
}

TEST_F(ProfileTest, AUsernameGoesToOneOfManyWhoWantItAtOnce) {
  std::vector<Caller> people;
  for (int i = 0; i < 8; ++i) people.push_back(world.sign_up("P" + std::to_string(i)));
  std::vector<Task<Status>> calls;
  for (const auto& person : people) calls.push_back(profile.set_username(person, "wanted_by_all"));
  int won = 0;
  for (const auto& result : world.run_all(std::move(calls))) {
    if (result) {
      ++won;
    } else {
      EXPECT_EQ(result.error().code, "USERNAME_OCCUPIED");
    }
  }
  EXPECT_EQ(won, 1);
}

TEST_F(ProfileTest, Birthdays) {
  const auto set = [&](Birthday birthday) {
    return world.run(profile.set_birthday(ada, birthday)).has_value();
  };
  EXPECT_TRUE(set({29, 2, 0}));
  EXPECT_TRUE(set({29, 2, 1996}));
  EXPECT_FALSE(set({29, 2, 1995}));
  EXPECT_FALSE(set({31, 4, 0}));
  EXPECT_FALSE(set({0, 1, 0}));
  EXPECT_FALSE(set({1, 13, 0}));
  EXPECT_FALSE(set({1, 1, 2100}));  // not born yet
}

}  // namespace
}  // namespace heliograph::services
