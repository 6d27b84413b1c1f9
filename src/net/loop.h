// A loop is one thread that runs connections, timers and posted work, one piece at a time. Everything that
// belongs to a loop (connections, shards) is touched only from its thread; others post to it.
#pragma once

#include <memory>
#include <string>

#include "base/executor.h"

namespace heliograph::net {

class Loop final : public Executor {
 public:
  explicit Loop(std::string name = "loop");
  // stop() and join() first. Work still queued is destroyed, not run.
  ~Loop() override;
  Loop(const Loop&) = delete;

  // Starts the loop's own thread.
  void start();
  // Runs the loop on this thread until stop(); for tests and for the main thread.
  void run();
  // Thread-safe. Closes every connection of the loop (CloseReason::shutdown), runs what that posts, and lets
  // the thread end.
  void stop();
  // Waits for the thread that start() made.
  void join();

  // Executor. Posts from other threads are gathered and wake the thread once.
  void post(std::move_only_function<void()> work) override;
  void post_after(Duration delay, std::move_only_function<void()> work) override;

  // Connections open on this loop. Thread-safe, approximate.
  std::size_t connection_count() const;

  struct Impl;  // net/loop_impl.h, for this folder only
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace heliograph::net
