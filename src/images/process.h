// One worker process and the socket to it.
#pragma once

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace heliograph::images {

class Process {
 public:
  // unavailable IMAGES_NO_WORKER.
  static Result<Process> start(const std::vector<std::string>& command);
  Process(Process&& other) noexcept
      : id_(std::exchange(other.id_, -1)), socket_(std::exchange(other.socket_, -1)) {}
  Process& operator=(Process&&) = delete;
  // Kills it, if it has not ended, and waits for its end.
  ~Process();

  // One frame there, one frame back. unavailable IMAGES_WORKER_GONE: it has ended, or not answered in time.
  Result<Bytes> ask(ByteView request, Duration deadline);

 private:
  Process(pid_t id, int socket) : id_(id), socket_(socket) {}
  pid_t id_;
  int socket_;
};

}  // namespace heliograph::images
