#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Publication event(UserId account, UpdateKind kind, UnixSeconds date, std::int32_t pts_count = 1) {
  Publication publication;
  publication.update.box = account;
  publication.update.kind = kind;
  publication.update.date = date;
  publication.update.pts_count = pts_count;
  return publication;
}

std::vector<std::int32_t> pts(const std::vector<Update>& updates) {
  std::vector<std::int32_t> pts;
  for (const auto& update : updates) pts.push_back(update.pts);
  return pts;
}
std::vector<std::int32_t> seqs(const std::vector<Update>& updates) {
  std::vector<std::int32_t> seqs;
  for (const auto& update : updates) seqs.push_back(update.seq);
  return seqs;
}

TEST_P(StoreSuite, ANewAccountStartsAtOne) {
  const auto state = must_read([](Tx& tx) { return tx.updates().state(ann); });
  EXPECT_EQ(state.pts, 1);
  EXPECT_EQ(state.seq, 1);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.updates().oldest_pts(ann); }), 1);
}

TEST_P(StoreSuite, PtsAndSeqAreCountedApartAndPerAccount) {
  must_write([](Tx& tx) -> Result<bool> {
    HG_ASSIGN(auto update, tx.updates().append(event(ann, UpdateKind::new_message, 10)));
    EXPECT_EQ(update.pts, 2);
    EXPECT_EQ(update.pts_count, 1);
    EXPECT_EQ(update.seq, 0);
    HG_ASSIGN(update, tx.updates().append(event(ann, UpdateKind::delete_messages, 11, 3)));
    EXPECT_EQ(update.pts, 5);
    EXPECT_EQ(update.pts_count, 3);
    HG_ASSIGN(update,
              tx.updates().append(event(ann, UpdateKind::read_inbox, 12, 0)));  // moves by one at least
    EXPECT_EQ(update.pts, 6);
    EXPECT_EQ(update.pts_count, 1);
    HG_ASSIGN(update, tx.updates().append(event(ann, UpdateKind::draft, 13)));
    EXPECT_EQ(update.seq, 2);
    EXPECT_EQ(update.pts, 0);
    EXPECT_EQ(update.pts_count, 0);
    HG_ASSIGN(update, tx.updates().append(event(bob, UpdateKind::new_message, 14)));
    EXPECT_EQ(update.pts, 2);
    HG_ASSIGN(const auto inside, tx.updates().state(ann));  // the transaction sees its own
    EXPECT_EQ(inside.pts, 6);
    return true;
  });
  auto state = must_read([](Tx& tx) { return tx.updates().state(ann); });
  EXPECT_EQ(state.pts, 6);
  EXPECT_EQ(state.seq, 2);
  EXPECT_EQ(state.date, 13);
  reopen();
  state = must_read([](Tx& tx) { return tx.updates().state(ann); });
  EXPECT_EQ(state.pts, 6);
  EXPECT_EQ(
      must_write([](Tx& tx) { return tx.updates().append(event(ann, UpdateKind::new_message, 15)); }).pts, 7);
}

TEST_P(StoreSuite, AnUpdateComesBackAsItWasPut) {
  must_write([](Tx& tx) -> Result<bool> {
    auto publication = event(ann, UpdateKind::edit_message, 10);
    publication.update.message_id = MessageId{77};
    publication.update.body = {1, 2};
    HG_TRY(tx.updates().append(publication));
    publication = event(ann, UpdateKind::privacy, 20);
    publication.update.body = {3};
    HG_TRY(tx.updates().append(publication));
    return true;
  });
  const auto by_pts = must_read([](Tx& tx) { return tx.updates().after_pts(ann, 1, 10); });
  ASSERT_EQ(by_pts.size(), 1u);
  EXPECT_EQ(by_pts[0].box, ann);
  EXPECT_EQ(by_pts[0].kind, UpdateKind::edit_message);
  EXPECT_EQ(by_pts[0].pts, 2);
  EXPECT_EQ(by_pts[0].pts_count, 1);
  EXPECT_EQ(by_pts[0].date, 10);
  EXPECT_EQ(by_pts[0].message_id, MessageId{77});
  EXPECT_EQ(by_pts[0].body, (Bytes{1, 2}));
  const auto by_date = must_read([](Tx& tx) { return tx.updates().since(ann, 0, 10); });
  ASSERT_EQ(by_date.size(), 1u);
  EXPECT_EQ(by_date[0].box, ann);
  EXPECT_EQ(by_date[0].kind, UpdateKind::privacy);
  EXPECT_EQ(by_date[0].seq, 2);
  EXPECT_EQ(by_date[0].date, 20);
  EXPECT_EQ(by_date[0].body, Bytes{3});
}

