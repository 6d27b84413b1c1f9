// The list of dialogs through the front door: what is unread, the archive's entry, dialog filters of every
// layer.
#include "api/testing/fixture.h"
#include "tl/api.h"
#include "tl/schema.h"

namespace heliograph::api {
namespace {

using testing::Caller;
namespace call = tl::fn::messages;

class DialogListTest : public testing::FrontDoorTest {
 protected:
  void send(const Caller& from, const Caller& to, std::string text) {
    call::sendMessage request;
    request.peer = peer(from, to);
    request.message = std::move(text);
    request.random_id = ++last_random_id;
    const auto sent = door.call(from, request);
    ASSERT_TRUE(sent) << sent.error;
  }
  void archive(const Caller& owner, const Caller& with) {
    tl::inputFolderPeer move;
    move.peer = peer(owner, with);
    move.folder_id = 1;
    tl::fn::folders::editPeerFolders request;
    request.folder_peers.emplace_back(std::move(move));
    const auto moved = door.call(owner, request);
    ASSERT_TRUE(moved) << moved.error;
  }
  void mute(const Caller& owner, const Caller& peer_of) {
    tl::inputPeerNotifySettings settings;
    settings.mute_until = INT32_MAX;
    tl::inputNotifyPeer target;
    target.peer = peer(owner, peer_of);
    tl::fn::account::updateNotifySettings request;
    request.peer = std::move(target);
    request.settings = std::move(settings);
    const auto done = door.call(owner, request);
    ASSERT_TRUE(done) << done.error;
  }
  std::int32_t unread(const Caller& owner) {
    return door.call(owner, tl::fn::updates::getState{})->get_if<tl::updates::state>()->unread_count;
  }

  Caller ada = door.world.sign_up("Ada", "Lovelace");
  Caller bob = door.world.sign_up("Bob");
  Caller cem = door.world.sign_up("Cem");
  std::int64_t last_random_id = 7000;
};

TEST_F(DialogListTest, TheStateCountsWhatIsUnreadMutedAndArchivedToo) {
  const auto pts_before = door.call(bob, tl::fn::updates::getState{})->get_if<tl::updates::state>()->pts;
  EXPECT_EQ(unread(bob), 0);
  send(ada, bob, "one");
  send(ada, bob, "two");
  send(cem, bob, "three");
  mute(bob, cem);
  archive(bob, cem);
  EXPECT_EQ(unread(bob), 3);
  EXPECT_EQ(unread(ada), 0);

  tl::fn::updates::getDifference difference;
  difference.pts = pts_before;
  difference.date = static_cast<std::int32_t>(door.world.clock.unix_seconds());
  const auto missed = door.call(bob, difference);
  ASSERT_TRUE(missed) << missed.error;
  const auto* whole = missed.value->get_if<tl::updates::difference>();
  ASSERT_NE(whole, nullptr);
  EXPECT_EQ(whole->state.get_if<tl::updates::state>()->unread_count, 3);

  call::readHistory read;
  read.peer = peer(bob, ada);
  ASSERT_TRUE(door.call(bob, read));
  EXPECT_EQ(unread(bob), 1);
}

TEST_F(DialogListTest, TheArchiveIsAnEntryAmongThePinned) {
  const auto archive_of = [&](const auto& answer) -> const tl::dialogFolder* {
    EXPECT_TRUE(answer) << answer.error;
    const auto& dialogs = answer.value->template get_if<tl::messages::peerDialogs>()->dialogs;
    return dialogs.empty() ? nullptr : dialogs.front().template get_if<tl::dialogFolder>();
  };
  send(ada, bob, "quiet");
  send(cem, bob, "loud");
  send(cem, bob, "louder");
  EXPECT_EQ(archive_of(door.call(bob, call::getPinnedDialogs{})), nullptr);  // empty: no entry
  mute(bob, ada);
  archive(bob, ada);
  archive(bob, cem);

  auto pinned = door.call(bob, call::getPinnedDialogs{});
  const auto* entry = archive_of(pinned);
  ASSERT_NE(entry, nullptr);
  EXPECT_TRUE(entry->pinned);
  EXPECT_EQ(entry->folder.get_if<tl::folder>()->id, 1);
  EXPECT_EQ(entry->peer.get_if<tl::peerUser>()->user_id, cem.user.value);
  EXPECT_EQ(entry->unread_muted_peers_count, 1);
  EXPECT_EQ(entry->unread_muted_messages_count, 1);
  EXPECT_EQ(entry->unread_unmuted_peers_count, 1);
  EXPECT_EQ(entry->unread_unmuted_messages_count, 2);
  const auto* answer = pinned->get_if<tl::messages::peerDialogs>();
  EXPECT_EQ(answer->messages.size(), 1U);
  EXPECT_EQ(answer->messages.front().get_if<tl::message>()->id, entry->top_message);
  EXPECT_FALSE(answer->users.empty());

  call::getPeerDialogs by_name;
  by_name.peers.emplace_back(tl::inputDialogPeerFolder{.folder_id = 1});
  EXPECT_NE(archive_of(door.call(bob, by_name)), nullptr);
  by_name.peers.front() = tl::inputDialogPeerFolder{.folder_id = 2};
  EXPECT_EQ(door.call(bob, by_name).error, "400 FOLDER_ID_INVALID");

  call::getPinnedDialogs archived;
  archived.folder_id = 1;
  EXPECT_EQ(archive_of(door.call(bob, archived)), nullptr);  // it does not hold itself
  call::getDialogs list;
  list.offset_peer = tl::inputPeerEmpty{};
  list.limit = 20;
  list.folder_id = 0;
  const auto main = door.call(bob, list);
  ASSERT_TRUE(main) << main.error;
  for (const auto& dialog : main.value->get_if<tl::messages::dialogs>()->dialogs) {
    EXPECT_TRUE(dialog.is<tl::dialog>());  // Telethon knows no other kind there
  }
}

TEST_F(DialogListTest, FiltersAreAPlainVectorOnOldLayers) {
  call::updateDialogFilter put;
  put.id = 2;
  tl::dialogFilter filter;
  filter.id = 2;
  filter.title = tl::textWithEntities{.text = "Work"};
  filter.include_peers.emplace_back(peer(ada, bob));
  put.filter = std::move(filter);
  const auto stored = door.call(ada, put);
  ASSERT_TRUE(stored) << stored.error;

  const auto is_work = [](const std::vector<tl::Box<tl::DialogFilter>>& filters) {
    for (const auto& one : filters) {
      const auto* found = one.get_if<tl::dialogFilter>();
      if (found == nullptr) continue;
      return found->id == 2 && found->title.get_if<tl::textWithEntities>()->text == "Work";
    }
    return false;
  };
  for (const auto layer : tl::layers()) {
    SCOPED_TRACE(layer);
    if (layer <= 167) {
      const auto filters =
          door.call_for<std::vector<tl::Box<tl::DialogFilter>>>(ada, call::getDialogFilters{}, layer);
      ASSERT_TRUE(filters) << filters.error;
      EXPECT_TRUE(is_work(*filters.value));
    } else {
      const auto filters = door.call(ada, call::getDialogFilters{}, layer);
      ASSERT_TRUE(filters) << filters.error;
      EXPECT_TRUE(is_work(filters.value->get_if<tl::messages::dialogFilters>()->filters));
    }
  }
}

}  // namespace
}  // namespace heliograph::api
