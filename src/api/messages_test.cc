// messages.* and folders.* through the front door.
#include <gtest/gtest.h>

#include "api/testing/front_door.h"
#include "services/chats/scheduled.h"
#include "tl/api.h"
#include "tl/schema.h"

namespace heliograph::api {
namespace {

using testing::Caller;
using testing::FrontDoor;
namespace call = tl::fn::messages;

class MessagesTest : public ::testing::Test {
 protected:
  tl::Box<tl::InputPeer> peer(const Caller& viewer, const Caller& user) {
    tl::inputPeerUser wire;
    wire.user_id = user.user.value;
    wire.access_hash =
        door.world.run(door.world.services.users.view_one(viewer.user, user.user))->access_hash;
    return wire;
  }
  bool has_scheduled(const Caller& viewer, const Caller& user) {
    tl::fn::users::getFullUser request;
    const auto dialog = peer(viewer, user);
    const auto* of = dialog.get_if<tl::inputPeerUser>();
    request.id = tl::inputUser{.user_id = of->user_id, .access_hash = of->access_hash};
    auto answer = door.call(viewer, request);
    return answer && answer->get_if<tl::users::userFull>()->full_user.get_if<tl::userFull>()->has_scheduled;
  }
  call::sendMessage message(const Caller& from, const Caller& to, std::string text) {
    call::sendMessage request;
    request.peer = peer(from, to);
    request.message = std::move(text);
    request.random_id = ++last_random_id;
    return request;
  }
  // The id of the new message, in the sender's box.
  std::int32_t send(const Caller& from, const Caller& to, std::string text) {
    auto sent = door.call(from, message(from, to, std::move(text)));
    EXPECT_TRUE(sent) << sent.error;
    return sent->get_if<tl::updateShortSentMessage>()->id;
  }
  std::vector<tl::Box<tl::Message>> history(const Caller& of, const Caller& with, std::int32_t layer = 228) {
    call::getHistory request;
    request.peer = peer(of, with);
    request.limit = 50;
    auto answer = door.call(of, request, layer);
    EXPECT_TRUE(answer) << answer.error;
    auto* all = answer->get_if<tl::messages::messages>();
    EXPECT_NE(all, nullptr) << answer->name();
    return std::move(all->messages);
  }
  template <typename U>
  const U* update_in(const tl::Box<tl::Updates>& updates) {
    const auto* all = updates.get_if<tl::updates_>();
    if (all == nullptr) return nullptr;
    for (const auto& update : all->updates) {
      if (const auto* found = update.get_if<U>()) return found;
    }
    return nullptr;
  }
  template <typename U>
  const U* told(const Caller& who) {
    kept.push_back(door.told(who));
    for (const auto& updates : kept.back()) {
      if (const auto* brief = updates.get_if<tl::updateShort>()) {
        if (const auto* found = brief->update.get_if<U>()) return found;
      }
      if (const auto* found = update_in<U>(updates)) return found;
    }
    return nullptr;
  }

