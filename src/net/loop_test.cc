#include "net/loop.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>
#include <vector>

namespace heliograph::net {
namespace {

class LoopTest : public ::testing::Test {
 protected:
  void SetUp() override { loop.start(); }
  void TearDown() override {
    loop.stop();
    loop.join();
  }
  Loop loop;
};

TEST_F(LoopTest, RunsPostedWorkInOrderOnItsThread) {
  std::promise<std::vector<int>> done;
  auto seen = std::make_shared<std::vector<int>>();
  for (int i = 0; i < 1000; ++i) {
    loop.post([=, this] {
      EXPECT_EQ(Executor::current(), &loop);
      seen->push_back(i);
    });
  }
  loop.post([&] { done.set_value(*seen); });
  const auto order = done.get_future().get();
  ASSERT_EQ(order.size(), 1000u);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(order[static_cast<std::size_t>(i)], i);
  EXPECT_EQ(Executor::current(), nullptr);
}

TEST_F(LoopTest, LosesNothingPostedFromManyThreads) {
  constexpr int threads = 4, each = 5000;
  int count = 0;  // the loop's thread only
  std::promise<void> all;
  std::vector<std::thread> posters;
  for (int t = 0; t < threads; ++t) {
    posters.emplace_back([&] {
      for (int i = 0; i < each; ++i) {
        loop.post([&] {
          if (++count == threads * each) all.set_value();
        });
      }
    });
  }
  for (auto& poster : posters) poster.join();
  EXPECT_EQ(all.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST_F(LoopTest, TimersRunInOrderOfTime) {
  std::promise<std::vector<int>> done;
  auto order = std::make_shared<std::vector<int>>();
  loop.post_after(std::chrono::milliseconds(30), [&, order] {
    order->push_back(3);
    done.set_value(*order);
  });
  loop.post_after(std::chrono::milliseconds(20), [order] { order->push_back(2); });
  loop.post_after(std::chrono::milliseconds(10), [order] { order->push_back(1); });
  EXPECT_EQ(done.get_future().get(), (std::vector<int>{1, 2, 3}));
}

TEST(Loop, DestroysWhatItDidNotRun) {
  auto owned = std::make_shared<int>(1);
  {
    Loop loop;
    loop.post([owned] {});
    loop.post_after(std::chrono::hours(1), [owned] {});
  }
  EXPECT_EQ(owned.use_count(), 1);
}

}  // namespace
}  // namespace heliograph::net
