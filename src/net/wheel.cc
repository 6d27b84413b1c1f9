#include "net/wheel.h"

#include <algorithm>

namespace heliograph::net {

void Wheel::arm(Entry& entry, Tick due) {
  disarm(entry);
  entry.due_ = std::max(due, now_ + 1);
  ring_[entry.due_ % slots].push_back(entry);
}

void Wheel::disarm(Entry& entry) {
  if (entry.is_linked()) entry.unlink();
}

void Wheel::advance(Tick now) {
  while (now_ < now) {
    ++now_;
    // Entries of later rounds share the list; they go back to it untouched.
    List batch;
    batch.swap(ring_[now_ % slots]);
    while (!batch.empty()) {
      Entry& entry = batch.front();
      batch.pop_front();
      if (entry.due_ > now_) {
        ring_[entry.due_ % slots].push_back(entry);
        continue;
      }
      if (const Tick again = entry.on_due(now_); again != 0) arm(entry, again);
    }
  }
}

}  // namespace heliograph::net
