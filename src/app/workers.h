// A small pool of threads for work that would hold up a loop (key exchanges: a millisecond each).
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace heliograph::app {

class Workers {
 public:
  // At most `queue_max` pieces of work wait; see post().
  Workers(std::size_t threads, std::size_t queue_max);
  // Finishes what runs, drops what waits.
  ~Workers();
  Workers(const Workers&) = delete;

  // Thread-safe. False when the queue is full: the caller turns the client away.
  bool post(std::move_only_function<void()> work);

 private:
  void run();

  const std::size_t queue_max_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::move_only_function<void()>> queue_;  // guarded by mutex_
  bool stopping_ = false;                              // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace heliograph::app
