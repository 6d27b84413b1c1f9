#include "services/accounts/delivery_queue.h"

#include "base/log.h"

namespace heliograph::services {

QueuedDelivery::QueuedDelivery(Attempt attempt, Options options)
    : attempt_(std::move(attempt)), options_(options), thread_([this] { work(); }) {}

QueuedDelivery::~QueuedDelivery() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

Status QueuedDelivery::send(CodeMessage message) {
  std::lock_guard lock(mutex_);
  if (queue_.size() >= options_.queue_max) {
    ++failed_;
    return fail(Error::unavailable("SMS_CODE_CREATE_FAILED", "Too many codes are waiting to be sent."));
  }
  queue_.push_back(std::move(message));
  wake_.notify_one();
  return {};
}

bool QueuedDelivery::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, time, [this] { return stopping_; });
}

void QueuedDelivery::deliver(const CodeMessage& message) {
  auto pause = options_.pause;
  for (int attempt = 1;; ++attempt) {
    const auto status = attempt_(message);
    if (status) {
      ++delivered_;
      return;
    }
    log::warn("code delivery: attempt {} of {} failed: {} {}", attempt, options_.attempts_max,
              status.error().code, status.error().message);
    if (attempt >= options_.attempts_max || !wait(pause)) {
      ++failed_;
      return;
    }
    pause *= 2;
  }
}

void QueuedDelivery::work() {
  for (;;) {
    CodeMessage message;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (stopping_) return;
      message = std::move(queue_.front());
      queue_.pop_front();
    }
    deliver(message);
  }
}

}  // namespace heliograph::services
