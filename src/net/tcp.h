// A Connection over a TCP socket. For this folder only.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "net/limits.h"
#include "net/loop_impl.h"

namespace heliograph::net {

// Idle cost: this object, the kernel's socket and one pending readiness wait. There is no read buffer, and
// the write queue is freed when it runs empty.
class TcpConnection final : public Connection, public LoopMember, private Wheel::Entry {
 public:
  using Socket =
      boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

  TcpConnection(Socket socket, Loop& loop, const Remote& remote, const ConnectionLimits& limits, Stats& stats,
                Quota::Ticket ticket);
  ~TcpConnection() override;

  // On the loop's thread, once, after a handler is set.
  void start();

  void set_handler(std::shared_ptr<Handler> handler) override { handler_ = std::move(handler); }
  void write(Bytes bytes) override;
  std::size_t unsent() const override { return unsent_; }
  void close(CloseReason reason) override;
  void finish(CloseReason reason) override;
  bool is_open() const override { return state_ != State::closed; }
  void pause_reading(bool paused) override;
  void set_deadline(std::optional<Duration> delay) override;
  void set_idle_limit(std::optional<Duration> limit) override;
  const Address& remote() const override { return remote_.address; }
  std::uint16_t remote_port() const override { return remote_.port; }
  Loop& loop() override { return loop_; }

 private:
  enum class State : std::uint8_t { open, finishing, closed };

  std::shared_ptr<TcpConnection> self() {
    return std::static_pointer_cast<TcpConnection>(shared_from_this());
  }
  void count_out();
  void wait_readable();
  void read();
  void schedule_flush();
  void flush();
  void wait_writable();
  void take_written(std::size_t count);
  void rearm();
  Tick next_check() const;
  Tick on_due(Tick now) override;
  void on_loop_stop() override { close(CloseReason::shutdown); }

  Socket socket_;
  Loop& loop_;
  const ConnectionLimits limits_;
  Stats& stats_;
  std::shared_ptr<Handler> handler_;
  std::shared_ptr<Connection>
      alive_;  // itself, from start() to close(): a paused connection has no other owner
  const Remote remote_;
  Quota::Ticket ticket_;

  std::vector<Bytes> queue_;    // unsent, in order
  std::size_t first_ = 0;       // index of the first unsent buffer
  std::size_t first_done_ = 0;  // bytes of it already sent
  std::size_t unsent_ = 0;

  // Times in ticks of the loop's wheel; 0 is "none".
  Tick deadline_ = 0;
  Tick idle_ticks_ = 0;
  Tick last_read_ = 0;
  Tick progress_ = 0;  // when unsent bytes last moved

  State state_ = State::open;
  CloseReason finish_reason_ = CloseReason::closed_by_us;
  bool paused_ = false;
  bool waiting_read_ = false;
  bool waiting_write_ = false;
  bool flush_scheduled_ = false;
};

}  // namespace heliograph::net
