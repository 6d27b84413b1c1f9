// The one thread that changes the database. It takes what is queued, runs it as one SQLite transaction,
// commits once with one fsync, hands the updates to the listener, and only then tells the callers. While it
// waits for the disk the next group gathers in the queue, so that groups grow with the load and a lone write
// is not delayed.
//
// A body that fails is rolled back alone. Most fail before they change anything, which costs nothing. A
// savepoint around each would keep the others safe, but costs as much as a third of a message; so a group
// runs without, and when a body does fail late, the group is rolled back and run again with savepoints.
#pragma once

#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/sqlite/boxes.h"
#include "store/sqlite/checkpointer.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/queue.h"
#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

struct WriterLimits {
  std::size_t queue = 20'000;
  std::size_t group = 4'096;                           // bodies in one commit
  Duration group_time = std::chrono::milliseconds(5);  // a group takes in no more after so long
  std::int64_t checkpoint_pages = 16'000;              // of the log, then written back
};

class Writer {
 public:
  // `beside`: a second connection, for the checkpointer.
  Writer(std::unique_ptr<Connection> connection, std::unique_ptr<Connection> beside,
         const WriterLimits& limits);
  // Finishes what is queued.
  ~Writer();

  // Thread-safe. False: queue full or closing; `job` is untouched.
  bool submit(Job& job) { return queue_.push(job); }
  // Thread-safe; when it returns, the former listener is not being called and will not be again.
  void set_listener(CommitListener* listener);

 private:
  // What has become of the running group.
  enum class End : std::uint8_t {
    ready,   // to commit
    spoilt,  // a body has failed after changing something, without a savepoint
    lost,    // the transaction cannot be saved
  };

  void run();
  void group();
  // Runs jobs_, and what is queued meanwhile, up to `most`; fills statuses_.
  End run_bodies(bool careful, std::size_t most);
  End run_one(Job& job);
  End keep_body();
  End undo_body();
  Status commit();
  // Rolls back; nothing in memory can be trusted then.
  void abandon();
  // Keeps the log from growing without end.
  void tend_log();
  // The listener, then the callers of the jobs that have run.
  void tell();

  std::unique_ptr<Connection> db_;
  Checkpointer checkpointer_;
  std::int64_t log_pages_ = 0;  // as of the last commit
  const WriterLimits limits_;
  Queue queue_;
  Boxes boxes_;
  std::vector<Publication> publications_;
  Session session_;
  SqliteTx tx_;

  // Of the running group.
  std::vector<Job> jobs_;
  std::vector<Status> statuses_;  // of the first jobs, as far as they have run
  bool group_changed_ = false;    // by a body that succeeded
  int careful_groups_ = 0;        // still to be run with savepoints

  std::mutex listener_mutex_;
  CommitListener* listener_ = nullptr;
  std::thread thread_;  // last: starts when the rest is there
};

}  // namespace heliograph::store::sqlite
