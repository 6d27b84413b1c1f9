#include "services/chats/saved.h"

#include <gmock/gmock.h>

#include "services/chats/forward.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::World;

class SavedTest : public testing::GroupsTest {
 protected:
  // Ada saves what she and Bob have written to each other.
  MessageId save(Peer from, MessageId id) {
    ForwardMessages request;
    request.from = from;
    request.to = own;
    request.ids = {id};
    request.random_ids = {++last_random_id};
    const auto done = World::must(world.run(forward_messages(world.environment, ada, request)));
    return done.front().appended.message.id;
  }
  MessageId save_from(const Caller& other, std::string text) {
    return save(Peer::of(other.user), send(ada, other.user, std::move(text)).message.id);
  }
  SavedDialogPage list(SavedDialogRange range = {}) {
    return World::must(world.run(saved_dialogs(world.environment, ada.user, range)));
  }
  static std::vector<Peer> peers(const SavedDialogPage& page) {
    std::vector<Peer> out;
    for (const auto& dialog : page.dialogs) out.push_back(dialog.peer);
    return out;
  }
  std::vector<std::string> filed_under(Peer peer) {
    store::HistoryRange range;
    range.saved_peer = peer;
    std::vector<std::string> texts;
    for (const auto& message :
         World::must(world.run(services::history(world.environment, ada.user, own, range))).messages) {
      texts.push_back(message.text);
    }
    return texts;
  }
  Status pin(Peer peer, bool pinned) {
    return world.run(pin_saved_dialog(world.environment, ada, peer, pinned));
  }
  std::vector<Peer> pinned() {
    return peers(World::must(world.run(pinned_saved_dialogs(world.environment, ada.user))));
  }

  Caller eve = world.sign_up("Eve");
  Peer own = Peer::of(ada.user);
};

TEST_F(SavedTest, MessagesAreFiledByWhereTheyWereSavedFrom) {
  const auto talk = channel(false, "the_talk");
  const auto post = World::must(GroupsTest::post(ada, talk, "said in public"));
  send(ada, ada.user, "a note");
  save_from(bob, "to Bob");
  save(talk, post.message.id);
  save_from(bob, "to Bob again");
  const auto page = list();
  EXPECT_THAT(peers(page), ElementsAre(Peer::of(bob.user), talk, own));
  EXPECT_EQ(page.dialogs.front().top.text, "to Bob again");
  EXPECT_EQ(page.total, 3U);
  EXPECT_TRUE(page.whole);
  EXPECT_THAT(filed_under(Peer::of(bob.user)), ElementsAre("to Bob again", "to Bob"));
  EXPECT_THAT(filed_under(talk), ElementsAre("said in public"));
  EXPECT_THAT(filed_under(own), ElementsAre("a note"));
  // The dialog itself holds them all.
  EXPECT_EQ(history(ada, ada.user).size(), 4U);
}

TEST_F(SavedTest, TheListComesInPagesAfterThePinnedOnes) {
  send(ada, ada.user, "a note");
  save_from(bob, "to Bob");
  save_from(eve, "to Eve");
  ASSERT_TRUE(pin(own, true));
  SavedDialogRange range;
  range.limit = 2;
  auto page = list(range);
  EXPECT_THAT(peers(page), ElementsAre(own, Peer::of(eve.user)));
  EXPECT_TRUE(page.dialogs.front().pinned);
  EXPECT_FALSE(page.whole);
  EXPECT_EQ(page.total, 3U);
  range.offset_id = page.dialogs.back().top.id;
  EXPECT_THAT(peers(list(range)), ElementsAre(Peer::of(bob.user)));
  range = {};
  range.exclude_pinned = true;
  page = list(range);
  EXPECT_THAT(peers(page), ElementsAre(Peer::of(eve.user), Peer::of(bob.user)));
  EXPECT_EQ(page.total, 2U);
  const auto named = World::must(world.run(
      saved_dialogs_by_id(world.environment, ada.user, {Peer::of(bob.user), Peer::of(UserId{999})})));
  EXPECT_THAT(peers(named), ElementsAre(Peer::of(bob.user)));
}

TEST_F(SavedTest, PinsHaveAnOrderAndALimit) {
  send(ada, ada.user, "a note");
  save_from(bob, "to Bob");
  EXPECT_EQ(code_of(pin(Peer::of(eve.user), true)), "PEER_ID_INVALID");
  save_from(eve, "to Eve");
  ASSERT_TRUE(pin(own, true));
  ASSERT_TRUE(pin(Peer::of(bob.user), true));
  EXPECT_THAT(pinned(), ElementsAre(Peer::of(bob.user), own));
  const auto reorder = [&](std::vector<Peer> order, bool force) {
    return world.run(reorder_pinned_saved(world.environment, ada, std::move(order), force));
  };
  ASSERT_TRUE(reorder({own}, false));
  EXPECT_THAT(pinned(), ElementsAre(own, Peer::of(bob.user)));
  ASSERT_TRUE(reorder({Peer::of(eve.user)}, true));
  EXPECT_THAT(pinned(), ElementsAre(Peer::of(eve.user)));
  EXPECT_EQ(code_of(reorder({Peer::of(UserId{999})}, true)), "PEER_ID_INVALID");
  EXPECT_EQ(code_of(reorder(std::vector<Peer>(6, own), true)), "PINNED_DIALOGS_TOO_MUCH");
  ASSERT_TRUE(pin(Peer::of(eve.user), false));
  EXPECT_THAT(pinned(), IsEmpty());
}

TEST_F(SavedTest, AllThatIsFiledUnderOnePeerCanBeDeleted) {
  send(ada, ada.user, "a note");
  const auto first = save_from(bob, "to Bob");
  save_from(bob, "to Bob again");
  ASSERT_TRUE(pin(Peer::of(bob.user), true));
  DeleteHistory request;
  request.peer = Peer::of(bob.user);
  request.max_id = first;
  const auto erase = [&] { return world.run(delete_saved_history(world.environment, ada, request)); };
  EXPECT_EQ(World::must(erase()).update.pts_count, 1);
  EXPECT_THAT(filed_under(Peer::of(bob.user)), ElementsAre("to Bob again"));
  EXPECT_THAT(pinned(), ElementsAre(Peer::of(bob.user)));
  request.max_id = {};
  EXPECT_FALSE(World::must(erase()).more);
  EXPECT_THAT(filed_under(Peer::of(bob.user)), IsEmpty());
  EXPECT_THAT(pinned(), IsEmpty());
  EXPECT_THAT(filed_under(own), ElementsAre("a note"));
  // What Bob and Ada wrote to each other is still there.
  EXPECT_EQ(history(ada, bob.user).size(), 2U);
}

TEST_F(SavedTest, ASearchLooksUnderOnePeer) {
  send(ada, ada.user, "tea at five");
  save_from(bob, "tea at six");
  Search search;
  search.peer = own;
  search.text = "tea";
  search.saved_peer = Peer::of(bob.user);
  const auto page = World::must(world.run(search_messages(world.environment, ada.user, search, {})));
  ASSERT_EQ(page.messages.size(), 1U);
  EXPECT_EQ(page.messages.front().text, "tea at six");
}

}  // namespace
}  // namespace heliograph::services
