// users.*, contacts.*, account.* and messages.setTyping through the front door.
#include <gtest/gtest.h>

#include "api/hash.h"
#include "api/testing/front_door.h"
#include "services/testing/search.h"
#include "tl/account.h"
#include "tl/contacts.h"
#include "tl/core_b.h"
#include "tl/core_c.h"
#include "tl/core_e.h"
#include "tl/core_g.h"
#include "tl/core_i.h"
#include "tl/core_m.h"
#include "tl/core_n.h"
#include "tl/core_p.h"
#include "tl/core_s.h"
#include "tl/core_t.h"
#include "tl/core_u.h"
#include "tl/fn_account.h"
#include "tl/fn_contacts.h"
#include "tl/fn_messages.h"
#include "tl/fn_users.h"
#include "tl/users.h"

namespace heliograph::api {
namespace {

using testing::Caller;
using testing::FrontDoor;

class PeopleTest : public ::testing::Test {
 protected:
  std::int64_t hash(const Caller& viewer, const Caller& user) {
    return door.world.run(door.world.services.users.view_one(viewer.user, user.user))->access_hash;
  }
  tl::Box<tl::InputUser> input(const Caller& viewer, const Caller& user) {
    return tl::inputUser{.user_id = user.user.value, .access_hash = hash(viewer, user)};
  }
  tl::Box<tl::InputPeer> peer(const Caller& viewer, const Caller& user) {
    return tl::inputPeerUser{.user_id = user.user.value, .access_hash = hash(viewer, user)};
  }
  testing::Answer<tl::Box<tl::Updates>> add(const Caller& owner, const Caller& user, std::string name) {
    tl::fn::contacts::addContact request;
    request.id = input(owner, user);
    request.first_name = std::move(name);
    return door.call(owner, request);
  }
  tl::user get(const Caller& viewer, const Caller& user, std::int32_t layer = 228) {
    tl::fn::users::getUsers request;
    request.id.push_back(input(viewer, user));
    auto users = door.call(viewer, request, layer);
    EXPECT_TRUE(users) << users.error;
    return std::move(*users->at(0).get_if<tl::user>());
  }

