#include "services/people/contacts.h"

#include <gtest/gtest.h>

#include "services/chats/content.h"
#include "services/people/join.h"
#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;

class ContactsTest : public ::testing::Test {
 protected:
  Result<Imported> import(const Caller& caller, std::vector<PhoneContact> lines) {
    return world.run(world.services.contacts.import(caller, std::move(lines)));
  }
  std::vector<UserView> list(const Caller& owner) {
    return *world.run(world.services.contacts.list(owner.user));
  }
  Status add(const Caller& owner, NewContact contact) {
    return world.run(world.services.contacts.add(owner, std::move(contact)));
  }
  std::vector<store::Message> inbox(const Caller& owner, UserId from) {
    return world.read([=](store::Tx& tx) { return tx.messages().history(owner.user, Peer::of(from), {}); })
        ->messages;
  }
  World world;
  Caller ada = world.sign_up("Ada", "Lovelace", "+12025550123");
  Caller bob = world.sign_up("Bob", "", "+12025550124");
};

TEST_F(ContactsTest, ImportFindsWhoIsHere) {
  const auto imported = import(bob, {{7, "+1 (202) 555-0123", "Countess", ""}, {8, "not a number", "X", ""}});
  ASSERT_TRUE(imported);
  ASSERT_EQ(imported->contacts.size(), 1u);
  EXPECT_EQ(imported->contacts[0].user, ada.user);
  EXPECT_EQ(imported->contacts[0].client_id, 7);
  EXPECT_TRUE(imported->retry.empty());
  const auto contacts = list(bob);
  ASSERT_EQ(contacts.size(), 1u);
  EXPECT_EQ(contacts[0].first_name, "Countess");
  EXPECT_EQ(contacts[0].phone, "12025550123");  // Bob knew it before
}

TEST_F(ContactsTest, WhoDoesNotWantToBeFoundByNumberIsNot) {
  ASSERT_TRUE(world.run(world.services.privacy.set(ada, PrivacyKey::added_by_phone,
                                                   {{{PrivacyRule::Kind::allow_contacts, {}}}})));
  EXPECT_TRUE(import(bob, {{7, "+12025550123", "Countess", ""}})->contacts.empty());
  ASSERT_TRUE(add(ada, {.user = bob.user, .first_name = "Bob"}));
  EXPECT_EQ(import(bob, {{7, "+12025550123", "Countess", ""}})->contacts.size(), 1u);
}

TEST_F(ContactsTest, WhoJoinsLaterTurnsUpInTheAddressBook) {
  EXPECT_TRUE(import(bob, {{1, "+12025550125", "Grace", "H."}})->contacts.empty());
  const auto grace = world.sign_up("Grace", "Hopper", "+12025550125");
  const auto contacts = list(bob);
  ASSERT_EQ(contacts.size(), 1u);
  EXPECT_EQ(contacts[0].id, grace.user);
  EXPECT_EQ(contacts[0].last_name, "H.");
  const auto messages = inbox(bob, grace.user);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(decode_content(messages[0])->action->kind, ActionKind::contact_sign_up);
  EXPECT_TRUE(inbox(grace, bob.user).empty());
}

TEST_F(ContactsTest, ThatSomebodyJoinedCanBeKeptQuiet) {
  ASSERT_TRUE(world.run(world.services.preferences.set_silent_about_sign_ups(bob, true)));
  ASSERT_TRUE(import(bob, {{1, "+12025550125", "Grace", ""}}));
  const auto grace = world.sign_up("Grace", "", "+12025550125");
  EXPECT_EQ(list(bob).size(), 1u);
  EXPECT_TRUE(inbox(bob, grace.user).empty());
}

TEST_F(ContactsTest, ANumberTakenOutAgainIsNotAwaited) {
  ASSERT_TRUE(import(bob, {{1, "+12025550125", "Grace", ""}}));
  ASSERT_TRUE(world.run(world.services.contacts.remove_by_phones(bob, {"+12025550125", "+12025550123"})));
  world.sign_up("Grace", "", "+12025550125");
  EXPECT_TRUE(list(bob).empty());
}

TEST_F(ContactsTest, TooManyAtOnceAreToBeTriedAgain) {
  std::vector<PhoneContact> lines(Contacts::import_max + 2);
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i] = {static_cast<std::int64_t>(i), "1", "", ""};
  const auto imported = import(bob, std::move(lines));
  ASSERT_TRUE(imported);
  EXPECT_EQ(imported->retry, (std::vector<std::int64_t>{500, 501}));
}

TEST_F(ContactsTest, NobodyLooksUpAllNumbersThereAre) {
  const auto line = [](int i) {
    return PhoneContact{i, "+1202555" + std::to_string(10000 + i).substr(1), "N", ""};
  };
  std::int32_t asked = 0;
  while (asked < Contacts::import_per_day_max) {
    std::vector<PhoneContact> lines;
    for (std::size_t i = 0; i < Contacts::import_max; ++i) lines.push_back(line(asked++));
    ASSERT_TRUE(import(bob, std::move(lines))->retry.empty());
  }
  EXPECT_EQ(import(bob, {line(asked)})->retry, std::vector<std::int64_t>{asked});
  world.clock.advance(std::chrono::hours(24));
  EXPECT_TRUE(import(bob, {line(asked)})->retry.empty());
}

