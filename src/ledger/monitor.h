// Watches the ledger from inside the server, trusting only what it can check: every record's entry must be in
// the log with the next checkpoint, at its place and unchanged, the checkpoint must carry the right
// signature, and each must be the continuation of the one before. Anything else is an alarm: a metric and a
// line in the log.
#pragma once

#include "ledger/ledger.h"

namespace heliograph::ledger {

struct MonitorStats {
  std::atomic<std::uint64_t> alarms = 0;   // since the start
  std::atomic<std::uint64_t> checked = 0;  // records whose entry was found, since the start
  std::atomic<std::int64_t> waiting = 0;   // records not in the log yet
};

class Monitor {
 public:
  // Sees the log as the public does, and the records beside it.
  Monitor(const PublicLog& log, store::Store& store) : log_(log), store_(store) {}

  // After each publication. `batch` is what has just been taken into the log. Finding something wrong is no
  // error: it is counted. Errors: those of the store.
  Task<Status> check(Batch batch);

  // Only counts what waits: while the ledger is halted.
  Task<Status> count();

  const MonitorStats& stats() const { return stats_; }

 private:
  struct Checked {
    std::int64_t up_to = 0;  // records with greater ids are to be checked
    std::uint64_t good = 0;
    std::vector<std::string> wrong;
  };
  Result<Checked> check_records(store::Tx& tx, std::int64_t after, const Checkpoint& tree,
                                const Batch& batch) const;
  void alarm(const std::string& what);

  const PublicLog& log_;
  store::Store& store_;
  std::optional<Checkpoint> last_;
  std::optional<std::int64_t> checked_up_to_;
  MonitorStats stats_;
};

}  // namespace heliograph::ledger
