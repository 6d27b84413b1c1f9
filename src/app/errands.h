// A thread for what blocks: files, other people's servers. The coroutine that asks goes on on its own loop.
#pragma once

#include <memory>

#include "app/workers.h"
#include "base/result.h"
#include "base/task.h"

namespace heliograph::app {

class Errands {
 public:
  // unavailable ERRANDS_BUSY: too much waits.
  template <typename T, typename F>
  Task<Result<T>> run(F work) {
    Completion<Result<T>> completion([this, &work](Completion<Result<T>>::Callback complete) {
      auto shared = std::make_shared<decltype(complete)>(std::move(complete));
      const bool taken = workers_.post([work = std::move(work), shared]() mutable { (*shared)(work()); });
      if (!taken) (*shared)(fail(Error::unavailable("ERRANDS_BUSY", "Too much waits to be done.")));
    });
    co_return co_await completion;
  }

 private:
  static constexpr std::size_t kWaiting = 100;
  Workers workers_{1, kWaiting};
};

}  // namespace heliograph::app
