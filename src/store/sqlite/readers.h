// The threads that read: each with a connection of its own, each body on one snapshot, all beside the writer.
#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "store/sqlite/connection.h"
#include "store/sqlite/queue.h"

namespace heliograph::store::sqlite {

class Readers {
 public:
  // `body_time`: what runs longer is broken off with STORE_DEADLINE, so that nobody's question, however
  // large what it reads, holds up the others.
  Readers(std::vector<std::unique_ptr<Connection>> connections, std::size_t queue_limit, Duration body_time);
  // Finishes what is queued.
  ~Readers();

  // Thread-safe. False: queue full or closing; `job` is untouched.
  bool submit(Job& job) { return queue_.push(job); }

 private:
  void run(Connection& db);

  Queue queue_;
  const Duration body_time_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<std::thread> threads_;
};

}  // namespace heliograph::store::sqlite
