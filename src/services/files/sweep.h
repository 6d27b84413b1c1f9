// Finds blobs that nothing needs any more and erases them, a few at a time, round and round.
#pragma once

#include "services/environment.h"
#include "store/blobs.h"

namespace heliograph::services {

class Sweep {
 public:
  static constexpr std::size_t step_blobs = 1000;
  // A blob is put before it is written down that something needs it: one that is younger than this stays.
  static constexpr Duration grace = std::chrono::hours(24);

  Sweep(Environment& environment, store::Blobs& blobs) : environment_(environment), blobs_(blobs) {}

  // Looks at the next so many. One call at a time.
  Task<Status> step();

 private:
  Task<Status> forget_prints(std::vector<store::BlobName> gone);

  Environment& environment_;
  store::Blobs& blobs_;
  store::BlobName last_;  // empty: begin anew
};

}  // namespace heliograph::services
