#include "services/people/privacy.h"

#include <gtest/gtest.h>

#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;
using Kind = PrivacyRule::Kind;

constexpr std::int64_t ada = 11, bob = 12;

struct Case {
  const char* what;
  std::vector<PrivacyRule> rules;
  ViewerFacts facts;
  bool allowed;
};

TEST(Privacy, RulesAgainstViewers) {
  const ViewerFacts stranger{.viewer = UserId{ada}};
  const ViewerFacts contact{.viewer = UserId{ada}, .is_contact = true};
  const ViewerFacts close{.viewer = UserId{ada}, .is_contact = true, .close_friend = true};
  const ViewerFacts bot{.viewer = UserId{ada}, .bot = true};
  const PrivacyRule all{Kind::allow_all, {}}, nobody{Kind::disallow_all, {}};
  const PrivacyRule contacts{Kind::allow_contacts, {}}, no_contacts{Kind::disallow_contacts, {}};
  const PrivacyRule named{Kind::allow_users, {ada}}, not_named{Kind::disallow_users, {ada}};
  const PrivacyRule other{Kind::allow_users, {bob}}, not_other{Kind::disallow_users, {bob}};
  const PrivacyRule friends{Kind::allow_close_friends, {}}, premium{Kind::allow_premium, {}};
  const PrivacyRule bots{Kind::allow_bots, {}}, no_bots{Kind::disallow_bots, {}};
  const PrivacyRule group{Kind::allow_chat_participants, {5}};
  const Case cases[] = {
      {"everybody", {all}, stranger, true},
      {"nobody", {nobody}, contact, false},
      {"nothing fits", {contacts}, stranger, false},
      {"contacts", {contacts}, contact, true},
      {"contacts, then nobody", {contacts, nobody}, contact, true},
      {"contacts, then nobody: a stranger", {contacts, nobody}, stranger, false},
      {"everybody but contacts", {no_contacts, all}, contact, false},
      {"everybody but contacts: a stranger", {no_contacts, all}, stranger, true},
      {"everybody but one", {not_named, all}, stranger, false},
      {"everybody but one, written the other way round", {all, not_named}, stranger, false},
      {"everybody but somebody else", {not_other, all}, stranger, true},
      {"nobody but one", {named, nobody}, stranger, true},
      {"nobody but one, written the other way round", {nobody, named}, stranger, true},
      {"nobody but somebody else", {other, nobody}, contact, false},
      {"contacts but one", {not_named, contacts}, contact, false},
      {"named on both lists", {named, not_named, all}, stranger, false},
      {"close friends", {friends, nobody}, close, true},
      {"close friends: a mere contact", {friends, nobody}, contact, false},
      {"a close friend who is named", {not_named, friends}, close, false},
      {"premium: nobody has it", {premium}, contact, false},
      {"bots", {bots, nobody}, bot, true},
      {"no bots", {no_bots, all}, bot, false},
      {"no bots: a person", {no_bots, all}, stranger, true},
      {"members of a group: there are none yet", {group}, stranger, false},
      {"no rules at all", {}, contact, false},
  };
  for (const auto& c : cases) EXPECT_EQ(evaluate({c.rules}, c.facts), c.allowed) << c.what;
}

class PrivacyTest : public ::testing::Test {
 protected:
  bool allowed(PrivacyKey key, const Caller& owner, const Caller& viewer) {
    return *world.read([=](store::Tx& tx) { return allows(tx, key, owner.user, viewer.user); });
  }
  World world;
  Caller alice = world.sign_up("Alice");
  Caller bobby = world.sign_up("Bobby");
};

TEST_F(PrivacyTest, DefaultsHoldUntilChanged) {
  EXPECT_TRUE(allowed(PrivacyKey::status_timestamp, alice, bobby));
  EXPECT_FALSE(allowed(PrivacyKey::phone_number, alice, bobby));
  ASSERT_TRUE(
      world.run(world.services.privacy.set(alice, PrivacyKey::phone_number, {{{Kind::allow_all, {}}}})));
  EXPECT_TRUE(allowed(PrivacyKey::phone_number, alice, bobby));
  EXPECT_FALSE(allowed(PrivacyKey::phone_number, bobby, alice));
}

TEST_F(PrivacyTest, OneMaySeeOneself) {
  ASSERT_TRUE(world.run(world.services.privacy.set(alice, PrivacyKey::about, {{{Kind::disallow_all, {}}}})));
  EXPECT_TRUE(allowed(PrivacyKey::about, alice, alice));
  EXPECT_FALSE(allowed(PrivacyKey::about, alice, bobby));
}

TEST_F(PrivacyTest, OwnDevicesHearOfAChange) {
  const auto heard = world.listen(alice.user);
  ASSERT_TRUE(
      world.run(world.services.privacy.set(alice, PrivacyKey::forwards, {{{Kind::disallow_all, {}}}})));
  world.executor.run();
  ASSERT_EQ(heard->heard.size(), 1u);
  EXPECT_EQ(heard->heard[0]->update.kind, store::UpdateKind::privacy);
  EXPECT_NE(heard->heard[0]->update.seq, 0);
}

TEST_F(PrivacyTest, EmptyAndEndlessRulesAreRefused) {
  const auto set = [&](PrivacyRules rules) {
    return world.run(world.services.privacy.set(alice, PrivacyKey::about, std::move(rules)));
  };
  EXPECT_EQ(set({}).error().code, "PRIVACY_VALUE_INVALID");
  PrivacyRule many{Kind::allow_users, std::vector<std::int64_t>(Privacy::ids_max + 1, 7)};
  EXPECT_EQ(set({{many}}).error().code, "PRIVACY_TOO_LONG");
}

TEST_F(PrivacyTest, CloseFriendsMustBeContacts) {
  ASSERT_TRUE(
      world.run(world.services.privacy.set(alice, PrivacyKey::about, {{{Kind::allow_close_friends, {}}}})));
  ASSERT_TRUE(world.run(world.services.privacy.set_close_friends(alice, {bobby.user.value})));
  EXPECT_FALSE(allowed(PrivacyKey::about, alice, bobby));
  ASSERT_TRUE(world.run(world.services.contacts.add(alice, {.user = bobby.user, .first_name = "Bob"})));
  EXPECT_TRUE(allowed(PrivacyKey::about, alice, bobby));
}

}  // namespace
}  // namespace heliograph::services
