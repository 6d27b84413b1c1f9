// A Connection inside WebSocket frames, over another Connection.
#pragma once

#include "net/connection.h"
#include "net/limits.h"
#include "net/websocket_frame.h"

namespace heliograph::net {

// MTProto needs a little over 1 MiB in one message.
inline constexpr std::size_t websocket_message_bytes = 2 * 1024 * 1024;

// `Sec-WebSocket-Accept` for a client's key (RFC 6455 section 4.2.2).
std::string websocket_accept_key(std::string_view client_key);
// Whether the client's `Sec-WebSocket-Key` is 16 bytes in base64.
bool websocket_key_valid(std::string_view client_key);

// Every write() is one binary frame; what arrives in binary frames goes to the handler, cut anywhere. Text
// frames, unmasked frames and the like end the connection with the close code RFC 6455 names. Pings are
// answered. All else is the wrapped connection's: limits, deadlines, loop.
class WebSocketConnection final : public Connection, public Handler, private WebSocketDecoder::Events {
 public:
  // `remote` may differ from the wrapped one's behind a proxy; `ticket` is its place in the quota.
  WebSocketConnection(std::shared_ptr<Connection> wrapped, const Remote& remote, Quota::Ticket ticket);

  void set_handler(std::shared_ptr<Handler> handler) override { handler_ = std::move(handler); }
  void write(Bytes bytes) override;
  std::size_t unsent() const override { return wrapped_->unsent(); }
  void close(CloseReason reason) override;
  void finish(CloseReason reason) override;
  bool is_open() const override { return !ended_ && wrapped_->is_open(); }
  void pause_reading(bool paused) override { wrapped_->pause_reading(paused); }
  void set_deadline(std::optional<Duration> delay) override { wrapped_->set_deadline(delay); }
  void set_idle_limit(std::optional<Duration> limit) override { wrapped_->set_idle_limit(limit); }
  const Address& remote() const override { return remote_.address; }
  std::uint16_t remote_port() const override { return remote_.port; }
  Loop& loop() override { return wrapped_->loop(); }

  // Handler, for the wrapped connection.
  void on_bytes(MutableByteView bytes) override;
  void on_closed(CloseReason reason) override;

 private:
  void on_payload(MutableByteView piece) override;
  void on_ping(ByteView payload) override;
  void on_close() override;
  void end(WebSocketClose code, CloseReason reason);

  const std::shared_ptr<Connection> wrapped_;
  const Remote remote_;
  Quota::Ticket ticket_;
  std::shared_ptr<Handler> handler_;
  WebSocketDecoder decoder_{websocket_message_bytes};
  bool ended_ = false;  // a close frame went out or came in
};

}  // namespace heliograph::net
