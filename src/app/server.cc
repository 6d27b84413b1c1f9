#include "app/server.h"

#include <algorithm>
#include <thread>

#include "app/cli.h"
#include "app/data_dir.h"
#include "app/metrics.h"
#include "base/log.h"
#include "crypto/random.h"
#include "net/http_server.h"
#include "net/listener.h"
#include "web/public/site.h"

namespace heliograph::app {

namespace {

std::string public_host(const Config& config) {
  if (!config.public_host.empty()) return config.public_host;
  const auto& host = config.listen_mtproto.host;
  if (host == "0.0.0.0" || host == "::") {
    log::warn("listening everywhere, but public.host is not set: clients are told 127.0.0.1");
    return "127.0.0.1";
  }
  return host;
}

std::size_t loop_count(const Config& config) {
  if (config.loops > 0) return static_cast<std::size_t>(config.loops);
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
}

}  // namespace

struct Server::Impl {
  explicit Impl(const Config& given) : config(given) {}
  ~Impl();
  Status start();
  Status listen();
  Result<std::unique_ptr<net::Listener>> open(const net::Endpoint& at, Duration first_deadline,
                                              net::Accept accept);
  void describe_metrics();
  web::PublicFacts facts(const crypto::RsaKey& key) const;

  const Config config;
  crypto::SystemRandom random;
  SystemClock clock;
  std::optional<DataDir> data;
  net::Stats net_stats;
  std::optional<net::Quota> quota;
  net::HttpServer http;
  net::HttpServer admin;
  Metrics metrics;
  std::vector<std::unique_ptr<net::Loop>> loops;
  std::vector<net::Loop*> loop_pointers;
  std::unique_ptr<net::Listener> mtproto_listener, http_listener, admin_listener;
};

Status Server::Impl::start() {
  HG_ASSIGN(auto dir, DataDir::open(config.data_dir));
  data.emplace(std::move(dir));
  HG_ASSIGN(const auto key, data->server_key());
  HG_ASSIGN(const auto secret, data->secret(random));

  quota.emplace(net::Quota::Sizes{static_cast<std::size_t>(config.connections),
                                  static_cast<std::size_t>(config.connections_per_address),
                                  config.trusted_proxies});
  for (std::size_t i = 0; i < loop_count(config); ++i) {
    loops.push_back(std::make_unique<net::Loop>("loop-" + std::to_string(i)));
    loop_pointers.push_back(loops.back().get());
  }
  http.trusted_proxies = config.trusted_proxies;
  http.quota = &*quota;
  http.limits.body_bytes = static_cast<std::uint64_t>(config.http_body_bytes);
  HG_TRY(listen());
  web::add_public_routes(http.router, facts(key));
  describe_metrics();
  for (const auto& loop : loops) loop->start();
  return {};
}

// The sockets listen from here on; nothing is accepted before the loops start.
Status Server::Impl::listen() {
  HG_ASSIGN(http_listener, open(config.listen_http, http.limits.header_time, [this](const auto& connection) {
              return net::serve_http(http, connection);
            }));
  if (!config.listen_admin.host.empty()) {
    HG_ASSIGN(admin_listener,
              open(config.listen_admin, admin.limits.header_time,
                   [this](const auto& connection) { return net::serve_http(admin, connection); }));
  }
  return {};
}

Result<std::unique_ptr<net::Listener>> Server::Impl::open(const net::Endpoint& at, Duration first_deadline,
                                                          net::Accept accept) {
  net::ListenOptions options;
  options.address = at;
  options.first_deadline = first_deadline;
  options.connection.unsent_bytes = static_cast<std::size_t>(config.unsent_bytes);
  return net::Listener::open(options, loop_pointers, *quota, net_stats, std::move(accept));
}

web::PublicFacts Server::Impl::facts(const crypto::RsaKey& key) const {
  web::PublicFacts out;
  out.dc_id = config.dc_id;
  out.host = public_host(config);
  out.port = config.public_port != 0 ? config.public_port : config.listen_mtproto.port;
  out.websocket_url = config.public_websocket;
  if (out.websocket_url.empty()) {
    out.websocket_url = "ws://" + net::Endpoint{out.host, http_listener->port()}.text() + "/apiws";
  }
  out.rsa_public_pem = key.public_pem();
  out.rsa_fingerprint = key.fingerprint();
  out.version = version();
  return out;
}

void Server::Impl::describe_metrics() {
  const auto read = [](const std::atomic<std::uint64_t>& value) {
    return [&value] { return static_cast<double>(value.load(std::memory_order_relaxed)); };
  };
  metrics.gauge("heliograph_connections_open", "Open connections of all listeners.", read(net_stats.open));
  metrics.counter("heliograph_connections_accepted_total", "Connections accepted.", read(net_stats.accepted));
  metrics.counter("heliograph_connections_refused_total", "Connections turned away by a limit.",
                  read(net_stats.refused_total), {{"limit", "total"}});
  metrics.counter("heliograph_connections_refused_total", "", read(net_stats.refused_address),
                  {{"limit", "address"}});
  metrics.counter("heliograph_accept_failures_total", "Accepts that failed for want of resources.",
                  read(net_stats.accept_failures));
  metrics.counter("heliograph_slow_readers_total", "Connections closed because their peer read too slowly.",
                  read(net_stats.slow_readers));
  metrics.counter("heliograph_connection_timeouts_total", "Connections closed by a deadline or for idleness.",
                  read(net_stats.time_outs));
  metrics.counter("heliograph_received_bytes_total", "Bytes received.", read(net_stats.bytes_in));
  metrics.counter("heliograph_sent_bytes_total", "Bytes sent.", read(net_stats.bytes_out));
  metrics.counter("heliograph_http_requests_total", "HTTP requests.", read(http.stats.requests));
  metrics.counter("heliograph_http_errors_total", "HTTP requests answered with an error.",
                  read(http.stats.client_errors), {{"class", "4xx"}});
  metrics.counter("heliograph_http_errors_total", "", read(http.stats.server_errors), {{"class", "5xx"}});
  metrics.counter("heliograph_websocket_upgrades_total", "WebSocket connections.", read(http.stats.upgrades));
  admin.router.add_function("GET", "/metrics", [this](const net::HttpRequest&) {
    return net::HttpResponse{200, "text/plain; version=0.0.4; charset=utf-8", metrics.text(), {}};
  });
}

Server::Impl::~Impl() {
  mtproto_listener.reset();
  http_listener.reset();
  admin_listener.reset();
  for (const auto& loop : loops) loop->stop();
  for (const auto& loop : loops) loop->join();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(const Config& config) {
  auto impl = std::make_unique<Impl>(config);
  HG_TRY(impl->start());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::mtproto_port() const {
  return impl_->mtproto_listener ? impl_->mtproto_listener->port() : 0;
}
std::uint16_t Server::http_port() const {
  return impl_->http_listener->port();
}
std::uint16_t Server::admin_port() const {
  return impl_->admin_listener ? impl_->admin_listener->port() : 0;
}

}  // namespace heliograph::app
