#include "net/websocket.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>

namespace heliograph::net {

std::string websocket_accept_key(std::string_view client_key) {
  const std::string text = std::string(client_key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<std::uint8_t, SHA_DIGEST_LENGTH> digest;
  SHA1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), digest.data());
  std::array<std::uint8_t, 29> out;  // 28 characters and the terminating zero
  EVP_EncodeBlock(out.data(), digest.data(), digest.size());
  return std::string(reinterpret_cast<const char*>(out.data()), 28);
}

bool websocket_key_valid(std::string_view client_key) {
  return client_key.size() == 24 && client_key.ends_with("==") &&
         std::ranges::all_of(client_key.substr(0, 22), [](unsigned char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' ||
                  c == '/';
         });
}

WebSocketConnection::WebSocketConnection(std::shared_ptr<Connection> wrapped, const Remote& remote,
                                         Quota::Ticket ticket)
    : wrapped_(std::move(wrapped)), remote_(remote), ticket_(std::move(ticket)) {}

void WebSocketConnection::write(Bytes bytes) {
  if (ended_ || bytes.empty()) return;
  constexpr std::size_t copied = 2048;
  if (bytes.size() <= copied) return wrapped_->write(websocket_binary(bytes));
  wrapped_->write(websocket_frame_header(2, bytes.size()));
  wrapped_->write(std::move(bytes));
}

void WebSocketConnection::close(CloseReason reason) {
  ended_ = true;
  wrapped_->close(reason);
}

void WebSocketConnection::finish(CloseReason reason) {
  end(WebSocketClose::normal, reason);
}

void WebSocketConnection::end(WebSocketClose code, CloseReason reason) {
  if (ended_) return;
  wrapped_->write(websocket_close(code));
  ended_ = true;
  wrapped_->finish(reason);
}

void WebSocketConnection::on_bytes(MutableByteView bytes) {
  if (ended_) return;
  const auto keep = shared_from_this();
  const auto result = decoder_.feed(bytes, *this, ended_);
  if (result != WebSocketClose::normal) end(result, CloseReason::protocol_error);
}

void WebSocketConnection::on_closed(CloseReason reason) {
  ended_ = true;
  ticket_ = {};
  if (const auto handler = std::move(handler_)) handler->on_closed(reason);
}

void WebSocketConnection::on_payload(MutableByteView piece) {
  const auto handler = handler_;
  if (handler) handler->on_bytes(piece);
  if (!wrapped_->is_open()) ended_ = true;
}

void WebSocketConnection::on_ping(ByteView payload) {
  wrapped_->write(websocket_pong(payload));
}

void WebSocketConnection::on_close() {
  end(WebSocketClose::normal, CloseReason::peer_closed);
}

}  // namespace heliograph::net
