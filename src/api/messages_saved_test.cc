// Saved messages by where they were saved from, through the front door.
#include "api/testing/fixture.h"
#include "tl/api.h"

namespace heliograph::api {
namespace {

using testing::Caller;
namespace call = tl::fn::messages;

class MessagesSavedTest : public testing::FrontDoorTest {
 protected:
  // Ada writes it to Bob and saves it.
  void save(std::string text) {
    call::sendMessage request;
    request.peer = peer(ada, bob);
    request.message = std::move(text);
    request.random_id = ++last_random_id;
    const auto id = door.call(ada, request)->get_if<tl::updateShortSentMessage>()->id;
    call::forwardMessages forward;
    forward.from_peer = peer(ada, bob);
    forward.to_peer = tl::inputPeerSelf{};
    forward.id = {id};
    forward.random_id = {++last_random_id};
    const auto done = door.call(ada, forward);
    ASSERT_TRUE(done) << done.error;
  }
  tl::inputDialogPeer dialog(const Caller& user) {
    tl::inputDialogPeer wire;
    wire.peer = peer(ada, user);
    return wire;
  }

  Caller ada = door.world.sign_up("Ada");
  Caller bob = door.world.sign_up("Bob");
  std::int64_t last_random_id = 9000;
};

TEST_F(MessagesSavedTest, DialogsAndTheirHistories) {
  save("hello Bob");
  call::getSavedDialogs request;
  request.offset_peer = tl::inputPeerEmpty{};
  request.limit = 10;
  for (const auto layer : {181, 228}) {
    const auto answer = door.call(ada, request, layer);
    ASSERT_TRUE(answer) << answer.error;
    const auto* page = answer.value->get_if<tl::messages::savedDialogs>();
    ASSERT_NE(page, nullptr);
    ASSERT_EQ(page->dialogs.size(), 1U);
    const auto* one = page->dialogs.front().get_if<tl::savedDialog>();
    EXPECT_EQ(one->peer.get_if<tl::peerUser>()->user_id, bob.user.value);
    const auto* top = page->messages.front().get_if<tl::message>();
    EXPECT_EQ(top->id, one->top_message);
    EXPECT_EQ(top->saved_peer_id.get_if<tl::peerUser>()->user_id, bob.user.value);
    EXPECT_FALSE(page->users.empty());
  }
  call::getSavedHistory history;
  history.peer = peer(ada, bob);
  history.limit = 10;
  auto messages = door.call(ada, history);
  EXPECT_EQ(messages->get_if<tl::messages::messages>()->messages.size(), 1U);
  history.peer = tl::inputPeerSelf{};
  messages = door.call(ada, history);
  EXPECT_TRUE(messages->get_if<tl::messages::messages>()->messages.empty());

  call::deleteSavedHistory erase;
  erase.peer = peer(ada, bob);
  const auto erased = door.call(ada, erase);
  ASSERT_TRUE(erased) << erased.error;
  EXPECT_EQ(erased.value->get_if<tl::messages::affectedHistory>()->pts_count, 1);
  EXPECT_TRUE(door.call(ada, request)->get_if<tl::messages::savedDialogs>()->dialogs.empty());
}

TEST_F(MessagesSavedTest, PinsAreToldToTheOtherDevices) {
  save("hello Bob");
  const auto phone = door.world.sign_in_again(ada);
  door.connect(phone);
  call::toggleSavedDialogPin pin;
  pin.pinned = true;
  pin.peer = dialog(bob);
  ASSERT_TRUE(*door.call(ada, pin));
  const auto pinned = door.call(ada, call::getPinnedSavedDialogs{});
  EXPECT_TRUE(
      pinned.value->get_if<tl::messages::savedDialogs>()->dialogs.front().get_if<tl::savedDialog>()->pinned);
  call::reorderPinnedSavedDialogs reorder;
  reorder.force = true;
  ASSERT_TRUE(*door.call(ada, reorder));
  EXPECT_TRUE(
      door.call(ada, call::getPinnedSavedDialogs{})->get_if<tl::messages::savedDialogs>()->dialogs.empty());
  const auto told = door.told(phone);
  ASSERT_EQ(told.size(), 2U);
  const auto first = [](const tl::Box<tl::Updates>& updates) -> const tl::Box<tl::Update>& {
    return updates.get_if<tl::updates_>()->updates.front();
  };
  EXPECT_TRUE(first(told[0]).get_if<tl::updateSavedDialogPinned>()->pinned);
  EXPECT_TRUE(first(told[1]).get_if<tl::updatePinnedSavedDialogs>()->order->empty());
}

TEST_F(MessagesSavedTest, OnlySavedMessagesHavePeersToLookUnder) {
  save("hello Bob");
  call::search request;
  request.peer = tl::inputPeerSelf{};
  request.saved_peer_id = peer(ada, bob);
  request.filter = tl::inputMessagesFilterEmpty{};
  request.limit = 10;
  const auto found = door.call(ada, request);
  ASSERT_TRUE(found) << found.error;
  EXPECT_EQ(found.value->get_if<tl::messages::messages>()->messages.size(), 1U);
  request.saved_peer_id = tl::inputPeerSelf{};
  EXPECT_TRUE(door.call(ada, request)->get_if<tl::messages::messages>()->messages.empty());
  request.peer = peer(ada, bob);
  EXPECT_EQ(door.call(ada, request).error, "400 PEER_ID_INVALID");
}

}  // namespace
}  // namespace heliograph::api