TEST_P(StoreSuite, TheDifferenceIsReadInPieces) {
  must_write([](Tx& tx) -> Result<bool> {
    for (int i = 0; i < 5; ++i) HG_TRY(tx.updates().append(event(ann, UpdateKind::new_message, 100 + i)));
    for (int i = 0; i < 3; ++i) HG_TRY(tx.updates().append(event(ann, UpdateKind::user_name, 200 + i)));
    HG_TRY(tx.updates().append(event(UserId{ann.value + 1}, UpdateKind::new_message, 1)));
    return true;
  });
  EXPECT_THAT(pts(must_read([](Tx& tx) { return tx.updates().after_pts(ann, 1, 100); })),
              ElementsAre(2, 3, 4, 5, 6));
  EXPECT_THAT(pts(must_read([](Tx& tx) { return tx.updates().after_pts(ann, 3, 2); })), ElementsAre(4, 5));
  EXPECT_THAT(must_read([](Tx& tx) { return tx.updates().after_pts(ann, 6, 10); }), IsEmpty());
  EXPECT_THAT(must_read([](Tx& tx) { return tx.updates().after_pts(ann, 2147483647, 10); }), IsEmpty());
  EXPECT_THAT(pts(must_read([](Tx& tx) { return tx.updates().after_pts(ann, -5, 1); })), ElementsAre(2));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.updates().count_after_pts(ann, 3, 100); }), 3u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.updates().count_after_pts(ann, 1, 4); }), 4u);
  EXPECT_THAT(seqs(must_read([](Tx& tx) { return tx.updates().since(ann, 201, 10); })), ElementsAre(3, 4));
  EXPECT_THAT(seqs(must_read([](Tx& tx) { return tx.updates().since(ann, 0, 1); })), ElementsAre(2));
  EXPECT_THAT(must_read([](Tx& tx) { return tx.updates().since(ann, 203, 10); }), IsEmpty());
}

TEST_P(StoreSuite, OldEntriesAreTrimmed) {
  must_write([](Tx& tx) -> Result<bool> {
    for (int i = 0; i < 4; ++i) HG_TRY(tx.updates().append(event(ann, UpdateKind::new_message, 100 + i, 2)));
    for (int i = 0; i < 4; ++i) HG_TRY(tx.updates().append(event(ann, UpdateKind::draft, 100 + i)));
    HG_TRY(tx.updates().append(event(bob, UpdateKind::new_message, 100)));
    HG_TRY(tx.updates().append(event(eve, UpdateKind::new_message, 500)));
    return true;
  });
  std::size_t dropped = 0;
  for (;;) {
    const auto step = must_write([](Tx& tx) { return tx.updates().trim(102, 2); });
    if (step == 0) break;
    EXPECT_LE(step, 2u);
    dropped += step;
  }
  EXPECT_EQ(dropped, 5u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.updates().oldest_pts(ann); }), 5);
  EXPECT_THAT(pts(must_read([](Tx& tx) { return tx.updates().after_pts(ann, 1, 10); })), ElementsAre(7, 9));
  EXPECT_THAT(seqs(must_read([](Tx& tx) { return tx.updates().since(ann, 0, 10); })), ElementsAre(4, 5));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.updates().oldest_pts(bob); }), 2);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.updates().oldest_pts(eve); }), 1);
  // Numbering goes on as if nothing had happened.
  EXPECT_EQ(
      must_write([](Tx& tx) { return tx.updates().append(event(bob, UpdateKind::new_message, 600)); }).pts,
      3);
}

TEST_P(StoreSuite, ALogIsErasedButItsNumbersAreNotReused) {
  send(ann, bob, "");
  must_write([](Tx& tx) -> Result<bool> {
    HG_TRY(tx.updates().append(event(ann, UpdateKind::draft, 1)));
    HG_TRY(tx.updates().append(event(bob, UpdateKind::draft, 1)));
    HG_TRY(tx.updates().erase_all(ann));
    return true;
  });
  EXPECT_THAT(must_read([](Tx& tx) { return tx.updates().after_pts(ann, 0, 10); }), IsEmpty());
  EXPECT_THAT(must_read([](Tx& tx) { return tx.updates().since(ann, 0, 10); }), IsEmpty());
  EXPECT_EQ(must_read([](Tx& tx) { return tx.updates().since(bob, 0, 10); }).size(), 1u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.updates().state(ann); }).pts, 2);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.updates().oldest_pts(ann); }), 2);
}

}  // namespace
}  // namespace heliograph::store::suite
