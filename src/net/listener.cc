#include "net/listener.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/ip/tcp.hpp>

#include "base/log.h"
#include "net/tcp.h"

namespace heliograph::net {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto accept_pause = std::chrono::milliseconds(200);
constexpr auto complaint_gap = std::chrono::seconds(10);

Address address_of(const asio::ip::address& from) {
  if (from.is_v4()) return Address::from_v4(from.to_v4().to_uint());
  Address out;
  out.bytes = from.to_v6().to_bytes();
  return out;
}

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
    Loop& loop = *loops[next++ % loops.size()];
    acceptor.async_accept(
        loop.impl().context.get_executor(),
        [self = shared_from_this(), &loop](const error_code& error, TcpConnection::Socket socket) {
          self->on_accept(error, std::move(socket), loop);
        });
  }

  void on_accept(const error_code& error, TcpConnection::Socket socket, Loop& loop) {
    if (closed) return;
    if (error) {
      // A peer that is gone already is its own affair. Anything else (no descriptors, no memory) would fail
      // again at once: wait for connections to end.
      if (error == asio::error::connection_aborted) return accept_next();
      stats.accept_failures.fetch_add(1, std::memory_order_relaxed);
      complain(error);
      pause.expires_after(accept_pause);
      pause.async_wait([self = shared_from_this()](const error_code& gone) {
        if (!gone) self->accept_next();
      });
      return;
    }
    admit(std::move(socket), loop);
    accept_next();
  }

  void admit(TcpConnection::Socket socket, Loop& loop) {
    error_code failed;
    const auto peer = socket.remote_endpoint(failed);
    if (failed) return;
    const Address remote = address_of(peer.address());
    auto ticket = quota.admit(remote);
    if (!ticket) {
      auto& count =
          ticket.error().code == "NET_TOO_MANY_CONNECTIONS" ? stats.refused_total : stats.refused_address;
      count.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    stats.accepted.fetch_add(1, std::memory_order_relaxed);
    socket.non_blocking(true, failed);
    socket.set_option(tcp::no_delay(true), failed);
    find_vanished_peers(socket.native_handle());
    loop.post([self = shared_from_this(), socket = std::move(socket), &loop, remote,
               place = std::move(*ticket)]() mutable {
      self->start(std::move(socket), loop, remote, std::move(place));
    });
  }

  void start(TcpConnection::Socket socket, Loop& loop, const Address& remote, Quota::Ticket ticket) {
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
