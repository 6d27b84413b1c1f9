#include "store/disk/blobs.h"

#include <gmock/gmock.h>

#include <fstream>

#include "base/executor.h"
#include "store/suite/temp_directory.h"

namespace heliograph::store::disk {
namespace {

const UploadName upload{UserId{7}, -42};

Bytes text(std::string_view of) {
  return to_bytes(as_bytes(of));
}
BlobPart part(std::int32_t number, std::string_view of) {
  return {number, static_cast<std::int32_t>(of.size()), crc32_of(as_bytes(of))};
}

struct BlobsTest : ::testing::Test {
  void SetUp() override { reopen(); }
  void reopen() {
    blobs.reset();
    auto opened = open_blobs(directory.path() / "blobs", clock);
    ASSERT_TRUE(opened) << opened.error().message;
    blobs = std::move(*opened);
  }
  template <typename T>
  T run(Task<T> task) {
    std::optional<T> result;
    executor.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
    EXPECT_TRUE(executor.run_until([&] { return result.has_value(); }));
    return std::move(result.value());
  }
  BlobName put(std::string_view of) { return run(blobs->put(text(of))).value(); }
  std::string read(const BlobName& name, std::int64_t offset = 0, std::size_t size = 100) {
    const auto bytes = run(blobs->read(name, offset, size));
    return bytes ? std::string(as_text(*bytes)) : std::string(bytes.error().code);
  }

  suite::TempDirectory directory;
  ManualClock clock;
  ManualExecutor executor;
  std::unique_ptr<Blobs> blobs;
};

TEST_F(BlobsTest, ABlobIsNamedByItsSha256AndReadInRanges) {
  const auto name = put("abc");
  EXPECT_EQ(to_hex(name.sha256), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(read(name), "abc");
  EXPECT_EQ(read(name, 1, 1), "b");
  EXPECT_EQ(read(name, 2, 5), "c");
  EXPECT_EQ(read(name, 3, 5), "");
  EXPECT_EQ(read(BlobName{Bytes(32, 1)}), "BLOB_NOT_FOUND");
  reopen();
  EXPECT_EQ(read(name), "abc");
}

TEST_F(BlobsTest, PartsBecomeABlob) {
  ASSERT_TRUE(run(blobs->put_part(upload, 1, text("world"))));  // in any order
  ASSERT_TRUE(run(blobs->put_part(upload, 0, text("HELLO "))));
  ASSERT_TRUE(run(blobs->put_part(upload, 0, text("hello "))));  // and again
  reopen();
  const auto joined = run(blobs->join(upload, {part(0, "hello "), part(1, "world")}));
  ASSERT_TRUE(joined) << joined.error().message;
  EXPECT_FALSE(joined->bad_part);
  EXPECT_EQ(joined->size, 11);
  EXPECT_EQ(to_hex(joined->md5), "5eb63bbbe01eeed093cb22bb8f5acdc3");
  EXPECT_EQ(as_text(joined->head), "hello world");
  EXPECT_EQ(joined->name, put("hello world"));
  ASSERT_TRUE(run(blobs->drop_parts(upload)));
  EXPECT_EQ(run(blobs->join(upload, {part(0, "hello ")}))->bad_part, 0);
  EXPECT_EQ(read(joined->name), "hello world");
}

TEST_F(BlobsTest, APartThatIsNotWhatWasPutIsFoundOut) {
  ASSERT_TRUE(run(blobs->put_part(upload, 0, text("right"))));
  ASSERT_TRUE(run(blobs->put_part(upload, 1, text("wrong"))));
  const auto joined = run(blobs->join(upload, {part(0, "right"), part(1, "right")}));
  ASSERT_TRUE(joined);
  EXPECT_EQ(joined->bad_part, 1);
  EXPECT_EQ(run(blobs->join(upload, {part(0, "righ")}))->bad_part, 0);    // longer than it should be
  EXPECT_EQ(run(blobs->join(upload, {part(0, "right!")}))->bad_part, 0);  // shorter: a power cut does that
  EXPECT_EQ(run(blobs->join(upload, {part(7, "x")}))->bad_part, 7);
  EXPECT_TRUE(run(blobs->list({}, 10))->empty());
  EXPECT_TRUE(std::filesystem::is_empty(directory.path() / "blobs/tmp"));
}

TEST_F(BlobsTest, TheSameBytesAreKeptOnce) {
  EXPECT_EQ(put("twice"), put("twice"));
  EXPECT_EQ(run(blobs->list({}, 10))->size(), 1u);
}

TEST_F(BlobsTest, ListsInOrderFromAnyNameOn) {
  for (int i = 0; i < 20; ++i) put(std::to_string(i));
  std::vector<BlobName> all;
  for (BlobName after;;) {
    const auto some = run(blobs->list(after, 7));
    ASSERT_TRUE(some);
    if (some->empty()) break;
    all.insert(all.end(), some->begin(), some->end());
    after = some->back();
  }
  EXPECT_EQ(all.size(), 20u);
  EXPECT_TRUE(std::ranges::is_sorted(all, {}, &BlobName::sha256));
}

TEST_F(BlobsTest, WhatWasPutAgainLatelyIsNotErased) {
  const auto name = put("wanted again");
  const auto then = clock.unix_seconds();
  clock.advance(std::chrono::hours(2));
  put("wanted again");
  ASSERT_TRUE(run(blobs->erase(name, then + 3600)));
  EXPECT_EQ(read(name), "wanted again");
  ASSERT_TRUE(run(blobs->erase(name, clock.unix_seconds() + 1)));
  EXPECT_EQ(read(name), "BLOB_NOT_FOUND");
  EXPECT_TRUE(run(blobs->erase(name, clock.unix_seconds() + 1)));  // once more: nothing to do
}

TEST_F(BlobsTest, WhatACrashLeftUnfinishedIsCleared) {
  std::ofstream(directory.path() / "blobs/tmp/17") << "half a file";
  reopen();
  EXPECT_TRUE(std::filesystem::is_empty(directory.path() / "blobs/tmp"));
  EXPECT_TRUE(run(blobs->list({}, 10))->empty());
}

TEST_F(BlobsTest, AFullQueueSaysSo) {
  blobs.reset();
  auto opened = open_blobs(directory.path() / "blobs", clock, {.threads = 1, .queue = 0});
  ASSERT_TRUE(opened);
  blobs = std::move(*opened);
  EXPECT_EQ(run(blobs->put(text("x"))).error().code, "BLOBS_OVERLOADED");
}

}  // namespace
}  // namespace heliograph::store::disk
