#include "store/sqlite/writer.h"

#include <exception>

#include "base/log.h"

namespace heliograph::store::sqlite {

namespace {
// How long the writer stays careful after a body has failed late: failures of one kind come together.
constexpr int kCarefulGroups = 16;
// Times what the checkpointer begins at.
constexpr std::int64_t kLongLog = 2;
}  // namespace

Status run_body(Store::Body& body, Tx& tx) {
  try {
    return body(tx);
  } catch (const std::exception& exception) {
    log::error("store: a transaction body threw: {}", exception.what());
    return fail(Error::internal("STORE_BODY"));
  }
}

Writer::Writer(std::unique_ptr<Connection> connection, std::unique_ptr<Connection> beside,
               const WriterLimits& limits)
    : db_(std::move(connection)),
      checkpointer_(std::move(beside), limits.checkpoint_pages),
      limits_(limits),
      queue_(limits.queue),
      boxes_(*db_),
      session_{*db_, &boxes_, &publications_},
      tx_(session_),
      thread_([this] {
        sqlite3_wal_hook(
            db_->handle(),
            [](void* log_pages, sqlite3*, const char*, int pages) {
              *static_cast<std::int64_t*>(log_pages) = pages;
              return SQLITE_OK;
            },
            &log_pages_);
        run();
      }) {}

Writer::~Writer() {
  queue_.close();
  thread_.join();
}

void Writer::set_listener(CommitListener* listener) {
  std::lock_guard lock(listener_mutex_);
  listener_ = listener;
}

void Writer::run() {
  while (queue_.take(jobs_, limits_.group)) {
    while (!jobs_.empty()) group();
  }
}

void Writer::group() {
  const bool careful = careful_groups_ > 0;
  if (careful) --careful_groups_;
  auto end = run_bodies(careful, limits_.group);
  if (end == End::spoilt) {
    careful_groups_ = kCarefulGroups;
    abandon();
    end = run_bodies(true, statuses_.size());
  }
  Status status =
      end == End::ready ? commit() : fail(db_->failure().value_or(Error::unavailable("STORE_FAILED")));
  if (!status) {
    abandon();
    publications_.clear();
    for (auto& each : statuses_) {
      if (each) each = fail(status.error());
    }
  }
  tell();
  if (status) tend_log();
}

Writer::End Writer::run_bodies(bool careful, std::size_t most) {
  const auto started = std::chrono::steady_clock::now();
  publications_.clear();
  statuses_.clear();
  session_.savepoints = careful;
  group_changed_ = false;
  db_->clear_failure();
  if (const auto begun = db_->run("BEGIN IMMEDIATE"); !begun) {
    // Nobody can be served now; the next group tries again.
    statuses_.assign(jobs_.size(), begun);
    return End::lost;
  }
  while (statuses_.size() < most) {
    if (statuses_.size() == jobs_.size()) {
      if (std::chrono::steady_clock::now() - started > limits_.group_time) break;
      if (!queue_.try_take(jobs_, most - jobs_.size())) break;
    }
    const auto end = run_one(jobs_[statuses_.size()]);
    if (end != End::ready) return end;
  }
  return End::ready;
}

Writer::End Writer::run_one(Job& job) {
  if (!job.begun && std::chrono::steady_clock::now() > job.deadline) {
    statuses_.push_back(
        fail(Error::unavailable("STORE_DEADLINE", "The store is too busy. Try again later.")));
    return End::ready;
  }
  job.begun = true;
  const auto published = publications_.size();
  db_->clear_failure();
  session_.changed = false;
  auto status = run_body(job.body, tx_);
  // A body that went on after a failure of the storage may have done half of what it meant to.
  if (status && db_->failure()) status = fail(*db_->failure());
  auto end = End::ready;
  if (status) {
    boxes_.commit_body();
    if (session_.changed) end = keep_body();
  } else {
    boxes_.undo_body();
    publications_.resize(published);
    if (session_.changed) end = undo_body();
  }
  statuses_.push_back(std::move(status));
  // After some errors SQLite ends the transaction by itself: what ran before in this group is gone with it.
  return db_->idle() ? End::lost : end;
}

Writer::End Writer::keep_body() {
  group_changed_ = true;
  if (!session_.savepoints) return End::ready;
  return db_->run("RELEASE body") ? End::ready : End::lost;
}

Writer::End Writer::undo_body() {
  if (db_->idle()) return End::lost;
  if (session_.savepoints) {
    return db_->run("ROLLBACK TO body") && db_->run("RELEASE body") ? End::ready : End::lost;
  }
  // Bodies before it would be lost with it, and must be run again.
  if (group_changed_) return End::spoilt;
  return db_->run("ROLLBACK") && db_->run("BEGIN IMMEDIATE") ? End::ready : End::lost;
}

Status Writer::commit() {
  HG_TRY(boxes_.flush());
  HG_TRY(db_->run("COMMIT"));
  boxes_.committed();
  return {};
}

void Writer::tend_log() {
  if (log_pages_ >= limits_.checkpoint_pages) checkpointer_.log_is(log_pages_);
  if (log_pages_ < kLongLog * limits_.checkpoint_pages) return;
  // Little of it is left to write back: the checkpointer was here. If it fails, the log grows until it does
  // not.
  static_cast<void>(checkpoint(*db_));
}

void Writer::abandon() {
  if (!db_->idle() && !db_->run("ROLLBACK")) log::error("store: rollback failed");
  boxes_.forget();
}

void Writer::tell() {
  if (!publications_.empty()) {
    std::lock_guard lock(listener_mutex_);
    if (listener_) listener_->on_commit(std::move(publications_));
    publications_.clear();
  }
  for (std::size_t i = 0; i < statuses_.size(); ++i) jobs_[i].done(std::move(statuses_[i]));
  jobs_.erase(jobs_.begin(), jobs_.begin() + static_cast<std::ptrdiff_t>(statuses_.size()));
  statuses_.clear();
}

}  // namespace heliograph::store::sqlite
