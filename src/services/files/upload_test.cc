#include "services/files/upload.h"

#include <gmock/gmock.h>

#include "crypto/hash.h"
#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;

constexpr std::int32_t kib = 1024;

struct UploadTest : ::testing::Test {
  std::string save(std::int64_t file, std::int32_t part, std::size_t size,
                   std::optional<std::int32_t> total = std::nullopt, std::uint8_t fill = 7) {
    const auto done = world.run(uploads.save_part(ada.user, file, part, total, Bytes(size, fill)));
    return done ? "saved" : std::string(done.error().code);
  }
  Result<ReadyFile> finish(std::int64_t file, std::int32_t parts, std::string md5 = {}) {
    UploadedFile uploaded;
    uploaded.file = file;
    uploaded.parts = parts;
    uploaded.md5 = std::move(md5);
    return world.run(uploads.finish(ada.user, std::move(uploaded)));
  }
  std::string finished(std::int64_t file, std::int32_t parts, std::string md5 = {}) {
    const auto ready = finish(file, parts, std::move(md5));
    return ready ? "ready" : std::string(ready.error().code);
  }
  Bytes stored(const ReadyFile& ready) {
    return World::must(world.run(world.blobs->read(ready.blob, 0, static_cast<std::size_t>(ready.size) + 1)));
  }

  World world;
  Uploads& uploads = world.services.files.uploads;
  Caller ada = world.sign_up("Ada");
};

TEST_F(UploadTest, PartsInAnyOrderBecomeTheFile) {
  EXPECT_EQ(save(1, 2, 100, std::nullopt, 3), "saved");
  EXPECT_EQ(save(1, 0, 2 * kib, std::nullopt, 1), "saved");
  EXPECT_EQ(finished(1, 3), "FILE_PART_1_MISSING");
  EXPECT_EQ(save(1, 1, 2 * kib, std::nullopt, 9), "saved");
  EXPECT_EQ(save(1, 1, 2 * kib, std::nullopt, 2), "saved");  // the later one counts
  const auto ready = finish(1, 3);
  ASSERT_TRUE(ready) << ready.error().code;
  Bytes whole(2 * kib, 1);
  whole.insert(whole.end(), 2 * kib, 2);
  whole.insert(whole.end(), 100, 3);
  EXPECT_EQ(stored(*ready), whole);
  EXPECT_EQ(ready->size, 4 * kib + 100);
  const auto digest = crypto::sha256(whole);
  EXPECT_EQ(ready->blob.sha256, Bytes(digest.begin(), digest.end()));
  // The same again, as a client does that has not heard the answer.
  EXPECT_EQ(finish(1, 3)->blob, ready->blob);
}

TEST_F(UploadTest, AnotherAccountDoesNotSeeIt) {
  EXPECT_EQ(save(1, 0, 10), "saved");
  const auto bob = world.sign_up("Bob");
  EXPECT_EQ(world.run(uploads.finish(bob.user, {.file = 1, .parts = 1, .name = {}, .md5 = {}})).error().code,
            "FILE_PART_0_MISSING");
}

TEST_F(UploadTest, PartsThatCannotBeAreRefusedAtOnce) {
  EXPECT_EQ(save(1, -1, kib), "FILE_PART_INVALID");
  EXPECT_EQ(save(1, 4000, kib), "FILE_PART_INVALID");
  EXPECT_EQ(save(1, 3, kib, 3), "FILE_PART_INVALID");
  EXPECT_EQ(save(1, 0, 0), "FILE_PART_EMPTY");
  EXPECT_EQ(save(1, 0, 512 * kib + 1), "FILE_PART_TOO_BIG");
  EXPECT_EQ(save(1, 0, kib, 0), "FILE_PARTS_INVALID");
  EXPECT_EQ(save(1, 0, kib, -2), "FILE_PARTS_INVALID");
  EXPECT_EQ(save(1, 0, kib, 4001), "FILE_PARTS_INVALID");
  EXPECT_EQ(save(1, 0, 1000, 2), "FILE_PART_SIZE_INVALID");     // no whole KiB, and not the last
  EXPECT_EQ(save(1, 0, 3 * kib, 2), "FILE_PART_SIZE_INVALID");  // does not divide 512 KiB
  EXPECT_EQ(save(2, 0, 4 * kib, 3), "saved");
  EXPECT_EQ(save(2, 1, 8 * kib, 3), "FILE_PART_SIZE_CHANGED");
  EXPECT_EQ(save(2, 2, 8 * kib, 3), "FILE_PART_SIZE_CHANGED");  // the last is not larger either
  EXPECT_EQ(save(2, 1, 4 * kib, 5), "FILE_PARTS_INVALID");      // the total changed
  EXPECT_EQ(save(2, 2, 1, 3), "saved");
}

