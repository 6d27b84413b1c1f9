#include "images/pool.h"

#include <pthread.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "base/log.h"
#include "images/decode.h"
#include "images/process.h"
#include "images/worker.h"

namespace heliograph::images {

namespace {

class Pool final : public Images {
 public:
  explicit Pool(PoolOptions options) : options_(std::move(options)) {
    for (std::size_t i = 0; i < options_.processes; ++i) threads_.emplace_back([this] { work(); });
  }
  // What waits is told that it failed; what runs is finished.
  ~Pool() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    ready_.notify_all();
    for (auto& thread : threads_) thread.join();
    for (auto& waiting : queue_) waiting.done(overloaded());
  }

  Task<Result<Pictures>> make(Job job) override {
    if (job.source.size() > request_bytes_max / 2) co_return broken();
    Completion<Result<Pictures>> completion([this, &job](Completion<Result<Pictures>>::Callback done) {
      {
        const std::lock_guard lock(mutex_);
        if (queue_.size() < options_.queue_max &&
            queued_bytes_ + job.source.size() <= options_.queue_bytes_max) {
          queue_.push_back({request_for(job), std::move(done)});
          queued_bytes_ += queue_.back().request.size();
          done = nullptr;
        }
      }
      if (done != nullptr) return done(overloaded());
      ready_.notify_one();
    });
    co_return co_await completion;
  }

 private:
  struct Waiting {
    Bytes request;
    Completion<Result<Pictures>>::Callback done;
  };

  static Result<Pictures> overloaded() {
    return fail(Error::unavailable("IMAGES_OVERLOADED", "Too many pictures are waiting. Try again later."));
  }

  void work() {
    pthread_setname_np(pthread_self(), "images");
    std::optional<Process> next;  // started ahead of time, once pictures have begun to come
    for (;;) {
      std::optional<Waiting> job;
      {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (stopping_) return;
        job = std::move(queue_.front());
        queue_.pop_front();
        queued_bytes_ -= job->request.size();
      }
      auto made = serve(*job, next);
      job->done(std::move(made));
      next.reset();
      if (auto started = Process::start(options_.command)) next.emplace(std::move(*started));
    }
  }

  Result<Pictures> serve(const Waiting& job, std::optional<Process>& process) {
    if (!process) {
      auto started = Process::start(options_.command);
      if (!started) {
        log::error("{}", started.error().message);
        return fail(started.error());
      }
      process.emplace(std::move(*started));
    }
    const auto answer = process->ask(job.request, options_.deadline);
    // Whatever ended it, the picture did; the next one gets another worker.
    if (!answer) return broken();
    return pictures_from(*answer);
  }

  const PoolOptions options_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Waiting> queue_;     // guarded by mutex_
  std::size_t queued_bytes_ = 0;  // guarded by mutex_
  bool stopping_ = false;         // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace

std::unique_ptr<Images> start_pool(PoolOptions options) {
  return std::make_unique<Pool>(std::move(options));
}

}  // namespace heliograph::images
