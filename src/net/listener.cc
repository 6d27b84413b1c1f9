#include "net/listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/log.h"
#include "net/tcp.h"

namespace heliograph::net {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto accept_pause = std::chrono::milliseconds(200);
constexpr auto complaint_gap = std::chrono::seconds(10);

constexpr int accepts_per_turn = 64;

Remote remote_of(const sockaddr_storage& from) {
  if (from.ss_family == AF_INET) {
    sockaddr_in v4;
    std::memcpy(&v4, &from, sizeof v4);
    return {Address::from_v4(ntohl(v4.sin_addr.s_addr)), ntohs(v4.sin_port)};
  }
  sockaddr_in6 v6;
  std::memcpy(&v6, &from, sizeof v6);
  Remote out{{}, ntohs(v6.sin6_port)};
  std::memcpy(out.address.bytes.data(), &v6.sin6_addr, out.address.bytes.size());
  return out;
}

// Owns an accepted socket on its way to the loop it will live on.
class Accepted {
 public:
  Accepted(int socket, int family) : socket_(socket), family_(family) {}
  Accepted(Accepted&& other) noexcept : socket_(std::exchange(other.socket_, -1)), family_(other.family_) {}
  Accepted& operator=(Accepted&&) = delete;
  ~Accepted() {
    if (socket_ >= 0) ::close(socket_);
  }
  int get() const { return socket_; }
  int release() { return std::exchange(socket_, -1); }
  tcp protocol() const { return family_ == AF_INET ? tcp::v4() : tcp::v6(); }

 private:
  int socket_;
  int family_;
};

// Probes silent peers after two minutes; without it one that vanished is noticed only by the next write.
void find_vanished_peers(int socket) {
  const int on = 1, idle_seconds = 120, gap_seconds = 30, probes = 4;
  ::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &idle_seconds, sizeof idle_seconds);
  ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &gap_seconds, sizeof gap_seconds);
  ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
}

}  // namespace

struct Listener::Impl : std::enable_shared_from_this<Impl> {
  using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

  Impl(ListenOptions given, std::vector<Loop*> on, Quota& counted, Stats& counts, Accept callback)
      : options(std::move(given)),
        loops(std::move(on)),
        quota(counted),
        stats(counts),
        accept(std::move(callback)),
        acceptor(loops.front()->impl().context.get_executor()),
        pause(loops.front()->impl().context) {}

  void accept_next() {
    if (closed) return;
    acceptor.async_wait(Acceptor::wait_read, [self = shared_from_this()](const error_code& error) {
      if (!error) self->accept_waiting();
    });
  }

  void accept_waiting() {
    for (int i = 0; i < accepts_per_turn && !closed; ++i) {
      sockaddr_storage from{};
      socklen_t size = sizeof from;
      const int socket = ::accept4(acceptor.native_handle(), reinterpret_cast<sockaddr*>(&from), &size,
                                   SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (socket >= 0) {
        admit(Accepted(socket, from.ss_family), remote_of(from));
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        break;
      } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        return back_off();
      }
      // Any other error is about one peer that has gone already.
    }
    accept_next();
  }

  // It would fail again at once: wait for connections to end.
  void back_off() {
    stats.accept_failures.fetch_add(1, std::memory_order_relaxed);
    complain(error_code(errno, boost::system::system_category()));
    pause.expires_after(accept_pause);
    pause.async_wait([self = shared_from_this()](const error_code& gone) {
      if (!gone) self->accept_next();
    });
  }

  void admit(Accepted socket, const Remote& remote) {
    auto ticket = quota.admit(remote.address);
    if (!ticket) {
      auto& count =
          ticket.error().code == "NET_TOO_MANY_CONNECTIONS" ? stats.refused_total : stats.refused_address;
      count.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    stats.accepted.fetch_add(1, std::memory_order_relaxed);
    Loop& loop = *loops[next++ % loops.size()];
    loop.post([self = shared_from_this(), socket = std::move(socket), &loop, remote,
               place = std::move(*ticket)]() mutable {
      self->start(std::move(socket), loop, remote, std::move(place));
    });
  }

  void start(Accepted accepted, Loop& loop, const Remote& remote, Quota::Ticket ticket) {
    TcpConnection::Socket socket(loop.impl().context);
    error_code failed;
    socket.assign(accepted.protocol(), accepted.get(), failed);
    if (failed) return;
    accepted.release();
    socket.non_blocking(true, failed);
    socket.set_option(tcp::no_delay(true), failed);
    find_vanished_peers(socket.native_handle());
    const auto connection = std::make_shared<TcpConnection>(std::move(socket), loop, remote,
                                                            options.connection, stats, std::move(ticket));
    connection->set_deadline(options.first_deadline);
    auto handler = accept(connection);
    if (handler == nullptr) return;
    connection->set_handler(std::move(handler));
    connection->start();
  }

  void complain(const error_code& error) {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_complaint < complaint_gap) return;
    last_complaint = now;
    log::warn("cannot accept connections: {}", error.message());
  }

  const ListenOptions options;
  const std::vector<Loop*> loops;
  Quota& quota;
  Stats& stats;
  const Accept accept;
  Acceptor acceptor;
  asio::steady_timer pause;
  std::size_t next = 0;
  bool closed = false;  // accepting loop's thread only, as everything above but `start`
  Monotonic last_complaint{};
  std::uint16_t port = 0;
};

Result<std::unique_ptr<Listener>> Listener::open(ListenOptions options, std::vector<Loop*> loops,
                                                 Quota& quota, Stats& stats, Accept accept) {
  const auto fail_with = [&options](const std::string& what) {
    return fail(
        Error::unavailable("NET_LISTEN_FAILED", "Cannot listen on " + options.address.text() + ": " + what));
  };
  HG_TRY(Address::parse(options.address.host));
  error_code error;
  const auto ip = asio::ip::make_address(options.address.host, error);
  if (error) return fail_with(error.message());
  const tcp::endpoint endpoint(ip, options.address.port);
  auto impl = std::make_shared<Impl>(options, std::move(loops), quota, stats, std::move(accept));
  auto& acceptor = impl->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (error) return fail_with(error.message());
  acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  acceptor.bind(endpoint, error);
  if (error) return fail_with(error.message());
  acceptor.non_blocking(true, error);
  if (error) return fail_with(error.message());
  acceptor.listen(4096, error);
  if (error) return fail_with(error.message());
  impl->port = acceptor.local_endpoint(error).port();
  return std::unique_ptr<Listener>(new Listener(std::move(impl)));
}

Listener::Listener(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

void Listener::start() {
  impl_->loops.front()->post([impl = impl_] { impl->accept_next(); });
}

Listener::~Listener() {
  // The socket is closed on its loop; if the loop has ended already, with the loop.
  impl_->loops.front()->post([impl = impl_] {
    impl->closed = true;
    error_code ignored;
    impl->acceptor.close(ignored);
    impl->pause.cancel();
  });
}

std::uint16_t Listener::port() const {
  return impl_->port;
}

}  // namespace heliograph::net