  FrontDoor door;
  Caller ada = door.world.sign_up("Ada", "Lovelace", "+12025550123");
  Caller bob = door.world.sign_up("Bob", "", "+12025550124");
};

TEST_F(PeopleTest, ATemporaryLinkLeadsToTheProfile) {
  auto exported = door.call(ada, tl::fn::contacts::exportContactToken{});
  ASSERT_TRUE(exported) << exported.error;
  const auto* link = exported->get_if<tl::exportedContactToken>();
  EXPECT_GT(link->expires, door.world.clock.unix_seconds());
  const std::string prefix = "http://h/contact/";  // config.me_url_prefix is http://h/
  ASSERT_TRUE(link->url.starts_with(prefix)) << link->url;
  tl::fn::contacts::importContactToken request;
  request.token = link->url.substr(prefix.size());
  auto found = door.call(bob, request);
  ASSERT_TRUE(found) << found.error;
  EXPECT_EQ(found->get_if<tl::user>()->id, ada.user.value);
  EXPECT_EQ(found->get_if<tl::user>()->access_hash, hash(bob, ada));
  request.token += "0";
  EXPECT_EQ(door.call(bob, request).error, "400 IMPORT_TOKEN_INVALID");
}

TEST_F(PeopleTest, GetUsersAnswersEachQuestionInOrder) {
  tl::fn::users::getUsers request;
  request.id.push_back(tl::inputUserSelf{});
  request.id.push_back(tl::inputUser{.user_id = ada.user.value, .access_hash = 1});  // a guess
  request.id.push_back(input(bob, ada));
  request.id.push_back(tl::inputUserEmpty{});
  auto users = door.call(bob, request);
  ASSERT_TRUE(users) << users.error;
  ASSERT_EQ(users->size(), 4u);
  EXPECT_TRUE(users->at(0).get_if<tl::user>()->self);
  EXPECT_EQ(users->at(1).get_if<tl::userEmpty>()->id, ada.user.value);
  EXPECT_EQ(users->at(2).get_if<tl::user>()->first_name, "Ada");
  EXPECT_TRUE(users->at(3).is<tl::userEmpty>());
}

TEST_F(PeopleTest, EveryLayerUnderstandsAUser) {
  for (const auto layer : {144, 198, 221, 227, 228}) {
    const auto user = get(bob, ada, layer);
    EXPECT_EQ(user.first_name, "Ada") << layer;
    EXPECT_TRUE(user.access_hash) << layer;
    EXPECT_FALSE(user.phone) << layer;
    EXPECT_FALSE(user.min) << layer;
  }
}

TEST_F(PeopleTest, FullUserOnEveryLayer) {
  tl::fn::account::updateProfile about;
  about.about = "First programmer";
  ASSERT_TRUE(door.call(ada, about));
  for (const auto layer : {144, 198, 221, 227, 228}) {
    tl::fn::users::getFullUser request;
    request.id = input(bob, ada);
    auto answer = door.call(bob, request, layer);
    ASSERT_TRUE(answer) << layer << answer.error;
    const auto& reply = *answer->get_if<tl::users::userFull>();
    const auto& full = *reply.full_user.get_if<tl::userFull>();
    EXPECT_EQ(full.about, "First programmer");
    EXPECT_TRUE(full.settings.get_if<tl::peerSettings>()->add_contact);
    ASSERT_EQ(reply.users.size(), 1u);
  }
}

TEST_F(PeopleTest, AWrongAccessHashNamesNobody) {
  tl::fn::users::getFullUser full;
  full.id = tl::inputUser{.user_id = ada.user.value, .access_hash = 1};
  EXPECT_EQ(door.call(bob, full).error, "400 USER_ID_INVALID");
  tl::fn::contacts::block block;
  block.id = tl::inputPeerUser{.user_id = ada.user.value, .access_hash = 1};
  EXPECT_EQ(door.call(bob, block).error, "400 PEER_ID_INVALID");
  block.id = tl::inputPeerChat{.chat_id = 1};
  EXPECT_EQ(door.call(bob, block).error, "400 PEER_ID_INVALID");
  tl::fn::contacts::addContact contact;
  contact.id = tl::inputUser{.user_id = ada.user.value, .access_hash = 1};
  contact.first_name = "Ada";
  EXPECT_EQ(door.call(bob, contact).error, "400 CONTACT_ID_INVALID");
}

TEST_F(PeopleTest, ContactsAreAddedListedAndHashed) {
  auto added = add(bob, ada, "Countess");
  ASSERT_TRUE(added) << added.error;
  const auto& updates = *added->get_if<tl::updates_>();
  EXPECT_TRUE(updates.updates.at(0).is<tl::updatePeerSettings>());
  EXPECT_EQ(updates.users.at(0).get_if<tl::user>()->first_name, "Countess");

  auto list = door.call(bob, tl::fn::contacts::getContacts{});
  ASSERT_TRUE(list) << list.error;
  const auto& contacts = *list->get_if<tl::contacts::contacts>();
  ASSERT_EQ(contacts.contacts.size(), 1u);
  EXPECT_FALSE(contacts.contacts[0].get_if<tl::contact>()->mutual);
  ListHash known;
  known.add(contacts.saved_count);
  known.add(ada.user.value);
  auto again = door.call(bob, tl::fn::contacts::getContacts{.hash = known.value()});
  EXPECT_TRUE(again->is<tl::contacts::contactsNotModified>());

  auto statuses = door.call(bob, tl::fn::contacts::getStatuses{});
  ASSERT_EQ(statuses->size(), 1u);

  tl::fn::contacts::deleteContacts remove;
  remove.id.push_back(input(bob, ada));
  ASSERT_TRUE(door.call(bob, remove));
  EXPECT_TRUE(
      door.call(bob, tl::fn::contacts::getContacts{})->get_if<tl::contacts::contacts>()->contacts.empty());
}

TEST_F(PeopleTest, NotesAboutContactsAreTheOwnersAlone) {
  tl::fn::contacts::updateContactNote write;
  write.id = input(bob, ada);
  tl::textWithEntities text;
  text.text = "met at the salon";
  text.entities.push_back(tl::messageEntityBold{.offset = 0, .length = 3});
  write.note = std::move(text);
  EXPECT_EQ(door.call(bob, write).error, "400 CONTACT_MISSING");
  ASSERT_TRUE(add(bob, ada, "Countess"));
  auto written = door.call(bob, write);
  ASSERT_TRUE(written) << written.error;

  const auto note_of = [&](const Caller& viewer, const Caller& user) {
    tl::fn::users::getFullUser request;
    request.id = input(viewer, user);
    auto answer = door.call(viewer, request);
    return std::move(answer->get_if<tl::users::userFull>()->full_user.get_if<tl::userFull>()->note);
  };
  const auto note = note_of(bob, ada);
  EXPECT_EQ(note.get_if<tl::textWithEntities>()->text, "met at the salon");
  EXPECT_TRUE(note.get_if<tl::textWithEntities>()->entities.at(0).is<tl::messageEntityBold>());
  EXPECT_FALSE(note_of(ada, bob));

  tl::textWithEntities longer;
  longer.text = std::string(129, 'x');
  write.note = std::move(longer);
  EXPECT_EQ(door.call(bob, write).error, "400 NOTE_TOO_LONG");
  tl::fn::contacts::deleteContacts remove;
  remove.id.push_back(input(bob, ada));
  ASSERT_TRUE(door.call(bob, remove));
  EXPECT_FALSE(note_of(bob, ada));
}

TEST_F(PeopleTest, ImportOnOldAndNewLayers) {
  for (const auto layer : {144, 228}) {
    tl::fn::contacts::importContacts request;
    request.contacts.push_back(
        tl::inputPhoneContact{.client_id = 9, .phone = "+12025550123", .first_name = "Countess"});
    auto imported = door.call(bob, request, layer);
    ASSERT_TRUE(imported) << layer << imported.error;
    const auto& reply = *imported->get_if<tl::contacts::importedContacts>();
    ASSERT_EQ(reply.imported.size(), 1u);
    EXPECT_EQ(reply.imported[0].get_if<tl::importedContact>()->client_id, 9);
    EXPECT_EQ(reply.users.at(0).get_if<tl::user>()->phone, "12025550123");
  }
}

TEST_F(PeopleTest, UsernamesResolveAndAreSearched) {
  services::testing::SearchWorld index(door.world);
  ASSERT_TRUE(door.call(ada, tl::fn::account::updateUsername{.username = "Enchantress"}));
  EXPECT_FALSE(*door.call(bob, tl::fn::account::checkUsername{.username = "enchantress"}));
  auto resolved = door.call(bob, tl::fn::contacts::resolveUsername{.username = "enchantress"});
  ASSERT_TRUE(resolved) << resolved.error;
  const auto& reply = *resolved->get_if<tl::contacts::resolvedPeer>();
  EXPECT_EQ(reply.peer.get_if<tl::peerUser>()->user_id, ada.user.value);
  EXPECT_EQ(reply.users.at(0).get_if<tl::user>()->access_hash, hash(bob, ada));
  index.catch_up();
  auto found = door.call(bob, tl::fn::contacts::search{.q = "encha", .limit = 5});
  EXPECT_EQ(found->get_if<tl::contacts::found>()->results.size(), 1u);
  EXPECT_EQ(door.call(bob, tl::fn::contacts::resolveUsername{.username = "nobody_here"}).error,
            "400 USERNAME_NOT_OCCUPIED");
  EXPECT_TRUE(door.call(bob, tl::fn::contacts::resolvePhone{.phone = "+12025550123"}));
}

TEST_F(PeopleTest, PrivacyRulesGoInAndComeOutTheSame) {
  tl::fn::account::setPrivacy set;
  set.key = tl::inputPrivacyKeyStatusTimestamp{};
  tl::inputPrivacyValueDisallowUsers except;
  except.users.push_back(input(ada, bob));
  set.rules.push_back(std::move(except));
  set.rules.push_back(tl::inputPrivacyValueAllowAll{});
  auto answer = door.call(ada, set);
  ASSERT_TRUE(answer) << answer.error;
  tl::fn::account::getPrivacy get_rules;
  get_rules.key = tl::inputPrivacyKeyStatusTimestamp{};
  auto read = door.call(ada, get_rules);
  const auto& rules = *read->get_if<tl::account::privacyRules>();
  ASSERT_EQ(rules.rules.size(), 2u);
  EXPECT_EQ(rules.rules[0].get_if<tl::privacyValueDisallowUsers>()->users,
            std::vector<std::int64_t>{bob.user.value});
  EXPECT_TRUE(rules.rules[1].is<tl::privacyValueAllowAll>());
  EXPECT_EQ(rules.users.size(), 1u);

  door.call(ada, tl::fn::account::updateStatus{.offline = false});
  EXPECT_TRUE(get(bob, ada).status.is<tl::userStatusRecently>());
}

TEST_F(PeopleTest, EveryPrivacyKeyIsKept) {
  std::vector<tl::Box<tl::InputPrivacyKey>> keys;
  keys.push_back(tl::inputPrivacyKeyStatusTimestamp{});
  keys.push_back(tl::inputPrivacyKeyChatInvite{});
  keys.push_back(tl::inputPrivacyKeyPhoneCall{});
  keys.push_back(tl::inputPrivacyKeyPhoneP2P{});
  keys.push_back(tl::inputPrivacyKeyForwards{});
  keys.push_back(tl::inputPrivacyKeyProfilePhoto{});
  keys.push_back(tl::inputPrivacyKeyPhoneNumber{});
  keys.push_back(tl::inputPrivacyKeyAddedByPhone{});
  keys.push_back(tl::inputPrivacyKeyVoiceMessages{});
  keys.push_back(tl::inputPrivacyKeyAbout{});
  keys.push_back(tl::inputPrivacyKeyBirthday{});
  keys.push_back(tl::inputPrivacyKeyStarGiftsAutoSave{});
  keys.push_back(tl::inputPrivacyKeyNoPaidMessages{});
  keys.push_back(tl::inputPrivacyKeySavedMusic{});
  for (auto& key : keys) {
    const std::string name(key.name());
    tl::fn::account::setPrivacy set;
    set.key = key.copy();
    set.rules.push_back(tl::inputPrivacyValueAllowContacts{});
    set.rules.push_back(tl::inputPrivacyValueDisallowAll{});
    ASSERT_TRUE(door.call(ada, set)) << name;
    tl::fn::account::getPrivacy read;
    read.key = std::move(key);
    EXPECT_EQ(door.call(ada, read)->get_if<tl::account::privacyRules>()->rules.size(), 2u) << name;
  }
}

TEST_F(PeopleTest, OtherDevicesHearOfPrivacyContactsAndNotifications) {
  const auto other = door.world.sign_in_again(ada);
  door.connect(other);
  tl::fn::account::setPrivacy set;
  set.key = tl::inputPrivacyKeyAbout{};
  set.rules.push_back(tl::inputPrivacyValueDisallowAll{});
  ASSERT_TRUE(door.call(ada, set));
  ASSERT_TRUE(add(ada, bob, "Robert"));
  tl::fn::account::updateNotifySettings mute;
  mute.peer = tl::inputNotifyPeer{.peer = peer(ada, bob)};
  mute.settings = tl::inputPeerNotifySettings{.mute_until = 2'000'000'000};
  ASSERT_TRUE(door.call(ada, mute));
  ASSERT_TRUE(door.call(ada, tl::fn::account::updateUsername{.username = "Enchantress"}));

  std::vector<std::string> names;
  for (auto& updates : door.told(other)) {
    if (const auto* whole = updates.get_if<tl::updates_>()) {
      for (const auto& update : whole->updates) names.emplace_back(update.name());
    } else if (const auto* one = updates.get_if<tl::updateShort>()) {
      names.emplace_back(one->update.name());
    }
  }
  EXPECT_EQ(names, (std::vector<std::string>{"updatePrivacy", "updatePeerSettings", "updateNotifySettings",
                                             "updateUserName"}));

  auto exceptions = door.call(other, tl::fn::account::getNotifyExceptions{});
  ASSERT_TRUE(exceptions) << exceptions.error;
  const auto& list = *exceptions->get_if<tl::updates_>();
  ASSERT_EQ(list.updates.size(), 1u);
  EXPECT_EQ(list.updates[0]
                .get_if<tl::updateNotifySettings>()
                ->notify_settings.get_if<tl::peerNotifySettings>()
                ->mute_until,
            2'000'000'000);
}

TEST_F(PeopleTest, StatusAndTypingArePushed) {
  ASSERT_TRUE(add(ada, bob, "Bob"));
  door.connect(ada);
  ASSERT_TRUE(door.call(bob, tl::fn::account::updateStatus{.offline = false}));
  tl::fn::messages::setTyping typing;
  typing.peer = peer(bob, ada);
  typing.action = tl::sendMessageUploadVideoAction{.progress = 40};
  ASSERT_TRUE(door.call(bob, typing));
  auto told = door.told(ada);
  std::vector<tl::Box<tl::Update>> updates;
  for (auto& push : told) {
    if (auto* one = push.get_if<tl::updateShort>()) updates.push_back(std::move(one->update));
    if (auto* whole = push.get_if<tl::updates_>()) {
      for (auto& update : whole->updates) updates.push_back(std::move(update));
    }
  }
  ASSERT_EQ(updates.size(), 2u);
  EXPECT_TRUE(updates[0].get_if<tl::updateUserStatus>()->status.is<tl::userStatusOnline>());
  EXPECT_EQ(
      updates[1].get_if<tl::updateUserTyping>()->action.get_if<tl::sendMessageUploadVideoAction>()->progress,
      40);
}

TEST_F(PeopleTest, BlockedPeopleAreListed) {
  tl::fn::contacts::block block;
  block.id = peer(ada, bob);
  ASSERT_TRUE(door.call(ada, block));
  auto blocked = door.call(ada, tl::fn::contacts::getBlocked{.limit = 10});
  ASSERT_TRUE(blocked) << blocked.error;
  EXPECT_EQ(blocked->get_if<tl::contacts::blocked>()->blocked.size(), 1u);
  block.my_stories_from = true;
  EXPECT_EQ(door.call(ada, block).error, "400 STORIES_UNAVAILABLE");
  tl::fn::contacts::unblock unblock;
  unblock.id = peer(ada, bob);
  ASSERT_TRUE(door.call(ada, unblock));
  EXPECT_TRUE(door.call(ada, tl::fn::contacts::getBlocked{.limit = 10})
                  ->get_if<tl::contacts::blocked>()
                  ->blocked.empty());
}

TEST_F(PeopleTest, AScopeSaysWhatHoldsADialogOnlyWhatDiffers) {
  tl::fn::account::getNotifySettings request;
  request.peer = tl::inputNotifyUsers{};
  auto scope = door.call(ada, request);
  ASSERT_TRUE(scope) << scope.error;
  EXPECT_EQ(scope->get_if<tl::peerNotifySettings>()->show_previews, true);
  tl::inputNotifyPeer dialog;
  dialog.peer = peer(ada, bob);
  request.peer = std::move(dialog);
  EXPECT_FALSE(door.call(ada, request)->get_if<tl::peerNotifySettings>()->show_previews);
}

TEST_F(PeopleTest, WhatCannotBePaidForIsRefused) {
  tl::globalPrivacySettings settings;
  settings.hide_read_marks = true;
  tl::fn::account::setGlobalPrivacySettings set;
  set.settings = tl::copy(settings);
  auto answer = door.call(ada, set);
  ASSERT_TRUE(answer) << answer.error;
  EXPECT_TRUE(answer->get_if<tl::globalPrivacySettings>()->hide_read_marks);
  settings.noncontact_peers_paid_stars = 5;
  set.settings = std::move(settings);
  EXPECT_EQ(door.call(ada, set).error, "403 PREMIUM_ACCOUNT_REQUIRED");
}

TEST_F(PeopleTest, WhoIsNotSignedInIsNobody) {
  const auto device = door.world.new_device();
  EXPECT_EQ(door.call(device, tl::fn::contacts::getContacts{}).error, "401 AUTH_KEY_UNREGISTERED");
}

}  // namespace
}  // namespace heliograph::api
