// Puts into force what search is guarded against: the term lists, and on top of them the terms that the staff
// has added. Compiling them takes up to some seconds, so it is done on a thread of its own, and the new guard
// takes the old one's place while searches go on. What cannot be compiled leaves the old one in force.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "search/guard.h"

namespace heliograph::app {

// Thread-safe.
class GuardBuilder {
 public:
  static constexpr auto try_again_after = std::chrono::seconds(30);  // what has failed, without a change

  // `guard` goes by `lists` already. `ordinary`: see terms::QueryGuard; it outlives this.
  GuardBuilder(search::Guard& guard, std::shared_ptr<const terms::TermSet> lists, std::string_view ordinary,
               const Clock& clock);
  // Waits for a build that is under way.
  ~GuardBuilder();
  GuardBuilder(const GuardBuilder&) = delete;

  // The lists have been read again.
  void put_lists(std::shared_ptr<const terms::TermSet> lists);
  // The staff's terms that are in force, as of so many changes (store/guard_terms.h); those of an earlier
  // state are passed over.
  void put_guarded(std::int64_t changes, std::vector<terms::Term> guarded);
  // Of the state put last; 0: none yet, and there are no such terms.
  std::int64_t known() const;

  // Returns when all that was put so far is in force, or has failed. Not on a loop.
  void settle();

 private:
  struct Wanted {
    std::shared_ptr<const terms::TermSet> lists;
    std::vector<terms::Term> guarded;
    std::int64_t changes = 0;
  };
  void run();
  Status build(const Wanted& wanted);

  search::Guard& guard_;
  const std::string_view ordinary_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable wake_, done_;
  Wanted wanted_;                        // under mutex_
  std::uint64_t asked_ = 0, built_ = 0;  // under mutex_: how often something was put, and up to where done
  bool failed_ = false;                  // under mutex_: the last build
  bool stopping_ = false;                // under mutex_
  std::thread thread_;
};

}  // namespace heliograph::app
