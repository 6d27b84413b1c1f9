#include "store/sqlite/readers.h"

#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

namespace {
// Bodies that share one snapshot; few enough that no other thread is left idle for long.
constexpr std::size_t kTogether = 8;
}  // namespace

Readers::Readers(std::vector<std::unique_ptr<Connection>> connections, std::size_t queue_limit)
    : queue_(queue_limit), connections_(std::move(connections)) {
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
  while (queue_.take(jobs, kTogether)) {
    const auto begun = db.run("BEGIN");
    for (auto& job : jobs) {
      auto body = std::move(job.body);
      Status status = begun;
      if (status && std::chrono::steady_clock::now() > job.deadline) {
        status = fail(Error::unavailable("STORE_DEADLINE", "The store is too busy. Try again later."));
      } else if (status) {
        db.clear_failure();
        status = run_body(body, tx);
        if (status && db.failure()) status = fail(*db.failure());
      }
      job.done(std::move(status));
    }
    jobs.clear();
    if (!db.idle()) static_cast<void>(db.run("ROLLBACK"));
  }
}

}  // namespace heliograph::store::sqlite
