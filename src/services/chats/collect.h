// Finds photos and documents that nobody names any more, and forgets them; their bytes then go with the sweep
// of the blobs (services/files/sweep.h).
//
// Round and round: every message is looked at once, and what it holds is noted; then everything that was not
// noted, is nobody's profile photo, is in no set of stickers and was not touched since the round began is
// erased. What is put into a message is touched in the same transaction, so that it does not matter whether
// the round has been at that message's place already.
#pragma once

#include <vector>

#include "services/environment.h"

namespace heliograph::services {

class MediaCollector {
 public:
  // Sent in and not used yet: stays for so long.
  static constexpr Duration grace = std::chrono::hours(24);
  // From the end of a round to the next.
  static constexpr Duration pause = std::chrono::hours(6);
  static constexpr std::size_t step_messages = 10'000;
  static constexpr std::size_t step_media = 1'000;

  explicit MediaCollector(Environment& environment);

  // The next piece of the round. One call at a time.
  Task<Status> step();

 private:
  // Ids that were seen, in constant memory: now and then one is taken for seen that was not, and stays.
  class Noted {
   public:
    Noted() : bits_(std::size_t{1} << 18) {}
    void clear() { bits_.assign(bits_.size(), 0); }
    void add(std::int64_t id);
    bool has(std::int64_t id) const;

   private:
    static constexpr int hashes = 4;
    std::uint64_t at(std::int64_t id, int hash) const;
    std::vector<std::uint64_t> bits_;  // 2 MiB
  };
  enum class Phase : std::uint8_t { waiting, marking, erasing };

  Task<Status> mark();
  Task<Status> erase();

  Environment& environment_;
  Phase phase_ = Phase::waiting;
  UnixSeconds waits_until_ = 0;
  UnixSeconds began_ = 0;
  std::int64_t place_ = 0;
  Noted noted_;
};

}  // namespace heliograph::services
