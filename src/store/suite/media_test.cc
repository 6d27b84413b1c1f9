#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

BlobName blob(std::uint8_t byte) {
  return {Bytes(32, byte)};
}

Media document(std::int64_t id, UserId owner, std::uint8_t file) {
  Media media;
  media.id = id;
  media.kind = MediaKind::document;
  media.owner = owner;
  media.created_at = 1000 + id;
  media.file = blob(file);
  media.size = 100;
  media.mime_type = "text/plain";
  media.body = Bytes{1, 2, 3};
  return media;
}

TEST_P(StoreSuite, UploadsRememberTheirParts) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    Upload upload;
    upload.owner = ann;
    upload.file = -5;  // any number is allowed
    upload.total_parts = 3;
    upload.part_size = 1024;
    upload.bytes = 1025;
    upload.touched_at = 1000;
    HG_TRY(tx.uploads().put(upload));
    HG_TRY(tx.uploads().put_part(ann, -5, {2, 1, 0xffffffff}));
    HG_TRY(tx.uploads().put_part(ann, -5, {0, 7, 7}));
    return tx.uploads().put_part(ann, -5, {0, 1024, 8});  // replaces
  }));
  reopen();
  const auto upload = must_read([](Tx& tx) { return tx.uploads().find(ann, -5); });
  ASSERT_TRUE(upload);
  EXPECT_EQ(upload->total_parts, 3);
  EXPECT_EQ(upload->part_size, 1024);
  EXPECT_EQ(upload->last_part, -1);
  EXPECT_EQ(upload->bytes, 1025);
  const auto parts = must_read([](Tx& tx) { return tx.uploads().parts(ann, -5); });
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].size, 1024);
  EXPECT_EQ(parts[1].number, 2);
  EXPECT_EQ(parts[1].crc, 0xffffffff);
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.uploads().find_part(ann, -5, 1); }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.uploads().find_part(ann, -5, 2); })->size, 1);
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.uploads().find(bob, -5); }));
}

TEST_P(StoreSuite, UnfinishedUploadsAreCountedAndFoundWhenStale) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    for (std::int64_t file = 1; file <= 3; ++file) {
      Upload upload;
      upload.owner = ann;
      upload.file = file;
      upload.bytes = file * 100;
      upload.touched_at = 1000 + file;
      if (file == 3) upload.sha256 = Bytes(32, 9);
      HG_TRY(tx.uploads().put(upload));
      HG_TRY(tx.uploads().put_part(ann, file, {0, 100, 0}));
    }
    return {};
  }));
  const auto totals = must_read([](Tx& tx) { return tx.uploads().totals(ann); });
  EXPECT_EQ(totals.files, 2);
  EXPECT_EQ(totals.bytes, 300);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.uploads().totals(bob); }).files, 0);
  const auto stale = must_read([](Tx& tx) { return tx.uploads().stale(1003, 10); });
  ASSERT_EQ(stale.size(), 2u);
  EXPECT_EQ(stale[0].file, 1);
  // What an upload has become is kept for as long as the upload.
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.media().uses(blob(9)); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.uploads().erase(ann, 3); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.media().uses(blob(9)); }));
  ASSERT_TRUE(write([](Tx& tx) { return tx.uploads().erase(ann, 1); }));
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.uploads().parts(ann, 1); }).empty());
}

TEST_P(StoreSuite, MediaAreFoundByIdAndByTheirBytes) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.media().insert(document(1, ann, 10), {blob(10), blob(11), blob(10)}));
    HG_TRY(tx.media().insert(document(2, ann, 10), {blob(10)}));
    return tx.media().insert(document(3, bob, 12), {blob(12)});
  }));
  const auto found = must_read([](Tx& tx) { return tx.media().find(1); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->file, blob(10));
  EXPECT_EQ(found->mime_type, "text/plain");
  EXPECT_EQ(found->body, (Bytes{1, 2, 3}));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.media().find_many({3, 9, 1}); }).size(), 2u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.media().find_document(ann, blob(10), 100); })->id, 2);
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.media().find_document(ann, blob(10), 99); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.media().find_document(bob, blob(10), 100); }));
  EXPECT_FALSE(
      must_read([](Tx& tx) { return tx.media().find_document(ann, blob(11), 100); }));  // a thumbnail

  ASSERT_TRUE(write([](Tx& tx) { return tx.media().erase(1); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.media().uses(blob(11)); }));
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.media().uses(blob(10)); }));  // by the other one
  EXPECT_EQ(write([](Tx& tx) { return tx.media().insert(document(2, bob, 1), {}); }).error().code,
            "STORE_CONFLICT");
}

TEST_P(StoreSuite, ProfilePhotosAreListedNewestFirst) {
  const auto peer = Peer::of(ann);
  ASSERT_TRUE(write([peer](Tx& tx) -> Status {
    for (std::int64_t photo = 1; photo <= 4; ++photo) HG_TRY(tx.media().put_profile_photo({peer, photo}));
    HG_TRY(tx.media().put_profile_photo({peer, 2}));  // shown again
    return tx.media().put_profile_photo({Peer::of(bob), 9});
  }));
  const auto ids = [&](std::int64_t below, std::size_t offset, std::size_t limit) {
    std::vector<std::int64_t> found;
    for (const auto& photo :
         must_read([=](Tx& tx) { return tx.media().profile_photos(peer, below, offset, limit); })) {
      found.push_back(photo.photo);
    }
    return found;
  };
  EXPECT_THAT(ids(0, 0, 10), ::testing::ElementsAre(2, 4, 3, 1));
  EXPECT_THAT(ids(0, 1, 2), ::testing::ElementsAre(4, 3));
  const auto third = must_read([peer](Tx& tx) { return tx.media().find_profile_photo(peer, 3); });
  ASSERT_TRUE(third);
  EXPECT_THAT(ids(third->number, 0, 10), ::testing::ElementsAre(1));
  EXPECT_EQ(must_read([peer](Tx& tx) { return tx.media().count_profile_photos(peer); }), 4);
  EXPECT_TRUE(must_write([peer](Tx& tx) { return tx.media().erase_profile_photo(peer, 4); }));
  EXPECT_FALSE(must_write([peer](Tx& tx) { return tx.media().erase_profile_photo(peer, 9); }));
  EXPECT_EQ(must_read([peer](Tx& tx) { return tx.media().count_profile_photos(peer); }), 3);
}

TEST_P(StoreSuite, WhatIsKnownOfAContentStaysUntilItGoes) {
  MediaPrint print{{Bytes(32, 1)}, Bytes(32, 2), 90, Bytes(256, 3), "", 0};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.media_prints().put(print); }));
  print.image_model = "model 1";
  print.sexual = 17;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.media_prints().put(print); }));
  reopen();
  const auto find = [&](std::uint8_t byte) {
    return must_read([=](Tx& tx) { return tx.media_prints().find({Bytes(32, byte)}); });
  };
  EXPECT_EQ(find(1), print);
  EXPECT_FALSE(find(2));
  ASSERT_TRUE(write([&](Tx& tx) { return tx.media_prints().erase(print.content); }));
  EXPECT_FALSE(find(1));
}

}  // namespace
}  // namespace heliograph::store::suite