TEST_F(UploadTest, TheTotalMayBecomeKnownLate) {
  EXPECT_EQ(save(1, 0, 4 * kib, -1), "saved");
  EXPECT_EQ(save(1, 1, 4 * kib, -1), "saved");
  EXPECT_EQ(save(1, 2, 5, 3), "saved");
  EXPECT_EQ(finished(1, 2), "FILE_PARTS_INVALID");
  EXPECT_EQ(finished(1, 3), "ready");
}

TEST_F(UploadTest, WhatDoesNotFitTogetherIsNoFile) {
  EXPECT_EQ(finished(9, 1), "FILE_PART_0_MISSING");
  EXPECT_EQ(finished(9, 0), "FILE_PARTS_INVALID");
  EXPECT_EQ(finished(9, 1 << 30), "FILE_PARTS_INVALID");
  EXPECT_EQ(save(1, 0, kib), "saved");
  EXPECT_EQ(save(1, 1, kib), "saved");
  EXPECT_EQ(finished(1, 1), "FILE_PARTS_INVALID");  // there is more than that
  EXPECT_EQ(finished(1, 3), "FILE_PART_2_MISSING");
  EXPECT_EQ(save(2, 1, 16 * kib), "saved");
  EXPECT_EQ(save(2, 0, 5), "saved");  // it might be the last: the total is not known
  EXPECT_EQ(finished(2, 2), "FILE_PART_SIZE_INVALID");
}

TEST_F(UploadTest, ChecksumsAreCompared) {
  EXPECT_EQ(save(1, 0, 3, std::nullopt, 'a'), "saved");
  EXPECT_EQ(finished(1, 1, "00000000000000000000000000000000"), "MD5_CHECKSUM_INVALID");
  EXPECT_EQ(finished(1, 1, "not hexadecimal"), "MD5_CHECKSUM_INVALID");
  EXPECT_EQ(finished(1, 1, "47bce5c74f589f4867dbd57e9ca9f808"), "ready");
  EXPECT_EQ(finished(1, 1, "47BCE5C74F589F4867DBD57E9CA9F808"), "ready");
}

TEST_F(UploadTest, ANumberCanBeUsedAgain) {
  EXPECT_EQ(save(1, 0, 3, std::nullopt, 'a'), "saved");
  const auto first = finish(1, 1);
  EXPECT_EQ(save(1, 0, 2, std::nullopt, 'b'), "saved");
  const auto second = finish(1, 1);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(second->size, 2);
  EXPECT_NE(first->blob, second->blob);
}

TEST_F(UploadTest, AnAccountHasSoManyFilesAndBytesUnderWay) {
  FileLimits limits;
  limits.unfinished_files_max = 2;
  limits.unfinished_bytes_max = 100;
  Uploads small(world.environment, *world.blobs, limits);
  const auto save_small = [&](std::int64_t file, std::int32_t part, std::size_t size) {
    const auto done = world.run(small.save_part(ada.user, file, part, std::nullopt, Bytes(size, 1)));
    return done ? "saved" : std::string(done.error().code);
  };
  EXPECT_EQ(save_small(1, 0, 40), "saved");
  EXPECT_EQ(save_small(2, 0, 40), "saved");
  EXPECT_EQ(save_small(3, 0, 1), "FLOOD_WAIT");
  EXPECT_EQ(save_small(2, 0, 61), "FLOOD_WAIT");
  EXPECT_EQ(save_small(2, 0, 60), "saved");  // in place of the 40
  EXPECT_EQ(finished(1, 1), "ready");        // and does not count any more
  EXPECT_EQ(save_small(3, 0, 40), "saved");
}

TEST_F(UploadTest, UnfinishedFilesAreForgotten) {
  EXPECT_EQ(save(1, 0, 10), "saved");
  world.clock.advance(std::chrono::hours(23));
  EXPECT_EQ(save(2, 0, 10), "saved");
  ASSERT_TRUE(world.run(uploads.sweep()));
  EXPECT_EQ(finished(1, 1), "ready");
  world.clock.advance(std::chrono::hours(23));
  EXPECT_EQ(save(3, 0, 10), "saved");
  world.clock.advance(std::chrono::hours(2));
  ASSERT_TRUE(world.run(uploads.sweep()));
  EXPECT_EQ(finished(1, 1), "FILE_PART_0_MISSING");
  EXPECT_EQ(finished(2, 1), "FILE_PART_0_MISSING");
  EXPECT_EQ(finished(3, 1), "ready");
  EXPECT_FALSE(std::filesystem::exists(world.files.path / "parts" / std::to_string(ada.user.value)));
}

TEST_F(UploadTest, TwoCallsMayFinishTheSameFileAtOnce) {
  EXPECT_EQ(save(1, 0, 10), "saved");
  std::vector<Task<Result<ReadyFile>>> both;
  for (int i = 0; i < 2; ++i) {
    UploadedFile file;
    file.file = 1;
    file.parts = 1;
    both.push_back(uploads.finish(ada.user, std::move(file)));
  }
  for (const auto& ready : world.run_all(std::move(both))) EXPECT_TRUE(ready) << ready.error().code;
}

}  // namespace
}  // namespace heliograph::services
