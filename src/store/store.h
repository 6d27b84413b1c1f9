// The durable store: one interface, backends below it (sqlite/ now, a network database later).
//
// A caller hands over a whole transaction as a function and awaits its result. The function runs on one of
// the store's own threads with a Tx, synchronously; what it returns is what the caller gets. It must depend
// on nothing but its captures and the Tx, must not block on anything else, and must not keep the Tx or
// anything obtained from it. It may be run again (another body of its group has failed, a serialization
// failure), so it must not use its captures up, and what it writes through them must come out the same the
// second time. No cursor, no lock and no transaction outlives the function.
//
//   auto name = co_await store.read([id](store::Tx& tx) -> Result<std::string> { ... });
//
// Durability: the awaiting caller of write() resumes only after the commit is on disk (fsync). Many
// writes share one commit (group commit); each still succeeds or fails on its own.
// Visibility: a read started after a write has been acknowledged sees it.
// Errors: those of the function itself (its writes are then rolled back); unavailable STORE_OVERLOADED
// (queue full), STORE_DEADLINE (not begun in time, or a read that goes on too long), STORE_BUSY, STORE_FULL
// (disk full), STORE_READONLY, STORE_FAILED. After any of them nothing of that transaction is visible, save
// STORE_FAILED on commit, where the outcome is not known and the request must be idempotent to be repeated.
// Threading: read(), write() from any Executor thread; the caller resumes on the executor it awaited on.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <type_traits>

#include "base/result.h"
#include "base/task.h"
#include "store/tx.h"

namespace heliograph::store {

// Hears of every update appended by a committed transaction, in commit order, after the commit is durable.
class CommitListener {
 public:
  virtual ~CommitListener() = default;
  // Called on the store's writer thread: hand the work on, do not do it here.
  virtual void on_commit(std::vector<Publication> publications) = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  // At most one; set before the first write. Null removes it.
  virtual void set_listener(CommitListener* listener) = 0;

  template <typename F>
  auto read(F body, Duration deadline = std::chrono::seconds(10)) {
    return run(Mode::read, std::move(body), deadline);
  }
  template <typename F>
  auto write(F body, Duration deadline = std::chrono::seconds(10)) {
    return run(Mode::write, std::move(body), deadline);
  }

  enum class Mode : std::uint8_t { read, write };
  using Body = std::move_only_function<Status(Tx&)>;
  using Done = std::move_only_function<void(Status)>;
  // What read() and write() are made of. `done` is called once: on a store thread, or, when the queue is
  // full, on the caller's before submit() returns. A body may be called more than once.
  virtual void submit(Mode mode, Body body, Duration deadline, Done done) = 0;

 private:
  template <typename F>
  auto run(Mode mode, F body, Duration deadline) -> Task<std::invoke_result_t<F&, Tx&>> {
    static_assert(std::is_invocable_v<const F&, Tx&>, "a body may run again: it cannot use up its captures");
    using R = std::invoke_result_t<F&, Tx&>;
    auto value = std::make_shared<std::optional<R>>();
    Body erased = [value, body = std::move(body)](Tx& tx) mutable -> Status {
      value->emplace(std::as_const(body)(tx));
      if (!value->value()) return fail(value->value().error());
      return {};
    };
    Completion<Status> completion([this, mode, deadline, &erased](Completion<Status>::Callback complete) {
      submit(mode, std::move(erased), deadline, std::move(complete));
    });
    Status status = co_await completion;
    if (!status) co_return fail(std::move(status).error());
    co_return std::move(**value);
  }
};

}  // namespace heliograph::store
