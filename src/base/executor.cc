#include "base/executor.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

namespace heliograph {

namespace {
thread_local Executor* current_executor = nullptr;
}

Executor* Executor::current() {
  return current_executor;
}
void Executor::set_current(Executor* executor) {
  current_executor = executor;
}

struct ManualExecutor::State {
  std::mutex mutex;
  std::condition_variable posted;
  std::deque<std::move_only_function<void()>> ready;
  std::multimap<Duration, std::move_only_function<void()>> later;
  Duration now{0};
};

ManualExecutor::ManualExecutor() : state_(new State) {
  set_current(this);
}

ManualExecutor::~ManualExecutor() {
  set_current(nullptr);
  delete state_;
}

void ManualExecutor::post(std::move_only_function<void()> work) {
  {
    std::lock_guard lock(state_->mutex);
    state_->ready.push_back(std::move(work));
  }
  state_->posted.notify_one();
}

void ManualExecutor::post_after(Duration delay, std::move_only_function<void()> work) {
  std::lock_guard lock(state_->mutex);
  state_->later.emplace(state_->now + delay, std::move(work));
}

std::size_t ManualExecutor::run() {
  std::size_t count = 0;
  for (;;) {
    std::move_only_function<void()> work;
    {
      std::lock_guard lock(state_->mutex);
      if (state_->ready.empty()) return count;
      work = std::move(state_->ready.front());
      state_->ready.pop_front();
    }
    work();
    ++count;
  }
}

std::size_t ManualExecutor::advance(Duration by) {
  auto count = run();
  const Duration end = state_->now + by;
  for (;;) {
    std::move_only_function<void()> work;
    {
      std::lock_guard lock(state_->mutex);
      const auto first = state_->later.begin();
      if (first == state_->later.end() || first->first > end) break;
      state_->now = std::max(state_->now, first->first);
      work = std::move(first->second);
      state_->later.erase(first);
    }
    work();
    ++count;
    count += run();
  }
  state_->now = end;
  return count;
}

bool ManualExecutor::run_until(const std::function<bool()>& done, Duration limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!done()) {
    run();
    if (done()) return true;
    std::unique_lock lock(state_->mutex);
    if (!state_->posted.wait_until(lock, deadline, [&] { return !state_->ready.empty(); })) return done();
  }
  return true;
}

}  // namespace heliograph
