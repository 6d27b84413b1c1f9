#include "app/workers.h"

#include <gtest/gtest.h>

#include <future>

namespace heliograph::app {
namespace {

TEST(Workers, TurnWorkAwayWhenTooMuchWaits) {
  std::promise<void> go;
  auto gate = go.get_future().share();
  std::promise<void> started, last;
  Workers workers(1, 1);
  ASSERT_TRUE(workers.post([&] {
    started.set_value();
    gate.wait();
  }));
  started.get_future().wait();
  EXPECT_TRUE(workers.post([&] { last.set_value(); }));
  EXPECT_FALSE(workers.post([] {}));
  go.set_value();
  last.get_future().wait();
  EXPECT_TRUE(workers.post([] {}));
}

}  // namespace
}  // namespace heliograph::app
