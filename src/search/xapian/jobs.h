// A bounded queue between the threads that ask and those that do.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

namespace heliograph::search {

template <typename Job>
class Jobs {
 public:
  explicit Jobs(std::size_t limit) : limit_(limit) {}

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
  // Waits for one at least, and moves up to `most` to `out`. False once closed and empty.
  bool take(std::vector<Job>& out, std::size_t most) {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
    for (std::size_t i = 0; i < most && !jobs_.empty(); ++i) {
      out.push_back(std::move(jobs_.front()));
      jobs_.pop_front();
    }
    return !out.empty();
  }
  // What is queued is still done.
  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    ready_.notify_all();
  }

 private:
  const std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> jobs_;
  bool closed_ = false;
};

}  // namespace heliograph::search
