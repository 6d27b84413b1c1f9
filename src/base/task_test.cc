#include "base/task.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/result.h"

namespace heliograph {
namespace {

Task<Result<int>> half(int n) {
  if (n % 2 != 0) co_return fail(Error::invalid("ODD", "Send an even number."));
  co_return n / 2;
}

Task<Result<int>> quarter(int n) {
  CO_ASSIGN(const int once, co_await half(n));
  CO_ASSIGN(const int twice, co_await half(once));
  co_return twice;
}

TEST(Task, ReturnsValuesAndErrorsThroughAwait) {
  std::optional<Result<int>> good, bad;
  spawn(quarter(12), [&](Result<int> r) { good = std::move(r); });
  spawn(quarter(6), [&](Result<int> r) { bad = std::move(r); });
  EXPECT_EQ(good->value(), 3);
  EXPECT_EQ(bad->error().code, "ODD");
}

TEST(Completion, ResumesOnTheExecutorItWasAwaitedOn) {
  ManualExecutor executor;
  std::thread worker;
  std::optional<std::thread::id> resumed_on;
  auto task = [&]() -> Task<void> {
    const int value = co_await Completion<int>([&](Completion<int>::Callback complete) {
      worker = std::thread([complete = std::move(complete)]() mutable { complete(7); });
    });
    EXPECT_EQ(value, 7);
    resumed_on = std::this_thread::get_id();
  };
  spawn(task(), [] {});
  EXPECT_TRUE(executor.run_until([&] { return resumed_on.has_value(); }));
  worker.join();
  EXPECT_EQ(*resumed_on, std::this_thread::get_id());
}

TEST(Completion, ADestroyedWaiterIsNotResumed) {
  ManualExecutor executor;
  Completion<int>::Callback complete;
  bool resumed = false;
  {
    // Named, because a coroutine made from a lambda uses the lambda's captures for as long as it lives.
    const auto body = [&]() -> Task<void> {
      co_await Completion<int>([&](Completion<int>::Callback callback) { complete = std::move(callback); });
      resumed = true;
    };
    auto task = body();
    // Start it by hand, then drop it while it waits.
    auto awaiter = std::move(task).operator co_await();
    awaiter.await_suspend(std::noop_coroutine()).resume();
  }
  complete(1);
  executor.run();
  EXPECT_FALSE(resumed);
}

TEST(ManualExecutor, RunsTimersInOrder) {
  ManualExecutor executor;
  std::string order;
  executor.post_after(std::chrono::seconds(2), [&] { order += 'b'; });
  executor.post_after(std::chrono::seconds(1), [&] { order += 'a'; });
  executor.advance(std::chrono::seconds(1));
  EXPECT_EQ(order, "a");
  executor.advance(std::chrono::seconds(5));
  EXPECT_EQ(order, "ab");
}

}  // namespace
}  // namespace heliograph
