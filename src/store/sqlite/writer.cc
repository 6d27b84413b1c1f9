#include "store/sqlite/writer.h"

#include <exception>

#include "base/log.h"

namespace heliograph::store::sqlite {

Status run_body(Store::Body& body, Tx& tx) {
  try {
    return body(tx);
  } catch (const std::exception& exception) {
    log::error("store: a transaction body threw: {}", exception.what());
    return fail(Error::internal("STORE_BODY"));
  }
}

Writer::Writer(std::unique_ptr<Connection> connection, const WriterLimits& limits)
    : db_(std::move(connection)),
      limits_(limits),
      queue_(limits.queue),
      boxes_(*db_),
      session_{*db_, &boxes_, &publications_},
      tx_(session_),
      thread_([this] { run(); }) {}

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
    while (next_job_ < jobs_.size()) group();
    jobs_.clear();
    next_job_ = 0;
  }
}

void Writer::group() {
  const auto started = std::chrono::steady_clock::now();
  auto status = begin();
  if (!status) {
    // Nobody can be served now; the next group tries again.
    for (; next_job_ < jobs_.size(); ++next_job_) {
      outcomes_.push_back({std::move(jobs_[next_job_].done), status});
    }
    tell();
    return;
  }
  while (outcomes_.size() < limits_.group) {
    if (next_job_ == jobs_.size()) {
      if (std::chrono::steady_clock::now() - started > limits_.group_time) break;
      if (!queue_.try_take(jobs_, limits_.group - outcomes_.size())) break;
    }
    run_one(jobs_[next_job_++]);
    if (db_->idle()) {
      // SQLite has ended the transaction: whatever ran before in this group is gone with it.
      const auto why = db_->failure().value_or(Error::unavailable("STORE_FAILED"));
      roll_back(why);
      tell();
      return;
    }
  }
  status = commit();
  if (!status) roll_back(status.error());
  tell();
}

void Writer::run_one(Job& job) {
  auto body = std::move(job.body);
  if (std::chrono::steady_clock::now() > job.deadline) {
    outcomes_.push_back(
        {std::move(job.done),
         fail(Error::unavailable("STORE_DEADLINE", "The store is too busy. Try again later."))});
    return;
  }
  const auto published = publications_.size();
  db_->clear_failure();
  session_.savepoint = false;
  auto status = run_body(body, tx_);
  // A body that went on after a failure of the storage may have done half of what it meant to.
  if (status && db_->failure()) status = fail(*db_->failure());
  status = end_body(std::move(status));
  if (!status) publications_.resize(published);
  outcomes_.push_back({std::move(job.done), std::move(status)});
}

Status Writer::end_body(Status status) {
  if (!status) {
    boxes_.undo_body();
    if (session_.savepoint && !db_->idle()) {
      HG_TRY(db_->run("ROLLBACK TO body"));
      HG_TRY(db_->run("RELEASE body"));
    }
    return status;
  }
  boxes_.commit_body();
  if (session_.savepoint) HG_TRY(db_->run("RELEASE body"));
  return {};
}

Status Writer::begin() {
  publications_.clear();
  outcomes_.clear();
  db_->clear_failure();
  return db_->run("BEGIN IMMEDIATE");
}

Status Writer::commit() {
  HG_TRY(boxes_.flush());
  HG_TRY(db_->run("COMMIT"));
  boxes_.committed();
  return {};
}

void Writer::roll_back(const Error& why) {
  if (!db_->idle()) {
    const auto done = db_->run("ROLLBACK");
    if (!done) log::error("store: rollback failed");
  }
  boxes_.forget();
  publications_.clear();
  for (auto& outcome : outcomes_) {
    if (outcome.status) outcome.status = fail(why);
  }
}

void Writer::tell() {
  if (!publications_.empty()) {
    std::lock_guard lock(listener_mutex_);
    if (listener_) listener_->on_commit(std::move(publications_));
    publications_.clear();
  }
  for (auto& outcome : outcomes_) outcome.done(std::move(outcome.status));
  outcomes_.clear();
}

}  // namespace heliograph::store::sqlite
