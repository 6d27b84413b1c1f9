#include "services/chats/dialogs.h"

#include "services/chats/draft.h"
#include "services/chats/erase.h"
#include "services/chats/ttl.h"
#include "services/testing/chat.h"

namespace heliograph::services {
namespace {

using testing::World;

// Ada and a few people she knows, written to in turn: the last one is on top.
class DialogsTest : public testing::ChatTest {
 protected:
  DialogsTest() {
    for (const auto* name : {"Cem", "Dan", "Eve", "Fay"}) people.push_back(world.sign_up(name).user);
    for (const auto user : people) {
      world.clock.advance(std::chrono::seconds(10));
      send(ada, user, "Hello");
    }
  }
  DialogPage list(DialogRange range = {}) {
    return World::must(world.run(list_dialogs(world.environment, ada.user, range)));
  }
  static std::vector<UserId> users(const DialogPage& page) {
    std::vector<UserId> out;
    for (const auto& view : page.dialogs) out.push_back(view.dialog.peer.user());
    return out;
  }
  Status pin(UserId user, bool pinned = true) {
    return world.run(pin_dialog(world.environment, ada, Peer::of(user), pinned));
  }
  Draft draft(std::string text) {
    Draft begun;
    begun.text = std::move(text);
    return begun;
  }
  std::vector<UserId> people;
};

TEST_F(DialogsTest, NewestFirstWithTheirTopMessages) {
  const auto page = list();
  EXPECT_EQ(users(page), (std::vector{people[3], people[2], people[1], people[0]}));
  EXPECT_TRUE(page.whole);
  EXPECT_EQ(page.total, 4U);
  EXPECT_EQ(page.dialogs[0].top->text, "Hello");
}

TEST_F(DialogsTest, PagesFollowEachOther) {
  DialogRange range;
  range.limit = 3;
  const auto first = list(range);
  EXPECT_EQ(users(first), (std::vector{people[3], people[2], people[1]}));
  EXPECT_FALSE(first.whole);
  EXPECT_EQ(first.total, 4U);
  const auto& last = first.dialogs.back().dialog;
  range.offset = {last.top_date, last.top_message, last.peer};
  EXPECT_EQ(users(list(range)), std::vector{people[0]});
  // Clients that name the peer alone mean the same place.
  range.offset = {0, MessageId{}, last.peer};
  EXPECT_EQ(users(list(range)), std::vector{people[0]});
}

TEST_F(DialogsTest, PinnedOnesComeFirstInTheOrderTheirOwnerGives) {
  ASSERT_TRUE(pin(people[0]));
  ASSERT_TRUE(pin(people[1]));
  EXPECT_EQ(users(list()), (std::vector{people[1], people[0], people[3], people[2]}));
  ASSERT_TRUE(world.run(
      reorder_pinned(world.environment, ada, 0, {Peer::of(people[0]), Peer::of(people[2])}, false)));
  EXPECT_EQ(users(World::must(world.run(pinned_dialogs(world.environment, ada.user, 0)))),
            (std::vector{people[0], people[2], people[1]}));
  ASSERT_TRUE(world.run(reorder_pinned(world.environment, ada, 0, {Peer::of(people[2])}, true)));
  EXPECT_EQ(users(list()), (std::vector{people[2], people[3], people[1], people[0]}));
  DialogRange unpinned;
  unpinned.exclude_pinned = true;
  EXPECT_EQ(users(list(unpinned)), (std::vector{people[3], people[1], people[0]}));
}

TEST_F(DialogsTest, FivePinsAtMost) {
  people.push_back(bob.user);
  people.push_back(ada.user);
  send(ada, bob.user, "Hello");
  send(ada, ada.user, "Hello");
  for (std::size_t i = 0; i < pinned_dialogs_max; ++i) EXPECT_TRUE(pin(people[i]));
  EXPECT_TRUE(pin(people[0]));  // is already
  EXPECT_EQ(code_of(pin(people[5])), "PINNED_DIALOGS_TOO_MUCH");
  EXPECT_EQ(code_of(pin(UserId{31337})), "PEER_HISTORY_EMPTY");
  ASSERT_TRUE(pin(people[0], false));
  EXPECT_TRUE(pin(people[5]));
}

TEST_F(DialogsTest, TheArchiveIsAListOfItsOwn) {
  std::vector<FolderMove> moves{{Peer::of(people[2]), archive_folder},
                                {Peer::of(UserId{31337}), archive_folder}};
  EXPECT_EQ(World::must(world.run(move_to_folders(world.environment, ada, moves))).pts_count, 1);
  EXPECT_EQ(World::must(world.run(move_to_folders(world.environment, ada, moves))).pts_count, 0);
  DialogRange main;
  main.folder_id = 0;
  EXPECT_EQ(users(list(main)), (std::vector{people[3], people[1], people[0]}));
  DialogRange archived;
  archived.folder_id = archive_folder;
  EXPECT_EQ(users(list(archived)), std::vector{people[2]});
  EXPECT_EQ(users(list()), (std::vector{people[3], people[2], people[1], people[0]}));
  archived.folder_id = 7;
  EXPECT_EQ(code_of(world.run(list_dialogs(world.environment, ada.user, archived))), "FOLDER_ID_INVALID");
}

TEST_F(DialogsTest, ANewMessageBringsADialogBackFromTheArchive) {
  auto cem = Caller{};
  cem.user = people[0];
  ASSERT_TRUE(world.run(move_to_folders(world.environment, ada, {{Peer::of(people[0]), archive_folder}})));
  send(cem, ada.user, "Are you there?");
  EXPECT_EQ(dialog(ada, people[0])->folder_id, 0);
}

TEST_F(DialogsTest, UnlessItIsMuted) {
  auto cem = Caller{};
  cem.user = people[0];
  NotifySettings muted;
  muted.mute_until = INT32_MAX;
  NotifyTarget target;
  target.peer = Peer::of(people[0]);
  ASSERT_TRUE(world.run(world.services.notify.set(ada, target, muted)));
  ASSERT_TRUE(world.run(move_to_folders(world.environment, ada, {{Peer::of(people[0]), archive_folder}})));
  send(cem, ada.user, "Are you there?");
  EXPECT_EQ(dialog(ada, people[0])->folder_id, archive_folder);
}

TEST_F(DialogsTest, AskedForByNameAnUnknownDialogIsEmpty) {
  const auto page = World::must(
      world.run(peer_dialogs(world.environment, ada.user, {Peer::of(bob.user), Peer::of(people[0])})));
  EXPECT_FALSE(page.dialogs[0].top);
  EXPECT_TRUE(page.dialogs[1].top);
  EXPECT_EQ(page.state.pts, state(ada).pts);
}

TEST_F(DialogsTest, ADraftLiftsItsDialogAndGoesWithIt) {
  world.clock.advance(std::chrono::seconds(10));
  ASSERT_TRUE(world.run(save_draft(world.environment, ada, Peer::of(people[0]), draft(" begun "))));
  EXPECT_EQ(users(list()).front(), people[0]);
  const auto drafts = World::must(world.run(all_drafts(world.environment, ada.user)));
  ASSERT_EQ(drafts.size(), 1U);
  EXPECT_EQ(drafts[0].draft.text, " begun ");  // as typed
  ASSERT_TRUE(world.run(save_draft(world.environment, ada, Peer::of(people[0]), draft(""))));
  EXPECT_EQ(users(list()).back(), people[0]);
  // Somebody never written to: the draft alone makes the dialog, and unmakes it.
  ASSERT_TRUE(world.run(save_draft(world.environment, ada, Peer::of(bob.user), draft("begun"))));
  EXPECT_EQ(list().dialogs.size(), 5U);
  ASSERT_TRUE(world.run(clear_all_drafts(world.environment, ada)));
  EXPECT_EQ(list().dialogs.size(), 4U);
}

TEST_F(DialogsTest, SendingMayClearTheDraft) {
  ASSERT_TRUE(world.run(save_draft(world.environment, ada, Peer::of(bob.user), draft("begun"))));
  auto request = message(bob.user, "finished");
  request.clear_draft = true;
  ASSERT_TRUE(try_send(ada, request));
  EXPECT_TRUE(dialog(ada, bob.user)->draft.empty());
}

TEST_F(DialogsTest, ADialogKeptForItsTimeToLiveAloneIsNotListed) {
  ASSERT_TRUE(world.run(set_history_ttl(world.environment, ada, Peer::of(people[0]), 86'400)));
  DeleteHistory request;
  request.peer = Peer::of(people[0]);
  ASSERT_TRUE(world.run(delete_history(world.environment, ada, request)));
  EXPECT_EQ(list().dialogs.size(), 3U);
  EXPECT_EQ(dialog(ada, people[0])->ttl_period, 86'400);
}

}  // namespace
}  // namespace heliograph::services
