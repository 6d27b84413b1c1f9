// One searching thread's view of the index. Not thread-safe; what it shares with others (plans, blocks) is.
#pragma once

#include <xapian.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>

#include "base/clock.h"
#include "search/guard.h"
#include "search/xapian/blocks.h"
#include "search/xapian/plan.h"
#include "search/xapian/stems.h"

namespace heliograph::search {

// What the writer tells the readers.
class Shared {
 public:
  // Before a commit: bounds that hold for what it makes visible.
  void publish(std::shared_ptr<const Blocks> blocks) {
    std::lock_guard lock(mutex_);
    blocks_ = std::move(blocks);
  }
  std::shared_ptr<const Blocks> blocks() {
    std::lock_guard lock(mutex_);
    return blocks_;
  }
  // After a commit.
  std::atomic<std::uint64_t> commits{0};
  Plans plans;

 private:
  std::mutex mutex_;
  std::shared_ptr<const Blocks> blocks_;
};

class Reader {
 public:
  Reader(const std::filesystem::path& folder, Shared& shared, const Clock& clock, Duration time_limit);

  Result<RawPage> search(const GuardedQuery& query);

 private:
  RawPage attempt(const GuardedQuery& query, Monotonic deadline);
  Hit hit(const Xapian::MSetIterator& found, const Query& query, const Plan& plan) const;
  // Of the document with this key; 0: it is not there (any more).
  Xapian::docid find(const Key& key) const;

  Shared& shared_;
  const Clock& clock_;
  const Duration time_limit_;
  Xapian::Database db_;
  Stems stems_;
  std::uint64_t commits_seen_ = 0;
};

}  // namespace heliograph::search