TEST_F(ContactsTest, AddingWantsANameAndSomebodyElse) {
  EXPECT_EQ(add(bob, {.user = ada.user, .first_name = " ", .last_name = ""}).error().code,
            "CONTACT_NAME_EMPTY");
  EXPECT_EQ(add(bob, {.user = bob.user, .first_name = "Me"}).error().code, "CONTACT_ID_INVALID");
  EXPECT_EQ(add(bob, {.user = UserId{987654}, .first_name = "X"}).error().code, "CONTACT_ID_INVALID");
  EXPECT_TRUE(add(bob, {.user = ada.user, .last_name = "Lovelace"}));
  EXPECT_TRUE(add(bob, {.user = ada.user, .first_name = "Augusta"}));
  ASSERT_EQ(list(bob).size(), 1u);
  EXPECT_EQ(list(bob)[0].first_name, "Augusta");
}

TEST_F(ContactsTest, RemovingIsHeardOnOtherDevices) {
  ASSERT_TRUE(add(bob, {.user = ada.user, .first_name = "Ada"}));
  const auto heard = world.listen(bob.user);
  ASSERT_TRUE(world.run(world.services.contacts.remove(bob, {ada.user, UserId{987654}})));
  EXPECT_TRUE(list(bob).empty());
  world.executor.run();
  ASSERT_EQ(heard->heard.size(), 1u);
  EXPECT_EQ(heard->heard[0]->update.kind, store::UpdateKind::peer_settings);
}

TEST_F(ContactsTest, ANumberIsSharedWithContactsOnly) {
  EXPECT_EQ(world.run(world.services.contacts.share_phone(bob, ada.user)).error().code,
            "CONTACT_ADD_MISSING");
}

TEST_F(ContactsTest, SearchFindsOnesOwnPeopleByName) {
  auto& search = world.services.people_search;
  ASSERT_TRUE(add(bob, {.user = ada.user, .first_name = "Countess", .last_name = "of Lovelace"}));
  ASSERT_TRUE(world.run(world.services.profile.set_username(ada, "enchantress")));
  const auto eve = world.sign_up("Lovelace");
  EXPECT_EQ(*world.run(search.own_peers(bob, "love", 10)), std::vector<Peer>{Peer::of(ada.user)});
  EXPECT_EQ(*world.run(search.own_peers(bob, "@Enchant", 10)), std::vector<Peer>{Peer::of(ada.user)});
  EXPECT_TRUE(world.run(search.own_peers(eve, "enchant", 10))->empty());
  EXPECT_EQ(world.run(search.own_peers(eve, " ", 10)).error().code, "SEARCH_QUERY_EMPTY");
}

TEST_F(ContactsTest, ResolvingByNameAndNumber) {
  auto& search = world.services.people_search;
  ASSERT_TRUE(world.run(world.services.profile.set_username(ada, "Enchantress")));
  EXPECT_EQ(*world.run(search.by_username(bob, "@enchantRESS")), Peer::of(ada.user));
  EXPECT_EQ(world.run(search.by_username(bob, "nobody_here")).error().code, "USERNAME_NOT_OCCUPIED");
  EXPECT_EQ(world.run(search.by_username(bob, "x")).error().code, "USERNAME_INVALID");
  EXPECT_EQ(*world.run(search.by_phone(bob, "12025550123")), ada.user);
  EXPECT_EQ(world.run(search.by_phone(bob, "12025550199")).error().code, "PHONE_NOT_OCCUPIED");
  ASSERT_TRUE(world.run(world.services.privacy.set(ada, PrivacyKey::added_by_phone,
                                                   {{{PrivacyRule::Kind::disallow_all, {}}}})));
  EXPECT_EQ(world.run(search.by_phone(bob, "12025550123")).error().code, "PHONE_NOT_OCCUPIED");
}

TEST_F(ContactsTest, NumbersCannotBeTriedOneAfterTheOther) {
  auto& search = world.services.people_search;
  Result<UserId> last = fail(Error::invalid("PHONE_NOT_OCCUPIED"));
  for (int i = 0; i <= PeopleSearch::phone_rate.burst && last.error().kind != ErrorKind::flood; ++i) {
    last = world.run(search.by_phone(bob, "12025550199"));
  }
  EXPECT_EQ(last.error().code, "FLOOD_WAIT");
  EXPECT_GT(last.error().wait_seconds, 0);
}

TEST_F(ContactsTest, BirthdaysOfTheDay) {
  world.clock.set_wall(std::chrono::sys_days{std::chrono::year{2026} / 12 / 9}.time_since_epoch());
  ASSERT_TRUE(add(bob, {.user = ada.user, .first_name = "Ada"}));
  ASSERT_TRUE(world.run(world.services.profile.set_birthday(ada, Birthday{10, 12, 0})));
  EXPECT_TRUE(
      world.run(world.services.contacts.birthdays_near(bob.user))->empty());  // for Ada's contacts only
  ASSERT_TRUE(add(ada, {.user = bob.user, .first_name = "Bob"}));
  EXPECT_EQ(world.run(world.services.contacts.birthdays_near(bob.user))->size(), 1u);
  world.clock.advance(std::chrono::hours(72));
  EXPECT_TRUE(world.run(world.services.contacts.birthdays_near(bob.user))->empty());
}

}  // namespace
}  // namespace heliograph::services
