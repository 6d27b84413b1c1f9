#include "store/sqlite/readers.h"

#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

namespace {
// Bodies that share one snapshot; few enough that no other thread is left idle for long.
constexpr std::size_t kTogether = 8;
// Of SQLite's virtual machine; some tens of microseconds.
constexpr int kStepsBetweenLooks = 10'000;
}  // namespace

Readers::Readers(std::vector<std::unique_ptr<Connection>> connections, std::size_t queue_limit,
                 Duration body_time)
    : queue_(queue_limit), body_time_(body_time), connections_(std::move(connections)) {
  for (auto& connection : connections_) threads_.emplace_back([this, db = connection.get()] { run(*db); });
}

Readers::~Readers() {
  queue_.close();
  for (auto& thread : threads_) thread.join();
}

void Readers::run(Connection& db) {
  Counts counts;
  Session session{.db = db, .counts = &counts};
  SqliteTx tx(session);
  std::vector<Job> jobs;
  Monotonic until;  // of the running body
  sqlite3_progress_handler(
      db.handle(), kStepsBetweenLooks,
      [](void* time) { return std::chrono::steady_clock::now() > *static_cast<Monotonic*>(time) ? 1 : 0; },
      &until);
  while (queue_.take(jobs, kTogether)) {
    until = Monotonic::max();
    const auto begun = db.run("BEGIN");
    for (auto& job : jobs) {
      auto body = std::move(job.body);
      Status status = begun;
      if (status && std::chrono::steady_clock::now() > job.deadline) {
        status = fail(Error::unavailable("STORE_DEADLINE", "The store is too busy. Try again later."));
      } else if (status) {
        db.clear_failure();
        until = std::chrono::steady_clock::now() + body_time_;
        status = run_body(body, tx);
        if (status && db.failure()) status = fail(*db.failure());
      }
      job.done(std::move(status));
    }
    jobs.clear();
    until = Monotonic::max();
    if (!db.idle()) static_cast<void>(db.run("ROLLBACK"));
  }
}

}  // namespace heliograph::store::sqlite
