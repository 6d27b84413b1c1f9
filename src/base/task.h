// Task<T>: a coroutine that starts when awaited (or spawned) and runs on the executor it was started on.
//
// Ownership: a Task owns its frame; destroying a Task that waits destroys the frame, so clean-up lives in
// destructors. An operation that finishes on another thread must resume through the executor it was
// awaited on (see Completion) and must tolerate that the frame has gone.
#pragma once

#include <coroutine>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "base/assert.h"
#include "base/executor.h"

namespace heliograph {

template <typename T>
class Task;

namespace detail {

struct FinalAwaiter {
  bool await_ready() noexcept { return false; }
  template <typename Promise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> done) noexcept {
    return done.promise().continuation ? done.promise().continuation : std::noop_coroutine();
  }
  void await_resume() noexcept {}
};

struct PromiseBase {
  std::coroutine_handle<> continuation;
  std::suspend_always initial_suspend() noexcept { return {}; }
  FinalAwaiter final_suspend() noexcept { return {}; }
  // Errors are values here; an exception that reaches a coroutine's edge is a bug or out of memory.
  void unhandled_exception() { std::terminate(); }
};

template <typename T>
struct Promise : PromiseBase {
  std::optional<T> value;
  Task<T> get_return_object();
  template <typename U>
  void return_value(U&& result) {
    value.emplace(std::forward<U>(result));
  }
  T take() { return std::move(*value); }
};

template <>
struct Promise<void> : PromiseBase {
  Task<void> get_return_object();
  void return_void() {}
  void take() {}
};

}  // namespace detail

template <typename T>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::Promise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  Task() = default;
  explicit Task(Handle handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      reset();
      handle_ = std::exchange(other.handle_, {});
    }
    return *this;
  }
  ~Task() { reset(); }

  auto operator co_await() && noexcept {
    struct Awaiter {
      Handle handle;
      bool await_ready() { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) {
        handle.promise().continuation = awaiting;
        return handle;
      }
      T await_resume() { return handle.promise().take(); }
    };
    return Awaiter{handle_};
  }

 private:
  void reset() {
    if (handle_) handle_.destroy();
    handle_ = {};
  }
  Handle handle_;
};

namespace detail {

template <typename T>
Task<T> Promise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object() {
  return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

// A detached coroutine: frees its own frame when it ends.
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

}  // namespace detail

// Starts `task` now, on this thread, and calls `done(result)` when it ends. Nothing owns it: what the task
// uses must live until then (pass shared_ptr into it).
template <typename T, typename F>
void spawn(Task<T> task, F done) {
  [](Task<T> owned, F callback) -> detail::Detached {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(owned);
      callback();
    } else {
      callback(co_await std::move(owned));
    }
  }(std::move(task), std::move(done));
}
inline void spawn(Task<void> task) {
  spawn(std::move(task), [] {});
}

// The bridge from callbacks to coroutines. `start(complete)` is called at once; complete(value) may be called
// once, on any thread, and the awaiting coroutine resumes on the executor it was on. If the coroutine has
// been destroyed by then, nothing happens.
template <typename T>
class Completion {
 public:
  using Callback = std::move_only_function<void(T)>;
  explicit Completion(std::move_only_function<void(Callback)> start) : start_(std::move(start)) {}
  Completion(const Completion&) = delete;
  ~Completion() {
    if (state_) state_->waiting = {};
  }

  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> waiting) {
    auto* executor = Executor::current();
    HG_ASSERT(executor != nullptr);
    state_ = std::make_shared<State>(waiting);
    start_([state = state_, executor](T value) {
      executor->post([state, value = std::move(value)]() mutable {
        if (!state->waiting) return;  // only ever touched on the executor's thread
        state->value.emplace(std::move(value));
        std::exchange(state->waiting, {}).resume();
      });
    });
  }
  T await_resume() { return std::move(*state_->value); }

 private:
  struct State {
    explicit State(std::coroutine_handle<> handle) : waiting(handle) {}
    std::coroutine_handle<> waiting;
    std::optional<T> value;
  };
  std::move_only_function<void(Callback)> start_;
  std::shared_ptr<State> state_;
};

}  // namespace heliograph
