#include "net/tcp.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>

namespace heliograph::net {
namespace asio = boost::asio;
using boost::system::error_code;

namespace {

// One reader may not keep the loop for itself: after so many full buffers the others get their turn.
constexpr int reads_per_turn = 4;
constexpr std::size_t buffers_per_write = 64;

Tick ticks(Duration duration) {
  return static_cast<Tick>(
      std::clamp<std::int64_t>((duration + tick_length - Duration(1)) / tick_length, 1, 0x3fff'ffff));
}

}  // namespace

const char* name(CloseReason reason) {
  switch (reason) {
    case CloseReason::peer_closed:
      return "peer_closed";
    case CloseReason::closed_by_us:
      return "closed_by_us";
    case CloseReason::slow_reader:
      return "slow_reader";
    case CloseReason::timed_out:
      return "timed_out";
    case CloseReason::protocol_error:
      return "protocol_error";
    case CloseReason::failed:
      return "failed";
    case CloseReason::shutdown:
      return "shutdown";
  }
  return "unknown";
}

TcpConnection::TcpConnection(Socket socket, Loop& loop, const Remote& remote, const ConnectionLimits& limits,
                             Stats& stats, Quota::Ticket ticket)
    : socket_(std::move(socket)),
      loop_(loop),
      limits_(limits),
      stats_(stats),
      remote_(remote),
      ticket_(std::move(ticket)) {
  stats_.open.fetch_add(1, std::memory_order_relaxed);
  loop_.impl().member_count.fetch_add(1, std::memory_order_relaxed);
}

TcpConnection::~TcpConnection() {
  if (state_ != State::closed) count_out();
}

void TcpConnection::count_out() {
  stats_.open.fetch_sub(1, std::memory_order_relaxed);
  loop_.impl().member_count.fetch_sub(1, std::memory_order_relaxed);
}

void TcpConnection::start() {
  auto& impl = loop_.impl();
  alive_ = self();
  impl.members.push_back(*this);
  impl.start_ticking();
  last_read_ = impl.tick_after(Duration(0));
  rearm();
  wait_readable();
}

void TcpConnection::wait_readable() {
  if (state_ != State::open || paused_ || waiting_read_) return;
  waiting_read_ = true;
  socket_.async_wait(Socket::wait_read, [self = self()](const error_code& error) {
    self->waiting_read_ = false;
    if (self->state_ != State::open) return;
    if (error) return self->close(CloseReason::failed);
    if (!self->paused_) self->read();
  });
}

void TcpConnection::read() {
  auto& buffer = loop_.impl().read_buffer;
  last_read_ = loop_.impl().wheel.now() + 1;
  for (int turn = 0; turn < reads_per_turn; ++turn) {
    error_code error;
    const std::size_t count = socket_.read_some(asio::buffer(buffer), error);
    if (error == asio::error::would_block || error == asio::error::try_again) break;
    if (error) return close(error == asio::error::eof ? CloseReason::peer_closed : CloseReason::failed);
    stats_.bytes_in.fetch_add(count, std::memory_order_relaxed);
    const auto handler = handler_;  // it may be replaced meanwhile
    handler->on_bytes({buffer.data(), count});
    if (state_ != State::open || paused_) return;
    if (count < buffer.size()) break;
  }
  wait_readable();
}

void TcpConnection::pause_reading(bool paused) {
  if (paused_ == paused) return;
  paused_ = paused;
  if (!paused) {
    // While paused, silence is ours, not the peer's.
    last_read_ = loop_.impl().wheel.now() + 1;
    wait_readable();
  }
}

void TcpConnection::write(Bytes bytes) {
  if (state_ != State::open || bytes.empty()) return;
  if (unsent_ + bytes.size() > limits_.unsent_bytes) {
    stats_.slow_readers.fetch_add(1, std::memory_order_relaxed);
    return close(CloseReason::slow_reader);
  }
  unsent_ += bytes.size();
  queue_.push_back(std::move(bytes));
  schedule_flush();
}

void TcpConnection::schedule_flush() {
  if (flush_scheduled_ || waiting_write_) return;
  flush_scheduled_ = true;
  loop_.post([self = self()] {
    self->flush_scheduled_ = false;
    self->flush();
  });
}

void TcpConnection::flush() {
  while (state_ != State::closed && unsent_ > 0) {
    std::array<iovec, buffers_per_write> parts;
    std::size_t count = 0;
    for (std::size_t i = first_; i < queue_.size() && count < parts.size(); ++i) {
      const std::size_t skip = i == first_ ? first_done_ : 0;
      parts[count++] = {queue_[i].data() + skip, queue_[i].size() - skip};
    }
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = count;
    const ssize_t sent = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) return wait_writable();
      return close(CloseReason::failed);
    }
    take_written(static_cast<std::size_t>(sent));
  }
  if (state_ == State::finishing) close(finish_reason_);
}

void TcpConnection::take_written(std::size_t count) {
  stats_.bytes_out.fetch_add(count, std::memory_order_relaxed);
  unsent_ -= count;
  progress_ = loop_.impl().wheel.now() + 1;
  while (count > 0) {
    const std::size_t left = queue_[first_].size() - first_done_;
    if (count < left) {
      first_done_ += count;
      break;
    }
    count -= left;
    Bytes().swap(queue_[first_]);
    ++first_;
    first_done_ = 0;
  }
  if (unsent_ == 0) {
    std::vector<Bytes>().swap(queue_);
    first_ = 0;
  } else if (first_ > queue_.size() / 2) {
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

void TcpConnection::wait_writable() {
  if (waiting_write_) return;
  waiting_write_ = true;
  progress_ = loop_.impl().wheel.now() + 1;
  rearm();
  socket_.async_wait(Socket::wait_write, [self = self()](const error_code& error) {
    self->waiting_write_ = false;
    if (self->state_ == State::closed) return;
    if (error) return self->close(CloseReason::failed);
    self->flush();
  });
}

void TcpConnection::finish(CloseReason reason) {
  if (state_ != State::open) return;
  state_ = State::finishing;
  finish_reason_ = reason;
  set_deadline(limits_.linger);
  idle_ticks_ = 0;
  schedule_flush();
}

void TcpConnection::close(CloseReason reason) {
  if (state_ == State::closed) return;
  state_ = State::closed;
  count_out();
  if (reason == CloseReason::timed_out) stats_.time_outs.fetch_add(1, std::memory_order_relaxed);
  Wheel::disarm(*this);
  if (LoopMember::is_linked()) LoopMember::unlink();
  error_code ignored;
  socket_.shutdown(Socket::shutdown_both, ignored);
  socket_.close(ignored);
  std::vector<Bytes>().swap(queue_);
  unsent_ = 0;
  ticket_ = {};
  // Not from inside the handler's own call, and this object lives until then.
  loop_.post([self = self(), reason] {
    self->alive_.reset();
    if (const auto handler = std::move(self->handler_)) handler->on_closed(reason);
  });
}

void TcpConnection::set_deadline(std::optional<Duration> delay) {
  deadline_ = delay ? loop_.impl().tick_after(*delay) : 0;
  rearm();
}

void TcpConnection::set_idle_limit(std::optional<Duration> limit) {
  idle_ticks_ = limit ? ticks(*limit) : 0;
  rearm();
}

// The earliest tick at which something could be over; reading and writing only move the times, not the
// entry in the wheel.
Tick TcpConnection::next_check() const {
  Tick next = deadline_;
  const auto sooner = [&next](Tick tick) { next = next == 0 ? tick : std::min(next, tick); };
  if (idle_ticks_ != 0 && !paused_) sooner(last_read_ + idle_ticks_);
  if (idle_ticks_ != 0 && paused_) sooner(loop_.impl().wheel.now() + idle_ticks_);
  if (waiting_write_) sooner(progress_ + ticks(limits_.stall));
  return next;
}

void TcpConnection::rearm() {
  if (state_ == State::closed) return;
  const Tick next = next_check();
  if (next == 0) return Wheel::disarm(*this);
  if (!Wheel::armed(*this) || Wheel::due(*this) > next) loop_.impl().wheel.arm(*this, next);
}

Tick TcpConnection::on_due(Tick now) {
  const Tick next = next_check();
  if (next == 0 || next > now) return next;
  const auto keep = self();
  if (waiting_write_ && progress_ + ticks(limits_.stall) <= now) {
    stats_.slow_readers.fetch_add(1, std::memory_order_relaxed);
    close(CloseReason::slow_reader);
  } else {
    close(state_ == State::finishing ? finish_reason_ : CloseReason::timed_out);
  }
  return 0;
}

}  // namespace heliograph::net
