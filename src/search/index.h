// The full-text index: a folder of its own beside the store, on Xapian. It holds nothing that cannot be made
// again from the store (feeder.h).
//
// Threading: thread-safe. One thread of its own writes, others search; callers await and resume on their
// executor. What waits is limited: unavailable SEARCH_OVERLOADED when a queue is full.
// Durability: apply() returns after the commit is on disk. After a crash the index is as of its last commit,
// and position() says which that was.
// Errors: internal SEARCH_FAILED when Xapian fails (the log says why), invalid SEARCH_QUERY_EMPTY.
#pragma once

#include <filesystem>
#include <memory>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "search/document.h"
#include "search/guard.h"

namespace heliograph::search {

// Adds the document, or puts it in the place of what has its key.
using Put = Document;
struct Remove {
  Key key;  // gone already: nothing happens
};
// Removes a peer and all its posts.
struct RemovePeer {
  Peer peer;
};
using Change = std::variant<Put, Remove, RemovePeer>;

struct IndexOptions {
  int threads = 2;             // that search
  std::size_t queue = 1'000;   // searches that wait
  std::size_t writes = 1'000;  // apply()s that wait
  // A search answers with what it has found when this is over.
  Duration time_limit = std::chrono::milliseconds(500);
  // Off: a crash of the machine (not of the program) may cost the index. For benches and rebuilding.
  bool sync = true;
};

// Where the index stands in the store's log (store/search_log.h).
struct Position {
  std::int64_t log = 0;  // changes up to here are in the index
  // While the index is being filled anew: the last key scanned, so that it can go on after a crash.
  bool filling = true;  // of a new index
  Key filled_up_to;
  bool operator==(const Position&) const = default;
};

class Index {
 public:
  // Creates the folder if need be. A folder that cannot be read as an index (another version's, damaged) is
  // emptied: Position then says that it has to be filled. unavailable SEARCH_LOCKED: another process has it.
  static Result<std::unique_ptr<Index>> open(const std::filesystem::path& folder, const Clock& clock,
                                             const IndexOptions& options = {});
  ~Index();

  // As of the last commit.
  Position position() const;
  // Documents in it.
  std::int64_t size() const;

  // Makes the changes in their order, sets the position, commits. Visible to searches that begin after.
  Task<Status> apply(std::vector<Change> changes, Position position);
  // Removes everything and commits; the position is that of a new index.
  Task<Status> clear();

  // At most query.limit hits, best first (or newest first), after query.after.
  Task<Result<RawPage>> search(GuardedQuery query);

 private:
  struct Impl;
  explicit Index(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace heliograph::search
