#include "images/pool.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "base/executor.h"
#include "images/testing/samples.h"

namespace heliograph::images {
namespace {

using namespace testing;

struct PoolTest : ::testing::Test {
  Result<Pictures> make(Images& images, Bytes source) {
    Job job;
    job.source = std::move(source);
    job.targets = {{'m', 320, false}};
    std::optional<Result<Pictures>> made;
    executor.post([&] {
      spawn(images.make(std::move(job)), [&](Result<Pictures> result) { made.emplace(std::move(result)); });
    });
    EXPECT_TRUE(executor.run_until([&] { return made.has_value(); }, std::chrono::seconds(30)));
    return std::move(made.value());
  }
  static PoolOptions with(std::vector<std::string> command) {
    PoolOptions options;
    options.command = std::move(command);
    options.processes = 1;
    return options;
  }
  ManualExecutor executor;
};

TEST_F(PoolTest, PicturesAreMadeInAnotherProcess) {
  const auto pool = start_pool(with({HELIOGRAPH_IMAGE_WORKER}));
  const auto first = make(*pool, jpeg(640, 480));
  ASSERT_TRUE(first) << first.error().code;
  EXPECT_EQ(first->sizes.front().width, 320);
  const auto second = make(*pool, webp(gradient(640, 480)));  // another worker
  ASSERT_TRUE(second) << second.error().code;
  EXPECT_EQ(second->format, Format::webp);
  ASSERT_TRUE(make(*pool, png(gradient(640, 480))));
  ASSERT_TRUE(make(*pool, gif()));
  EXPECT_EQ(make(*pool, bomb(100'000, 100'000)).error().code, "PHOTO_INVALID_DIMENSIONS");
}

TEST_F(PoolTest, TheLargestPictureThatIsAllowedFits) {
  const auto pool = start_pool(with({HELIOGRAPH_IMAGE_WORKER}));
  const auto made = make(*pool, png(Raster(5'000, 5'000)));
  ASSERT_TRUE(made) << made.error().code;
}

TEST_F(PoolTest, AWorkerThatDiesCostsItsPictureOnly) {
  const auto pool = start_pool(with({"/bin/false"}));
  EXPECT_EQ(make(*pool, jpeg(10, 10)).error().code, "IMAGE_PROCESS_FAILED");
  EXPECT_EQ(make(*pool, jpeg(10, 10)).error().code, "IMAGE_PROCESS_FAILED");
}

TEST_F(PoolTest, AWorkerThatHangsIsEnded) {
  auto options = with({"/bin/sleep", "1000"});
  options.deadline = std::chrono::milliseconds(50);
  const auto pool = start_pool(options);
  EXPECT_EQ(make(*pool, jpeg(10, 10)).error().code, "IMAGE_PROCESS_FAILED");
}

TEST_F(PoolTest, AWorkerThatTalksNonsenseIsNotBelieved) {
  // Sends the request back.
  const auto pool = start_pool(with({"/bin/sh", "-c", "exec cat <&0 >&0"}));
  EXPECT_EQ(make(*pool, jpeg(10, 10)).error().code, "IMAGE_PROCESS_FAILED");
}

TEST_F(PoolTest, SoManyBytesMayWait) {
  auto options = with({HELIOGRAPH_IMAGE_WORKER});
  options.queue_bytes_max = 100;
  const auto pool = start_pool(options);
  EXPECT_EQ(make(*pool, jpeg(100, 100)).error().code, "IMAGES_OVERLOADED");
  EXPECT_TRUE(make(*pool, gif()));
}

TEST_F(PoolTest, WithoutAProgramThereAreNoPictures) {
  const auto pool = start_pool(with({"/nowhere/worker"}));
  EXPECT_EQ(make(*pool, jpeg(10, 10)).error().code, "IMAGES_NO_WORKER");
}

}  // namespace
}  // namespace heliograph::images
