// A bounded queue between threads: any thread pushes, the owner's threads take. Full means refused at once.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

namespace heliograph {

// Thread-safe.
template <typename Job>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t limit) : limit_(limit) {}

  // False, and `job` is left alone, when the queue is full or closed.
  bool push(Job& job) {
    {
      std::lock_guard lock(mutex_);
      if (closed_ || jobs_.size() >= limit_) return false;
      jobs_.push_back(std::move(job));
    }
    ready_.notify_one();
    return true;
  }

  // Waits for work and moves up to `most` jobs to the end of `out`. False once closed and empty.
  bool take(std::vector<Job>& out, std::size_t most) {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
    return move_to(out, most);
  }
  // The same without waiting.
  bool try_take(std::vector<Job>& out, std::size_t most) {
    std::lock_guard lock(mutex_);
    return move_to(out, most);
  }

  // Refuses what comes from now on; what is queued is still taken.
  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    ready_.notify_all();
  }
  bool closed() {
    std::lock_guard lock(mutex_);
    return closed_;
  }

 private:
  bool move_to(std::vector<Job>& out, std::size_t most) {
    std::size_t moved = 0;
    for (; moved < most && !jobs_.empty(); ++moved) {
      out.push_back(std::move(jobs_.front()));
      jobs_.pop_front();
    }
    return moved > 0;
  }

  const std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> jobs_;
  bool closed_ = false;
};

}  // namespace heliograph
