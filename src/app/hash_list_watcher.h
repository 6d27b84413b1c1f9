// Keeps the lists of hashes in force as they are in their folder, on a thread of its own: reading millions of
// them takes seconds. A list that is refused leaves all as it was.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "base/clock.h"
#include "safety/enforcement/gate.h"

namespace heliograph::app {

class HashListWatcher {
 public:
  static constexpr auto pause = std::chrono::seconds(2);

  // `folder`: what the gate's present lists were read from; empty: there is nothing to watch.
  HashListWatcher(std::string folder, safety::Gate& gate, const Clock& clock);
  ~HashListWatcher();
  HashListWatcher(const HashListWatcher&) = delete;

 private:
  void run();

  const std::string folder_;
  safety::Gate& gate_;
  const Clock& clock_;
  std::string refused_;  // state of a folder that could not be read
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // under mutex_
  std::thread thread_;
};

}  // namespace heliograph::app
