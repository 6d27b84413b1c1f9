#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Dialog dialog(UserId peer, UnixSeconds top_date, int top_message) {
  Dialog dialog;
  dialog.owner = ann;
  dialog.peer = Peer::of(peer);
  dialog.top_date = top_date;
  dialog.top_message = MessageId{top_message};
  return dialog;
}

std::vector<std::int64_t> peers(const std::vector<Dialog>& dialogs) {
  std::vector<std::int64_t> peers;
  for (const auto& dialog : dialogs) peers.push_back(dialog.peer.id);
  return peers;
}

TEST_P(StoreSuite, ADialogComesBackAsItWasPut) {
  Dialog put;
  put.owner = ann;
  put.peer = Peer{PeerKind::chat, 12};
  put.top_message = MessageId{1};
  put.top_date = 2;
  put.read_inbox_max_id = MessageId{3};
  put.read_outbox_max_id = MessageId{4};
  put.read_outbox_at = 5;
  put.unread_count = 6;
  put.unread_mark = true;
  put.pinned_order = 7;
  put.folder_id = 1;
  put.ttl_period = 8;
  put.draft = {9};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.dialogs().put(put); }));
  const auto got = must_read([&](Tx& tx) { return tx.dialogs().find(ann, put.peer); });
  ASSERT_TRUE(got);
  EXPECT_EQ(got->owner, ann);
  EXPECT_EQ(got->peer, put.peer);
  EXPECT_EQ(got->top_message, MessageId{1});
  EXPECT_EQ(got->top_date, 2);
  EXPECT_EQ(got->read_inbox_max_id, MessageId{3});
  EXPECT_EQ(got->read_outbox_max_id, MessageId{4});
  EXPECT_EQ(got->read_outbox_at, 5);
  EXPECT_EQ(got->unread_count, 6);
  EXPECT_TRUE(got->unread_mark);
  EXPECT_EQ(got->pinned_order, 7);
  EXPECT_EQ(got->folder_id, 1);
  EXPECT_EQ(got->ttl_period, 8);
  EXPECT_EQ(got->draft, Bytes{9});
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.dialogs().find(ann, Peer{PeerKind::user, 12}); }));
  ASSERT_TRUE(write([&](Tx& tx) { return tx.dialogs().erase(ann, put.peer); }));
  EXPECT_FALSE(must_read([&](Tx& tx) { return tx.dialogs().find(ann, put.peer); }));
}

TEST_P(StoreSuite, DialogsAreListedNewestFirstInPages) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.dialogs().put(dialog(UserId{1}, 100, 1)));
    HG_TRY(tx.dialogs().put(dialog(UserId{2}, 300, 3)));
    HG_TRY(tx.dialogs().put(dialog(UserId{3}, 200, 7)));
    HG_TRY(tx.dialogs().put(dialog(UserId{4}, 200, 8)));  // same second: the higher message first
    HG_TRY(tx.dialogs().put(dialog(UserId{6}, 200, 0)));  // same second, drafts only: by peer
    HG_TRY(tx.dialogs().put(dialog(UserId{5}, 200, 0)));
    auto pinned = dialog(UserId{7}, 250, 9);
    pinned.pinned_order = 1;
    HG_TRY(tx.dialogs().put(pinned));
    pinned = dialog(UserId{8}, 50, 10);
    pinned.pinned_order = 2;
    HG_TRY(tx.dialogs().put(pinned));
    auto archived = dialog(UserId{9}, 999, 11);
    archived.folder_id = 1;
    return tx.dialogs().put(archived);
  }));
  const auto list = [&](bool with_pinned, const DialogOffset& offset, std::size_t limit) {
    return must_read([=](Tx& tx) { return tx.dialogs().list(ann, 0, with_pinned, offset, limit); });
  };
  EXPECT_THAT(peers(list(false, {}, 100)), ElementsAre(2, 4, 3, 5, 6, 1));
  EXPECT_THAT(peers(list(true, {}, 100)), ElementsAre(2, 7, 4, 3, 5, 6, 1, 8));
  // Any page size goes through all of them, none twice.
  for (std::size_t limit = 1; limit <= 7; ++limit) {
    std::vector<std::int64_t> seen;
    DialogOffset offset;
    for (auto page = list(false, offset, limit); !page.empty(); page = list(false, offset, limit)) {
      for (const auto id : peers(page)) seen.push_back(id);
      offset = {page.back().top_date, page.back().top_message, page.back().peer};
    }
    EXPECT_THAT(seen, ElementsAre(2, 4, 3, 5, 6, 1)) << limit;
  }
  EXPECT_THAT(peers(must_read([](Tx& tx) { return tx.dialogs().pinned(ann, 0); })), ElementsAre(8, 7));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.dialogs().count(ann, 0); }), 8u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.dialogs().count(ann, 1); }), 1u);
  EXPECT_THAT(peers(must_read([](Tx& tx) { return tx.dialogs().list(ann, 1, false, {}, 10); })),
              ElementsAre(9));
}