  FrontDoor door;
  Caller ada = door.world.sign_up("Ada", "Lovelace");
  Caller bob = door.world.sign_up("Bob");
  std::int64_t last_random_id = 5000;
  std::vector<std::vector<tl::Box<tl::Updates>>> kept;  // what told() points into
};

TEST_F(MessagesTest, PlainTextIsAnsweredShortAndPushedToTheOther) {
  door.connect(bob);
  auto sent = door.call(ada, message(ada, bob, "see example.org"));
  ASSERT_TRUE(sent) << sent.error;
  const auto* brief = sent->get_if<tl::updateShortSentMessage>();
  ASSERT_NE(brief, nullptr);
  EXPECT_TRUE(brief->out);
  EXPECT_EQ(brief->pts_count, 1);
  ASSERT_TRUE(brief->entities);
  EXPECT_TRUE(brief->entities->at(0).is<tl::messageEntityUrl>());
  const auto* pushed = told<tl::updateNewMessage>(bob);
  ASSERT_NE(pushed, nullptr);
  EXPECT_EQ(pushed->message.get_if<tl::message>()->message, "see example.org");
  EXPECT_FALSE(pushed->message.get_if<tl::message>()->out);
}

TEST_F(MessagesTest, AReplyIsAnsweredInFull) {
  const auto first = send(ada, bob, "Well?");
  auto request = message(ada, bob, "I mean it");
  tl::inputReplyToMessage reply;
  reply.reply_to_msg_id = first;
  reply.quote_text = "Well";
  request.reply_to = std::move(reply);
  request.silent = true;
  auto sent = door.call(ada, request);
  ASSERT_TRUE(sent) << sent.error;
  const auto* id = update_in<tl::updateMessageID>(*sent);
  ASSERT_NE(id, nullptr);
  EXPECT_EQ(id->random_id, request.random_id);
  const auto* fresh = update_in<tl::updateNewMessage>(*sent);
  ASSERT_NE(fresh, nullptr);
  const auto* wire = fresh->message.get_if<tl::message>();
  EXPECT_EQ(wire->id, id->id);
  EXPECT_TRUE(wire->silent);
  const auto* header = wire->reply_to.get_if<tl::messageReplyHeader>();
  EXPECT_EQ(header->reply_to_msg_id, first);
  EXPECT_EQ(header->quote_text, "Well");
  EXPECT_EQ(sent->get_if<tl::updates_>()->users.size(), 2U);
}

TEST_F(MessagesTest, AnOldLayerSaysAndSeesRepliesItsOwnWay) {
  const auto first = send(ada, bob, "Well?");
  auto request = message(ada, bob, "I mean it");
  request.reply_to_msg_id = first;
  ASSERT_TRUE(door.call(ada, request, 144));
  const auto messages = history(ada, bob, 144);
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[0].get_if<tl::message>()->reply_to.get_if<tl::messageReplyHeader>()->reply_to_msg_id,
            first);
}

TEST_F(MessagesTest, MarksOfEveryKindComeBackAsTheyWereSent) {
  auto request = message(ada, bob, "0123456789");
  request.entities.emplace();
  const auto add = [&](auto wire, std::int32_t offset) {
    wire.offset = offset;
    wire.length = 1;
    request.entities->emplace_back(std::move(wire));
  };
  add(tl::messageEntityBold{}, 0);
  add(tl::messageEntityItalic{}, 1);
  add(tl::messageEntityUnderline{}, 2);
  add(tl::messageEntityStrike{}, 3);
  add(tl::messageEntitySpoiler{}, 4);
  add(tl::messageEntityCode{}, 5);
  add(tl::messageEntityPre{.language = "cpp"}, 6);
  add(tl::messageEntityTextUrl{.url = "https://example.org/"}, 7);
  add(tl::messageEntityBlockquote{}, 8);
  tl::inputMessageEntityMentionName mention;
  mention.user_id = tl::inputUserSelf{};
  add(std::move(mention), 9);
  auto sent = door.call(ada, request);
  ASSERT_TRUE(sent) << sent.error;
  const auto messages = history(bob, ada);
  const auto& entities = *messages[0].get_if<tl::message>()->entities;
  ASSERT_EQ(entities.size(), 10U);
  EXPECT_EQ(entities[6].get_if<tl::messageEntityPre>()->language, "cpp");
  EXPECT_EQ(entities[7].get_if<tl::messageEntityTextUrl>()->url, "https://example.org/");
  EXPECT_EQ(entities[9].get_if<tl::messageEntityMentionName>()->user_id, ada.user.value);
  // A client of 2022 knows all but the spoiler... which it does know; block quotes it does not.
  EXPECT_FALSE(history(bob, ada, 144)[0].get_if<tl::message>()->entities->empty());
}

TEST_F(MessagesTest, AMentionNeedsSomebodyKnown) {
  auto request = message(ada, bob, "you");
  tl::inputMessageEntityMentionName mention;
  mention.length = 3;
  mention.user_id = tl::inputUser{.user_id = bob.user.value, .access_hash = 1};
  request.entities.emplace();
  request.entities->emplace_back(std::move(mention));
  EXPECT_EQ(door.call(ada, request).error, "400 ENTITY_MENTION_USER_INVALID");
}

TEST_F(MessagesTest, EditingIsAnsweredAndPushed) {
  const auto id = send(ada, bob, "Helo");
  door.connect(bob);
  call::editMessage request;
  request.peer = peer(ada, bob);
  request.id = id;
  request.message = "Hello";
  auto edited = door.call(ada, request);
  ASSERT_TRUE(edited) << edited.error;
  ASSERT_NE(update_in<tl::updateEditMessage>(*edited), nullptr);
  const auto* pushed = told<tl::updateEditMessage>(bob);
  ASSERT_NE(pushed, nullptr);
  EXPECT_EQ(pushed->message.get_if<tl::message>()->message, "Hello");
  EXPECT_TRUE(pushed->message.get_if<tl::message>()->edit_date);
  EXPECT_EQ(door.call(ada, request).error, "400 MESSAGE_NOT_MODIFIED");
}

TEST_F(MessagesTest, DeletingAndReadingTellHowPtsMoved) {
  const auto id = send(ada, bob, "Hello");
  door.connect(ada);
  call::readHistory read;
  read.peer = peer(bob, ada);
  auto affected = door.call(bob, read);
  ASSERT_TRUE(affected) << affected.error;
  EXPECT_EQ(affected->get_if<tl::messages::affectedMessages>()->pts_count, 1);
  ASSERT_NE(told<tl::updateReadHistoryOutbox>(ada), nullptr);
  EXPECT_EQ(told<tl::updateReadHistoryOutbox>(ada)->max_id, id);

  call::deleteMessages erase;
  erase.id = {id, 4711};
  erase.revoke = true;
  affected = door.call(ada, erase);
  ASSERT_TRUE(affected) << affected.error;
  EXPECT_EQ(affected->get_if<tl::messages::affectedMessages>()->pts_count, 1);
  EXPECT_TRUE(history(bob, ada).empty());
}

TEST_F(MessagesTest, ForwardsCarryTheirAuthorAndOneIdEach) {
  const auto first = send(ada, bob, "one");
  const auto second = send(ada, bob, "two");
  call::forwardMessages request;
  request.from_peer = peer(ada, bob);
  request.to_peer = tl::inputPeerSelf{};
  request.id = {first, second};
  request.random_id = {71, 72};
  auto forwarded = door.call(ada, request);
  ASSERT_TRUE(forwarded) << forwarded.error;
  const auto& updates = forwarded->get_if<tl::updates_>()->updates;
  ASSERT_EQ(updates.size(), 4U);
  EXPECT_EQ(updates[0].get_if<tl::updateMessageID>()->random_id, 71);
  EXPECT_EQ(updates[1].get_if<tl::updateMessageID>()->random_id, 72);
  const auto* wire = updates[2].get_if<tl::updateNewMessage>()->message.get_if<tl::message>();
  const auto* header = wire->fwd_from.get_if<tl::messageFwdHeader>();
  EXPECT_EQ(header->from_id.get_if<tl::peerUser>()->user_id, ada.user.value);
  EXPECT_EQ(header->saved_from_peer.get_if<tl::peerUser>()->user_id, bob.user.value);
  EXPECT_EQ(header->saved_from_msg_id, first);
  EXPECT_EQ(wire->saved_peer_id.get_if<tl::peerUser>()->user_id, bob.user.value);
}

TEST_F(MessagesTest, LongHistoriesComeInSlices) {
  for (int i = 0; i < 5; ++i) send(ada, bob, std::to_string(i));
  call::getHistory request;
  request.peer = peer(ada, bob);
  request.limit = 2;
  auto answer = door.call(ada, request);
  ASSERT_TRUE(answer) << answer.error;
  const auto* slice = answer->get_if<tl::messages::messagesSlice>();
  ASSERT_NE(slice, nullptr);
  EXPECT_EQ(slice->count, 5);
  EXPECT_EQ(slice->messages.size(), 2U);
  EXPECT_EQ(slice->users.size(), 2U);
}

TEST_F(MessagesTest, MessagesByIdKeepTheirPlaces) {
  const auto id = send(ada, bob, "Hello");
  call::getMessages request;
  request.id.emplace_back(tl::inputMessageID{.id = 4711});
  request.id.emplace_back(tl::inputMessageID{.id = id});
  auto answer = door.call(ada, request);
  ASSERT_TRUE(answer) << answer.error;
  const auto& messages = answer->get_if<tl::messages::messages>()->messages;
  EXPECT_EQ(messages.at(0).get_if<tl::messageEmpty>()->id, 4711);
  EXPECT_EQ(messages.at(1).get_if<tl::message>()->message, "Hello");
}

TEST_F(MessagesTest, DialogsWithTheirTopMessagesAndPeople) {
  send(ada, bob, "Hello");
  call::saveDraft draft;
  draft.peer = peer(bob, ada);
  draft.message = "begun";
  ASSERT_TRUE(door.call(bob, draft));
  call::getDialogs request;
  request.offset_peer = tl::inputPeerEmpty{};
  request.limit = 20;
  auto answer = door.call(bob, request);
  ASSERT_TRUE(answer) << answer.error;
  auto* dialogs = answer->get_if<tl::messages::dialogs>();
  ASSERT_NE(dialogs, nullptr);
  ASSERT_EQ(dialogs->dialogs.size(), 1U);
  const auto* dialog = dialogs->dialogs[0].get_if<tl::dialog>();
  EXPECT_EQ(dialog->unread_count, 1);
  EXPECT_EQ(dialog->draft.get_if<tl::draftMessage>()->message, "begun");
  EXPECT_EQ(dialogs->messages.at(0).get_if<tl::message>()->id, dialog->top_message);
  EXPECT_EQ(dialogs->users.size(), 1U);
  EXPECT_TRUE(door.call(bob, request, 144));
}

TEST_F(MessagesTest, OtherDevicesSeeDraftsPinsFoldersAndFilters) {
  send(ada, bob, "Hello");
  const auto tablet = door.world.sign_in_again(ada);
  door.connect(tablet);

  call::saveDraft draft;
  draft.peer = peer(ada, bob);
  draft.message = "begun";
  ASSERT_TRUE(door.call(ada, draft));
  const auto* drafted = told<tl::updateDraftMessage>(tablet);
  ASSERT_NE(drafted, nullptr);
  EXPECT_EQ(drafted->draft.get_if<tl::draftMessage>()->message, "begun");

  call::toggleDialogPin pin;
  pin.pinned = true;
  pin.peer = tl::inputDialogPeer{.peer = peer(ada, bob)};
  ASSERT_TRUE(door.call(ada, pin));
  ASSERT_NE(told<tl::updateDialogPinned>(tablet), nullptr);

  tl::fn::folders::editPeerFolders archive;
  archive.folder_peers.emplace_back(tl::inputFolderPeer{.peer = peer(ada, bob), .folder_id = 1});
  auto moved = door.call(ada, archive);
  ASSERT_TRUE(moved) << moved.error;
  ASSERT_NE(update_in<tl::updateFolderPeers>(*moved), nullptr);
  ASSERT_NE(told<tl::updateFolderPeers>(tablet), nullptr);

  call::updateDialogFilter put;
  put.id = 2;
  tl::dialogFilter filter;
  filter.id = 2;
  filter.title = tl::textWithEntities{.text = "Work", .entities = {}};
  filter.include_peers.push_back(peer(ada, bob));
  put.filter = std::move(filter);
  auto stored = door.call(ada, put);
  ASSERT_TRUE(stored) << stored.error;
  ASSERT_NE(told<tl::updateDialogFilter>(tablet), nullptr);
  auto filters = door.call(ada, call::getDialogFilters{});
  ASSERT_TRUE(filters) << filters.error;
  EXPECT_EQ(filters->get_if<tl::messages::dialogFilters>()->filters.size(), 2U);
}

TEST_F(MessagesTest, ScheduledMessagesAreShownToTheirAuthorAndThenSent) {
  const auto tablet = door.world.sign_in_again(ada);
  door.connect(tablet);
  auto request = message(ada, bob, "Good morning");
  request.schedule_date = static_cast<std::int32_t>(door.world.clock.unix_seconds() + 3600);
  auto scheduled = door.call(ada, request);
  ASSERT_TRUE(scheduled) << scheduled.error;
  ASSERT_NE(update_in<tl::updateNewScheduledMessage>(*scheduled), nullptr);
  ASSERT_NE(told<tl::updateNewScheduledMessage>(tablet), nullptr);
  call::getScheduledHistory list;
  list.peer = peer(ada, bob);
  auto waiting = door.call(ada, list);
  ASSERT_TRUE(waiting) << waiting.error;
  ASSERT_EQ(waiting->get_if<tl::messages::messages>()->messages.size(), 1U);
  EXPECT_TRUE(has_scheduled(ada, bob));
  EXPECT_FALSE(has_scheduled(bob, ada));
  door.world.clock.advance(std::chrono::hours(1));
  ASSERT_TRUE(door.world.run(services::sweep_scheduled(door.world.environment)));
  const auto* gone = told<tl::updateDeleteScheduledMessages>(tablet);
  ASSERT_NE(gone, nullptr);
  ASSERT_TRUE(gone->sent_messages);
  const auto messages = history(bob, ada);
  EXPECT_TRUE(messages.at(0).get_if<tl::message>()->from_scheduled);
  EXPECT_EQ(messages.at(0).get_if<tl::message>()->message, "Good morning");
}

TEST_F(MessagesTest, NoLinkIsOpenedForItsPreview) {
  call::sendMedia request;
  request.peer = peer(ada, bob);
  request.message = "see example.org";
  request.random_id = ++last_random_id;
  tl::inputMediaWebPage page;
  page.url = "https://example.org";
  request.media = page;
  EXPECT_EQ(door.call(ada, request).error, "400 WEBPAGE_NOT_FOUND");
  page.optional = true;
  request.media = page;
  const auto sent = door.call(ada, request);
  ASSERT_TRUE(sent) << sent.error;
  EXPECT_FALSE(history(bob, ada).at(0).get_if<tl::message>()->media);
  request.message.clear();
  request.media = page;
  request.random_id = ++last_random_id;
  EXPECT_EQ(door.call(ada, request).error, "400 MESSAGE_EMPTY");
}

TEST_F(MessagesTest, PinsAndTimesToLiveAreSaidInTheDialog) {
  const auto id = send(ada, bob, "Important");
  call::updatePinnedMessage pin;
  pin.peer = peer(ada, bob);
  pin.id = id;
  auto pinned = door.call(ada, pin);
  ASSERT_TRUE(pinned) << pinned.error;
  ASSERT_NE(update_in<tl::updatePinnedMessages>(*pinned), nullptr);
  const auto* notice = update_in<tl::updateNewMessage>(*pinned);
  ASSERT_NE(notice, nullptr);
  const auto* service = notice->message.get_if<tl::messageService>();
  EXPECT_TRUE(service->action.is<tl::messageActionPinMessage>());
  EXPECT_EQ(service->reply_to.get_if<tl::messageReplyHeader>()->reply_to_msg_id, id);

  call::setHistoryTTL ttl;
  ttl.peer = peer(ada, bob);
  ttl.period = 86'400;
  auto set = door.call(ada, ttl);
  ASSERT_TRUE(set) << set.error;
  EXPECT_EQ(update_in<tl::updatePeerHistoryTTL>(*set)->ttl_period, 86'400);
  send(bob, ada, "goes");
  EXPECT_EQ(history(ada, bob).at(0).get_if<tl::message>()->ttl_period, 86'400);
}

TEST_F(MessagesTest, ContactsAndPlacesNeedNoFiles) {
  call::sendMedia request;
  request.peer = peer(ada, bob);
  request.random_id = ++last_random_id;
  tl::inputMediaGeoPoint place;
  place.geo_point = tl::inputGeoPoint{.lat = 52.5, .long_ = 13.4, .accuracy_radius = {}};
  request.media = std::move(place);
  auto sent = door.call(ada, request);
  ASSERT_TRUE(sent) << sent.error;
  const auto messages = history(bob, ada);
  const auto* geo = messages.at(0).get_if<tl::message>()->media.get_if<tl::messageMediaGeo>();
  ASSERT_NE(geo, nullptr);
  EXPECT_NEAR(geo->geo.get_if<tl::geoPoint>()->lat, 52.5, 1e-5);
  request.media = tl::inputMediaDice{.emoticon = "x"};
  EXPECT_EQ(door.call(ada, request).error, "400 MEDIA_INVALID");
}

TEST_F(MessagesTest, ErrorsHaveTheirDocumentedNames) {
  EXPECT_EQ(door.call(ada, message(ada, bob, "")).error, "400 MESSAGE_EMPTY");
  auto nobody = message(ada, bob, "Hello");
  nobody.peer = tl::inputPeerUser{.user_id = bob.user.value, .access_hash = 1};
  EXPECT_EQ(door.call(ada, nobody).error, "400 PEER_ID_INVALID");
  nobody.peer = tl::inputPeerChat{.chat_id = 1};
  EXPECT_EQ(door.call(ada, nobody).error, "400 CHAT_ID_INVALID");
  call::editMessage edit;
  edit.peer = peer(ada, bob);
  edit.id = 4711;
  edit.message = "x";
  EXPECT_EQ(door.call(ada, edit).error, "400 MESSAGE_ID_INVALID");
}

// A bit of everything that a dialog can hold, as each layer has it.
TEST_F(MessagesTest, EveryLayerCanBeTold) {
  const auto id = send(ada, bob, "see https://example.org");
  auto reply = message(ada, bob, "a\nb");
  tl::inputReplyToMessage to;
  to.reply_to_msg_id = id;
  to.quote_text = "see";
  reply.reply_to = std::move(to);
  reply.entities.emplace();
  reply.entities->emplace_back(tl::messageEntityBlockquote{.collapsed = true, .offset = 0, .length = 1});
  reply.entities->emplace_back(tl::messageEntityCustomEmoji{.offset = 2, .length = 1, .document_id = 5});
  ASSERT_TRUE(door.call(ada, reply));
  call::forwardMessages forward;
  forward.from_peer = peer(ada, bob);
  forward.to_peer = peer(ada, bob);
  forward.id = {id};
  forward.random_id = {++last_random_id};
  ASSERT_TRUE(door.call(ada, forward));
  call::updatePinnedMessage pin;
  pin.peer = peer(ada, bob);
  pin.id = id;
  ASSERT_TRUE(door.call(ada, pin));
  call::setHistoryTTL ttl;
  ttl.peer = peer(ada, bob);
  ttl.period = 86'400;
  ASSERT_TRUE(door.call(ada, ttl));
  call::sendMedia media;
  media.peer = peer(ada, bob);
  media.random_id = ++last_random_id;
  media.media = tl::inputMediaContact{
      .phone_number = "+12025550199", .first_name = "Eve", .last_name = "", .vcard = ""};
  ASSERT_TRUE(door.call(ada, media));
  auto later = message(ada, bob, "later");
  later.schedule_date = static_cast<std::int32_t>(door.world.clock.unix_seconds() + 3600);
  ASSERT_TRUE(door.call(ada, later));
  call::saveDraft draft;
  draft.peer = peer(ada, bob);
  draft.message = "begun";
  draft.reply_to = tl::inputReplyToMessage{.reply_to_msg_id = id};
  ASSERT_TRUE(door.call(ada, draft));
  call::updateDialogFilter put;
  put.id = 2;
  put.filter = tl::dialogFilter{.contacts = true, .id = 2, .title = tl::textWithEntities{.text = "Work"}};
  ASSERT_TRUE(door.call(ada, put));

  for (const auto layer : tl::layers()) {
    SCOPED_TRACE(layer);
    EXPECT_EQ(history(bob, ada, layer).size(), 6U);
    call::getDialogs dialogs;
    dialogs.offset_peer = tl::inputPeerEmpty{};
    dialogs.limit = 20;
    auto list = door.call(ada, dialogs, layer);
    ASSERT_TRUE(list) << list.error;
    EXPECT_EQ(list->get_if<tl::messages::dialogs>()->messages.size(), 1U);
    call::getScheduledHistory scheduled;
    scheduled.peer = peer(ada, bob);
    EXPECT_TRUE(door.call(ada, scheduled, layer));
    EXPECT_TRUE(door.call(ada, call::getAllDrafts{}, layer));
    tl::fn::updates::getDifference difference;
    difference.pts = 1;
    difference.date = static_cast<std::int32_t>(door.world.clock.unix_seconds());
    auto missed = door.call(bob, difference, layer);
    ASSERT_TRUE(missed) << missed.error;
    EXPECT_EQ(missed->get_if<tl::updates::difference>()->new_messages.size(), 6U);
  }
}

TEST_F(MessagesTest, WhatClientsAskAtBootIsEmptyAndOnEveryLayer) {
  for (const auto layer : {144, 198, 228}) {
    EXPECT_TRUE(door.call(ada, call::getAllStickers{}, layer));
    EXPECT_TRUE(door.call(ada, call::getAvailableReactions{}, layer) || layer == 144);
    EXPECT_TRUE(door.call(ada, call::getPinnedDialogs{}, layer));
    EXPECT_TRUE(door.call(ada, call::getAllDrafts{}, layer));
    call::getPeerSettings settings;
    settings.peer = peer(ada, bob);
    EXPECT_TRUE(door.call(ada, settings, layer));
  }
}

}  // namespace
}  // namespace heliograph::api
