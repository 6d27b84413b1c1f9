#include "images/pool.h"

#include <pthread.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "base/log.h"
#include "images/decode.h"
#include "images/encode.h"
#include "images/process.h"
#include "images/worker.h"

namespace heliograph::images {

namespace {

// Workers and the requests that wait for them.
class Pool {
 public:
  explicit Pool(PoolOptions options) : options_(std::move(options)) {
    for (std::size_t i = 0; i < options_.processes; ++i) threads_.emplace_back([this] { work(); });
  }
  // What waits is told that it failed; what runs is finished.
  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    ready_.notify_all();
    for (auto& thread : threads_) thread.join();
    for (auto& waiting : queue_) waiting.done(overloaded());
  }

  Task<Result<Bytes>> ask(Bytes request) {
    if (request.size() > request_bytes_max / 2) co_return broken();
    Completion<Result<Bytes>> completion([this, &request](Completion<Result<Bytes>>::Callback done) {
      {
        const std::lock_guard lock(mutex_);
        if (queue_.size() < options_.queue_max &&
            queued_bytes_ + request.size() <= options_.queue_bytes_max) {
          queued_bytes_ += request.size();
          queue_.push_back({std::move(request), std::move(done)});
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
    Completion<Result<Bytes>>::Callback done;
  };

  static Result<Bytes> overloaded() {
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
      if (!options_.ahead) continue;
      if (auto started = Process::start(options_.command)) next.emplace(std::move(*started));
    }
  }

  Result<Bytes> serve(const Waiting& job, std::optional<Process>& process) {
    if (!process) {
      auto started = Process::start(options_.command);
      if (!started) {
        log::error("{}", started.error().message);
        return fail(started.error());
      }
      process.emplace(std::move(*started));
    }
    auto answer = process->ask(job.request, options_.deadline);
    // Whatever ended it, the picture did; the next one gets another worker.
    if (!answer) return broken();
    return answer;
  }

  const PoolOptions options_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Waiting> queue_;     // guarded by mutex_
  std::size_t queued_bytes_ = 0;  // guarded by mutex_
  bool stopping_ = false;         // guarded by mutex_
  std::vector<std::thread> threads_;
};

class PooledImages final : public Images {
 public:
  explicit PooledImages(PoolOptions options) : pool_(std::move(options)) {}
  Task<Result<Pictures>> make(Job job) override {
    auto request = request_for(job);
    CO_ASSIGN(const auto answer, co_await pool_.ask(std::move(request)));
    co_return pictures_from(answer);
  }

 private:
  Pool pool_;
};

class PooledViewer final : public Viewer {
 public:
  explicit PooledViewer(PoolOptions options) : pool_(std::move(options)) {}
  Task<Result<Seen>> look(Bytes picture) override {
    auto request = request_to_look(picture);
    CO_ASSIGN(const auto answer, co_await ask(std::move(request)));
    co_return seen_from(answer);
  }

 private:
  // Nobody can tell a picture that ends the worker from weights that cannot be read, but by asking about a
  // picture that is known to be fine.
  Task<Result<Bytes>> ask(Bytes request) {
    auto answer = co_await pool_.ask(std::move(request));
    if (answer || proven_) {
      proven_ = true;
      co_return answer;
    }
    CO_ASSIGN(const auto sample, encode_jpeg(Raster(32, 32), 80, false));
    auto again = co_await pool_.ask(request_to_look(sample));
    if (again) {
      proven_ = true;
      co_return answer;
    }
    co_return fail(Error::unavailable("IMAGES_NO_WORKER", "The model that looks at pictures does not work."));
  }

  std::atomic<bool> proven_ = false;
  Pool pool_;
};

}  // namespace

std::unique_ptr<Images> start_pool(PoolOptions options) {
  return std::make_unique<PooledImages>(std::move(options));
}

std::unique_ptr<Viewer> start_viewer(PoolOptions options) {
  return std::make_unique<PooledViewer>(std::move(options));
}

}  // namespace heliograph::images
