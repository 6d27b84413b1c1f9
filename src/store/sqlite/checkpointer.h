// Writes the log back to the database file beside the writer, so that no commit waits for it. The log can
// only begin anew at a moment when all of it has been written back, which does not come while commits follow
// one another; so when it has grown long, the writer itself does the little that is left then (see writer.h).
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>

#include "store/sqlite/connection.h"

namespace heliograph::store::sqlite {

// Writes back what no reader still needs in the log. How many of its pages are written back by now.
Result<std::int64_t> checkpoint(Connection& db);

class Checkpointer {
 public:
  // Begins whenever the log has `pages` more than it had last time.
  Checkpointer(std::unique_ptr<Connection> db, std::int64_t pages);
  ~Checkpointer();

  // Thread-safe. The log has so many pages now.
  void log_is(std::int64_t pages);

 private:
  void run();

  std::unique_ptr<Connection> db_;
  const std::int64_t step_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::int64_t log_ = 0;
  std::int64_t written_back_ = 0;
  bool closing_ = false;
  std::thread thread_;  // last: starts when the rest is there
};

}  // namespace heliograph::store::sqlite
