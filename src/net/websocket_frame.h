// WebSocket frames (RFC 6455 section 5), server side: bytes in, events out, no socket. Payload is handed on
// as it comes, so a frame's claimed length never makes us hold memory.
//
// Our own rather than Beast's stream: an idle connection then costs a few bytes instead of Beast's buffers
// and timers, and the same code path serves TCP and WebSocket.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"

namespace heliograph::net {

// Close codes of RFC 6455 section 7.4.1 that we send.
enum class WebSocketClose : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  protocol_error = 1002,
  unsupported_data = 1003,
  policy = 1008,
  too_big = 1009,
};

class WebSocketDecoder {
 public:
  class Events {
   public:
    virtual ~Events() = default;
    // A piece of a binary message, unmasked in place.
    virtual void on_payload(MutableByteView piece) = 0;
    virtual void on_ping(ByteView payload) = 0;
    // The peer closes; nothing may follow.
    virtual void on_close() = 0;
  };

  // A message may have `message_bytes` in all its frames together.
  explicit WebSocketDecoder(std::size_t message_bytes) : message_limit_(message_bytes) {}

  // Consumes all of `bytes`. The result is normal, or why the connection must be closed; after that, and
  // after on_close, feed it no more. An event may destroy the decoder's owner only if `*stop` was set by it.
  WebSocketClose feed(MutableByteView bytes, Events& events, const bool& stop);

 private:
  enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };
  WebSocketClose header_complete();
  WebSocketClose frame_complete(Events& events);

  std::size_t message_limit_;
  std::uint64_t left_ = 0;          // payload bytes of this frame still to come
  std::uint64_t message_seen_ = 0;  // payload bytes of this message announced so far
  // The header while it is incomplete (at most 14 bytes), and control payloads (at most 125).
  std::array<std::uint8_t, 14> header_{};
  std::uint8_t header_size_ = 0;
  bool in_payload_ = false;
  bool in_message_ = false;  // a fragmented message is open
  Opcode opcode_ = Opcode::continuation;
  std::array<std::uint8_t, 4> mask_{};
  std::uint8_t mask_at_ = 0;
  Bytes control_;
};

// One unmasked, final frame's header: 2, 4 or 10 bytes.
Bytes websocket_frame_header(std::uint8_t opcode, std::size_t payload_size);
Bytes websocket_binary(ByteView payload);
Bytes websocket_pong(ByteView payload);
Bytes websocket_close(WebSocketClose code);

}  // namespace heliograph::net
