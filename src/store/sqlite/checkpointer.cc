#include "store/sqlite/checkpointer.h"

#include <algorithm>
#include <utility>

namespace heliograph::store::sqlite {

Result<std::int64_t> checkpoint(Connection& db) {
  int log = 0;
  int written_back = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(db.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &log, &written_back);
  if (code != SQLITE_OK) return fail(to_error(code));
  return written_back;
}

Checkpointer::Checkpointer(std::unique_ptr<Connection> db, std::int64_t pages)
    : db_(std::move(db)), step_(pages), thread_([this] { run(); }) {}

Checkpointer::~Checkpointer() {
  {
    std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Checkpointer::log_is(std::int64_t pages) {
  {
    std::lock_guard lock(mutex_);
    log_ = pages;
    if (log_ < written_back_) written_back_ = 0;  // it has begun anew
    if (log_ - written_back_ < step_) return;
  }
  wake_.notify_one();
}

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return closing_ || log_ - written_back_ >= step_; });
    if (closing_) return;
    const auto until = log_;
    lock.unlock();
    // If it fails (a full disk, a writer at the same work), the log keeps what it holds; the next time comes.
    const auto done = checkpoint(*db_);
    lock.lock();
    // What could not be written back now (a reader needs it) waits for the next time as well.
    written_back_ = std::min(done ? std::max(*done, until) : until, log_);
  }
}

}  // namespace heliograph::store::sqlite
