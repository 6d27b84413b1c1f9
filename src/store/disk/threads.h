// Threads that may block on a disk.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/task.h"

namespace heliograph::store::disk {

class Threads {
 public:
  // At most `queue_max` pieces of work wait.
  Threads(const char* name, std::size_t threads, std::size_t queue_max);
  // Finishes what is queued: somebody awaits it.
  ~Threads();
  Threads(const Threads&) = delete;

  // Thread-safe. False, with `work` untouched, when the queue is full.
  bool post(std::move_only_function<void()>& work);

  // Runs `work` (a function that returns R) here and gives the caller what it returned, or `refused` when the
  // queue is full.
  template <typename R, typename F>
  Task<R> run(F work, R refused) {
    Completion<R> completion([this, &work, &refused](typename Completion<R>::Callback complete) {
      auto done = std::make_shared<typename Completion<R>::Callback>(std::move(complete));
      std::move_only_function<void()> job = [done, work = std::move(work)]() mutable { (*done)(work()); };
      if (!post(job)) (*done)(std::move(refused));
    });
    co_return co_await completion;
  }

 private:
  void work(const char* name);

  const std::size_t queue_max_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::move_only_function<void()>> queue_;  // guarded by mutex_
  bool stopping_ = false;                              // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace heliograph::store::disk
