// A connection as everyone above the sockets sees it: bytes in, bytes out. TCP connections and WebSocket
// connections are the same thing here, and tests have a third kind (net/testing/).
//
// Threading: a connection belongs to one loop for life. All members are called on that loop's thread, and
// all callbacks come on it.
#pragma once

#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/clock.h"
#include "net/address.h"
#include "net/loop.h"

namespace heliograph::net {

enum class CloseReason : std::uint8_t {
  peer_closed,     // the other side ended the stream
  closed_by_us,    // the handler asked for it
  slow_reader,     // more unsent bytes than Limits::unsent_bytes, or no progress for Limits::stall
  timed_out,       // a deadline or the idle limit passed
  protocol_error,  // what the peer sent cannot be right (bad WebSocket frame, bad HTTP, ...)
  failed,          // the network failed
  shutdown,        // the server is stopping
};
const char* name(CloseReason reason);

// Who owns a connection's traffic. Kept alive by the connection until on_closed has returned.
class Handler {
 public:
  virtual ~Handler() = default;
  // Bytes as they came, cut anywhere. The memory is the loop's and may be overwritten by the handler; it is
  // gone when this returns. Never called after close() or on_closed().
  virtual void on_bytes(MutableByteView bytes) = 0;
  // The last call, exactly once, never from inside write() or close().
  virtual void on_closed(CloseReason reason) = 0;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  virtual ~Connection() = default;

  // Replaces the handler; also from inside on_bytes().
  virtual void set_handler(std::shared_ptr<Handler> handler) = 0;

  // Queues bytes and sends what was queued in one go when the loop gets to it. Whoever reads too slowly is
  // closed (slow_reader) instead of being buffered for without end. After close() it does nothing.
  virtual void write(Bytes bytes) = 0;
  // Bytes queued and not yet taken by the kernel.
  virtual std::size_t unsent() const = 0;

  // Ends the connection at once; unsent bytes are dropped.
  virtual void close(CloseReason reason = CloseReason::closed_by_us) = 0;
  // Ends it when what is queued has been sent, or after a few seconds. Nothing is read any more.
  virtual void finish(CloseReason reason = CloseReason::closed_by_us) = 0;
  virtual bool is_open() const = 0;

  // Stops and resumes reading, so that a handler with too much to do pushes back on the peer. At most one
  // read buffer (64 KiB) still arrives when called inside on_bytes.
  virtual void pause_reading(bool paused) = 0;

  // Closes (timed_out) unless replaced or cleared within `delay`. One deadline at a time. Precision: 250 ms.
  virtual void set_deadline(std::optional<Duration> delay) = 0;
  // Closes (timed_out) when nothing was received for so long. None by default.
  virtual void set_idle_limit(std::optional<Duration> limit) = 0;

  // The client: behind a trusted proxy, the address the proxy names.
  virtual const Address& remote() const = 0;
  // The client's port; 0: not known, as behind a proxy that does not tell it.
  virtual std::uint16_t remote_port() const = 0;
  virtual Loop& loop() = 0;
};

}  // namespace heliograph::net
