#include "app/hash_list_watcher.h"

#include <pthread.h>

#include "base/log.h"

namespace heliograph::app {

HashListWatcher::HashListWatcher(std::string folder, safety::Gate& gate, const Clock& clock)
    : folder_(std::move(folder)), gate_(gate), clock_(clock) {
  if (folder_.empty()) return;
  thread_ = std::thread([this] { run(); });
}

HashListWatcher::~HashListWatcher() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void HashListWatcher::run() {
  pthread_setname_np(pthread_self(), "hash lists");
  for (;;) {
    const auto now = clock_.unix_seconds();
    const auto lists = gate_.rulebook()->hashes;
    const bool expired = lists->expires() != 0 && lists->expires() <= now;
    if (auto state = safety::HashLists::state_of(folder_);
        state != refused_ && (state != lists->state() || expired)) {
      if (auto changed = safety::HashLists::load(folder_, now)) {
        log::info("lists of hashes: {} hashes, {}", (*changed)->size(), (*changed)->version());
        gate_.replace(std::move(*changed));
        refused_.clear();
      } else {
        log::error("the lists of hashes stay as they were: {}", changed.error().message);
        refused_ = std::move(state);
      }
    }
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, pause, [this] { return stopping_; })) return;
  }
}

}  // namespace heliograph::app
