// A connection without a socket, for tests of handlers: what is written is collected, what a peer would send
// is handed in.
#pragma once

#include <utility>

#include "net/connection.h"

namespace heliograph::net::testing {

class TestConnection final : public Connection {
 public:
  explicit TestConnection(Loop& loop, std::string_view remote = "192.0.2.1")
      : loop_(loop), remote_(Address::parse(remote).value()) {}

  // The peer's side.
  void receive(ByteView bytes) {
    if (!open_ || finished_ || handler_ == nullptr) return;
    Bytes copy = to_bytes(bytes);
    const auto handler = handler_;
    handler->on_bytes(copy);
  }
  void receive(std::string_view text) { receive(as_bytes(text)); }
  std::string take_written() { return std::exchange(written_, {}); }
  void break_off() { close(CloseReason::peer_closed); }

  void set_handler(std::shared_ptr<Handler> handler) override { handler_ = std::move(handler); }
  void write(Bytes bytes) override {
    if (open_ && !finished_) written_ += as_text(bytes);
  }
  std::size_t unsent() const override { return 0; }
  void close(CloseReason reason) override {
    if (!open_) return;
    open_ = false;
    closed_ = reason;
    if (const auto handler = std::move(handler_)) handler->on_closed(reason);
  }
  void finish(CloseReason reason) override {
    finished_ = true;
    closed_ = reason;
  }
  bool is_open() const override { return open_ && !finished_; }
  void pause_reading(bool paused) override { paused_ = paused; }
  void set_deadline(std::optional<Duration> delay) override { deadline_ = delay; }
  void set_idle_limit(std::optional<Duration> limit) override { idle_limit_ = limit; }
  const Address& remote() const override { return remote_; }
  std::uint16_t remote_port() const override { return 40'000; }
  Loop& loop() override { return loop_; }

  std::optional<CloseReason> closed() const { return closed_; }
  bool paused() const { return paused_; }
  std::optional<Duration> deadline() const { return deadline_; }
  std::optional<Duration> idle_limit() const { return idle_limit_; }

 private:
  Loop& loop_;
  const Address remote_;
  std::shared_ptr<Handler> handler_;
  std::string written_;
  bool open_ = true;
  bool finished_ = false;
  bool paused_ = false;
  std::optional<CloseReason> closed_;
  std::optional<Duration> deadline_;
  std::optional<Duration> idle_limit_;
};

}  // namespace heliograph::net::testing
