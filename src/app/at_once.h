// Runs a coroutine that never waits, as everything over a snapshot, to its end.
#pragma once

#include "base/assert.h"
#include "base/executor.h"
#include "base/task.h"

namespace heliograph::app {

template <typename T>
T at_once(Task<T> task) {
  std::optional<T> result;
  ManualExecutor executor;
  executor.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
  executor.run();
  HG_ASSERT(result.has_value());
  return std::move(*result);
}

}  // namespace heliograph::app
