// What waits for the store's own threads.
#pragma once

#include "base/bounded_queue.h"
#include "base/clock.h"
#include "store/store.h"

namespace heliograph::store::sqlite {

struct Job {
  Store::Body body;
  Store::Done done;
  Monotonic deadline;
  bool begun = false;
};

using Queue = BoundedQueue<Job>;

// A body may throw only what its libraries throw; it is ours to stop that here.
Status run_body(Store::Body& body, Tx& tx);

}  // namespace heliograph::store::sqlite
