// What benches that have a ledger need beside it.
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "base/executor.h"
#include "ledger/ledger.h"

namespace heliograph::bench {

// Remembers what was published as long as the process lives.
struct Memory final : ledger::PublicationRecord {
  Task<Result<std::string>> last() override { co_return kept; }
  Task<Status> keep(std::string note) override {
    kept = std::move(note);
    co_return Status{};
  }
  std::string kept;
};

// Runs the task to its end, ten minutes at most; ends the process where it fails.
template <typename T>
T wait(ManualExecutor& executor, Task<T> task) {
  std::optional<T> result;
  executor.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
  if (!executor.run_until([&] { return result.has_value(); }, std::chrono::minutes(10)) ||
      !result->has_value()) {
    std::fprintf(stderr, "failed\n");
    std::exit(1);
  }
  return std::move(*result);
}

}  // namespace heliograph::bench