TEST_P(StoreSuite, DialogsWithDraftsAndMarks) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    auto with_draft = dialog(UserId{1}, 1, 1);
    with_draft.draft = {1};
    HG_TRY(tx.dialogs().put(with_draft));
    auto marked = dialog(UserId{2}, 2, 2);
    marked.unread_mark = true;
    return tx.dialogs().put(marked);
  }));
  EXPECT_THAT(peers(must_read([](Tx& tx) { return tx.dialogs().with_drafts(ann); })), ElementsAre(1));
  EXPECT_THAT(peers(must_read([](Tx& tx) { return tx.dialogs().marked_unread(ann); })), ElementsAre(2));
}

TEST_P(StoreSuite, AMessageBumpsItsDialog) {
  receive(ann, bob, "1", 100);
  receive(ann, bob, "2", 110);
  auto got = must_read([](Tx& tx) { return tx.dialogs().find(ann, Peer::of(bob)); });
  ASSERT_TRUE(got);
  EXPECT_EQ(got->top_message, MessageId{2});
  EXPECT_EQ(got->top_date, 110);
  EXPECT_EQ(got->unread_count, 2);
  EXPECT_EQ(got->read_inbox_max_id, MessageId{0});
  // One's own message leaves what is unread unread.
  send(ann, bob, "3", 120);
  got = must_read([](Tx& tx) { return tx.dialogs().find(ann, Peer::of(bob)); });
  EXPECT_EQ(got->top_message, MessageId{3});
  EXPECT_EQ(got->unread_count, 2);
  EXPECT_EQ(got->read_inbox_max_id, MessageId{0});
  // With nothing unread it counts as read at once.
  const auto fresh =
      must_write([](Tx& tx) { return tx.dialogs().bump(ann, Peer::of(eve), MessageId{4}, 130, true); });
  EXPECT_EQ(fresh.read_inbox_max_id, MessageId{4});
  EXPECT_EQ(fresh.unread_count, 0);
  EXPECT_EQ(fresh.owner, ann);
  EXPECT_EQ(fresh.peer, Peer::of(eve));
}

TEST_P(StoreSuite, ABumpKeepsEverythingElse) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    auto put = dialog(bob, 500, 0);
    put.draft = {1};  // newer than the message
    put.pinned_order = 3;
    put.folder_id = 1;
    put.ttl_period = 60;
    put.read_outbox_max_id = MessageId{2};
    return tx.dialogs().put(put);
  }));
  const auto got =
      must_write([](Tx& tx) { return tx.dialogs().bump(ann, Peer::of(bob), MessageId{1}, 400, false); });
  EXPECT_EQ(got.top_message, MessageId{1});
  EXPECT_EQ(got.top_date, 500);
  EXPECT_EQ(got.draft, Bytes{1});
  EXPECT_EQ(got.pinned_order, 3);
  EXPECT_EQ(got.folder_id, 1);
  EXPECT_EQ(got.ttl_period, 60);
  EXPECT_EQ(got.read_outbox_max_id, MessageId{2});
  EXPECT_EQ(must_read([](Tx& tx) { return tx.dialogs().find(ann, Peer::of(bob)); })->unread_count, 1);
}

TEST_P(StoreSuite, UnreadDialogsAreCountedAndListed) {
  auto in_main = dialog(bob, 1, 1);
  in_main.unread_count = 2;
  auto in_archive = dialog(eve, 2, 2);
  in_archive.unread_count = 3;
  in_archive.folder_id = 1;
  auto marked = dialog(UserId{77}, 3, 3);
  marked.unread_mark = true;
  const auto read = dialog(UserId{78}, 4, 4);
  auto of_another = dialog(ann, 5, 5);
  of_another.owner = bob;
  of_another.unread_count = 9;
  for (const auto& one : {in_main, in_archive, marked, read, of_another}) {
    ASSERT_TRUE(write([&](Tx& tx) { return tx.dialogs().put(one); }));
  }
  EXPECT_EQ(must_read([](Tx& tx) { return tx.dialogs().count_unread(ann); }), 5);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.dialogs().count_unread(eve); }), 0);
  EXPECT_THAT(peers(must_read([](Tx& tx) { return tx.dialogs().unread(ann, 0); })),
              ::testing::UnorderedElementsAre(bob.value, 77));
  EXPECT_THAT(peers(must_read([](Tx& tx) { return tx.dialogs().unread(ann, 1); })), ElementsAre(eve.value));
}

TEST_P(StoreSuite, OwnersOfDialogsWithSomeone) {
  send(ann, bob, "");
  send(eve, bob, "");
  send(bob, bob, "");  // saved messages: one's own dialog with oneself is nobody else's business
  send(ann, eve, "");
  EXPECT_THAT(must_read([](Tx& tx) { return tx.dialogs().owners_with(bob, 10); }), ElementsAre(ann, eve));
  EXPECT_THAT(must_read([](Tx& tx) { return tx.dialogs().owners_with(bob, 1); }), ElementsAre(ann));
  EXPECT_THAT(must_read([](Tx& tx) { return tx.dialogs().owners_with(ann, 10); }), IsEmpty());
}

}  // namespace
}  // namespace heliograph::store::suite
