// Accepts TCP connections and spreads them over loops.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/result.h"
#include "net/connection.h"
#include "net/limits.h"

namespace heliograph::net {

struct ListenOptions {
  Endpoint address;  // port 0: any free one
  ConnectionLimits connection;
  // The deadline every new connection starts with; the handler lifts it once the peer has proved itself.
  Duration first_deadline = std::chrono::seconds(15);
};

// Called on the connection's loop. Gives the new connection its handler; null closes it.
using Accept = std::function<std::shared_ptr<Handler>(const std::shared_ptr<Connection>&)>;

// Connections outlive the listener; `loops`, `quota` and `stats` must outlive both.
class Listener {
 public:
  // Binds and listens, so that clients may connect; they are accepted from start() on.
  // Errors: NET_LISTEN_FAILED with the system's words in the message.
  static Result<std::unique_ptr<Listener>> open(ListenOptions options, std::vector<Loop*> loops, Quota& quota,
                                                Stats& stats, Accept accept);
  // Once. The first loop accepts; connections go to the loops in turn.
  void start();
  // Stops accepting. Thread-safe.
  ~Listener();
  // The port really listened on.
  std::uint16_t port() const;

 private:
  struct Impl;
  explicit Listener(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

}  // namespace heliograph::net
