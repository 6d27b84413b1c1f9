// The one thread that changes the database. It takes what is queued, runs it as one SQLite transaction (each
// body under a savepoint of its own), commits once with one fsync, hands the updates to the listener, and
// only then tells the callers. While it waits for the disk the next group gathers in the queue, so that
// groups grow with the load and a lone write is not delayed.
#pragma once

#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/sqlite/boxes.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/queue.h"
#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

struct WriterLimits {
  std::size_t queue = 20'000;
  std::size_t group = 4'096;                           // bodies in one commit
  Duration group_time = std::chrono::milliseconds(5);  // a group takes in no more after so long
  std::int64_t checkpoint_pages = 4'000;               // of the WAL, written back to the database
};

class Writer {
 public:
  Writer(std::unique_ptr<Connection> connection, const WriterLimits& limits);
  // Finishes what is queued.
  ~Writer();

  // Thread-safe. False: queue full or closing; `job` is untouched.
  bool submit(Job& job) { return queue_.push(job); }
  // Thread-safe; when it returns, the former listener is not being called and will not be again.
  void set_listener(CommitListener* listener);

 private:
  struct Outcome {
    Store::Done done;
    Status status;
  };

  void run();
  // Runs one group. Jobs that a lost transaction has kept from running stay in jobs_ for the next.
  void group();
  void run_one(Job& job);
  // Keeps or takes back what the body has written.
  Status end_body(Status status);
  Status begin();
  Status commit();
  void roll_back(const Error& why);
  void tell();

  std::unique_ptr<Connection> db_;
  const WriterLimits limits_;
  Queue queue_;
  Boxes boxes_;
  std::vector<Publication> publications_;
  Session session_;
  SqliteTx tx_;

  // Of the running group.
  std::vector<Job> jobs_;
  std::size_t next_job_ = 0;
  std::vector<Outcome> outcomes_;

  std::mutex listener_mutex_;
  CommitListener* listener_ = nullptr;
  std::thread thread_;  // last: starts when the rest is there
};

}  // namespace heliograph::store::sqlite
