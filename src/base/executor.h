// Where work runs. An executor is one thread's queue: what is posted to it runs there, in order, one at
// a time. Everything a shard owns (sessions, connections) is touched only from its executor.
#pragma once

#include <functional>

#include "base/clock.h"

namespace heliograph {

class Executor {
 public:
  virtual ~Executor() = default;
  // Thread-safe. Never runs `work` before returning.
  virtual void post(std::move_only_function<void()> work) = 0;
  // Thread-safe. Runs `work` no earlier than `delay` from now.
  virtual void post_after(Duration delay, std::move_only_function<void()> work) = 0;

  // The executor whose thread this is; null on threads that are not an executor's.
  static Executor* current();

 protected:
  // Called by implementations at the start and end of their thread's run loop.
  static void set_current(Executor* executor);
};

// For tests: runs what was posted when asked to, on the caller's thread.
class ManualExecutor final : public Executor {
 public:
  ManualExecutor();
  ~ManualExecutor() override;
  void post(std::move_only_function<void()> work) override;
  void post_after(Duration delay, std::move_only_function<void()> work) override;
  // Runs everything due now, including what that posts. Returns how many pieces of work ran.
  std::size_t run();
  // Moves this executor's time forward and runs what falls due, in order.
  std::size_t advance(Duration by);
  // Runs until `done` is true; waits for posts from other threads. False after `limit`.
  bool run_until(const std::function<bool()>& done, Duration limit = std::chrono::seconds(10));

 private:
  struct State;
  State* state_;
};

}  // namespace heliograph
