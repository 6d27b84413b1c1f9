#include "app/server.h"

#include <algorithm>
#include <thread>

#include "app/cli.h"
#include "app/data_dir.h"
#include "app/gateway/gateway.h"
#include "app/health.h"
#include "app/listening.h"
#include "app/messenger.h"
#include "app/metrics.h"
#include "app/public_url.h"
#include "base/log.h"
#include "crypto/random.h"
#include "net/http_server.h"
#include "net/listener.h"
#include "tl/schema.h"
#include "web/ledger/log.h"
#include "web/pages/assets.h"
#include "web/public/appeals.h"
#include "web/public/notices.h"
#include "web/public/site.h"
#include "web/public/transparency.h"

namespace heliograph::app {

namespace {

std::string public_host(const config::Config& config) {
  if (!config.public_host.empty()) return config.public_host;
  const auto& host = config.listen_mtproto.host;
  if (host == "0.0.0.0" || host == "::") {
    log::warn("listening everywhere, but public.host is not set: clients are told 127.0.0.1");
    return "127.0.0.1";
  }
  return host;
}

std::size_t loop_count(const config::Config& config) {
  if (config.loops > 0) return static_cast<std::size_t>(config.loops);
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
}

// The gateway is made before what it finds keys in.
struct LateKeys final : KeyStore {
  Task<Result<std::optional<StoredKey>>> load(AuthKeyId id) override { return keys->load(id); }
  Task<Status> save(StoredKey key) override { return keys->save(std::move(key)); }
  KeyStore* keys = nullptr;
};

constexpr std::size_t handshakes_waiting_max = 10'000;
constexpr auto drain_limit = std::chrono::seconds(5);

}  // namespace

struct Server::Impl {
  Impl(const config::Config& given, ShowCode show) : config(given), show_code(std::move(show)) {}
  ~Impl();
  Status start();
  Status listen();
  void make_gateway(const crypto::SecretKey& secret);
  Status make_messenger(const crypto::SecretKey& secret);
  Result<std::unique_ptr<net::Listener>> open(const net::Endpoint& at, Duration first_deadline,
                                              net::Accept accept);
  void describe_metrics();
  web::PublicFacts facts() const;

  const config::Config config;
  const ShowCode show_code;
  crypto::SystemRandom random;
  SystemClock clock;
  std::optional<DataDir> data;
  std::vector<crypto::RsaKey> rsa_keys;
  std::optional<mtproto::SaltSource> salts;
  net::Stats net_stats;
  std::optional<net::Quota> quota;
  net::HttpServer http;
  net::HttpServer admin;
  Metrics metrics;
  const Health health{metrics};
  // Declared in the order they are needed, so that they go in the reverse order: what is posted to a loop may
  // own things until the loop goes.
  std::vector<std::unique_ptr<net::Loop>> loops;
  std::vector<net::Loop*> loop_pointers;
  LateKeys keys;
  std::optional<Workers> workers;
  std::unique_ptr<Gateway> gateway;
  std::unique_ptr<Messenger> messenger;
  std::unique_ptr<net::Listener> mtproto_listener, http_listener, admin_listener;
  std::optional<Listening> listening;
};

Status Server::Impl::start() {
  HG_ASSIGN(auto dir, DataDir::open(config.data_dir));
  data.emplace(std::move(dir));
  listening.emplace(data->path());
  HG_ASSIGN(auto key, data->server_key());
  rsa_keys.push_back(std::move(key));
  HG_ASSIGN(const auto secret, data->secret(random));

  quota.emplace(net::Quota::Sizes{static_cast<std::size_t>(config.connections),
                                  static_cast<std::size_t>(config.connections_per_address),
                                  config.trusted_proxies});
  for (std::size_t i = 0; i < loop_count(config); ++i) {
    loops.push_back(std::make_unique<net::Loop>("loop-" + std::to_string(i)));
    loop_pointers.push_back(loops.back().get());
  }
  make_gateway(secret);
  HG_TRY(listen());
  HG_TRY(make_messenger(secret));
  web::add_public_routes(http.router, facts(), web::client_assets());
  web::add_notice_routes(http.router, messenger->notices());
  web::add_appeal_routes(http.router, messenger->redress());
  messenger->console().add_routes(http.router);
  web::add_pages(http.router, "/console", web::console_assets());
  web::add_pages(http.router, "/portal", web::portal_assets());
  web::add_ledger_routes(http.router, messenger->ledger().ledger(), messenger->ledger().cells());
  web::add_transparency_routes(http.router, messenger->transparency(), messenger->ledger().ledger());
  describe_metrics();
  messenger->console().show_health(health);
  for (const auto& loop : loops) loop->start();
  HG_TRY(messenger->start(loop_pointers));
  for (const auto* listener : {&mtproto_listener, &http_listener, &admin_listener}) {
    if (*listener) (*listener)->start();
  }
  // Scripts do without it where the disk is full; clients do not need it.
  const auto announced = listening->announce({config.listen_mtproto.host, mtproto_listener->port()},
                                             {config.listen_http.host, http_listener->port()});
  if (!announced) log::warn("{}", announced.error().message);
  return {};
}

void Server::Impl::make_gateway(const crypto::SecretKey& secret) {
  workers.emplace(static_cast<std::size_t>(config.workers), handshakes_waiting_max);
  salts.emplace(secret.derive("server salts"));
  GatewayParts parts;
  parts.loops = loop_pointers;
  parts.workers = &*workers;
  parts.clock = &clock;
  parts.random = &random;
  parts.rsa_keys = rsa_keys;
  parts.salts = &*salts;
  parts.keys = &keys;
  GatewayLimits limits;
  limits.idle = std::chrono::seconds(config.idle_seconds);
  limits.first_message = std::chrono::seconds(config.handshake_seconds);
  limits.handshake_messages_per_minute =
      4 * static_cast<std::size_t>(config.handshakes_per_address_per_minute);
  gateway = std::make_unique<Gateway>(parts, limits);
}

Status Server::Impl::make_messenger(const crypto::SecretKey& secret) {
  MessengerParts parts;
  parts.config = &config;
  parts.data = data->path();
  parts.secret = secret;
  parts.clock = &clock;
  parts.random = &random;
  parts.sessions = gateway.get();
  const auto told = facts();
  parts.facts = {.dc_id = told.dc_id,
                 .host = told.host,
                 .port = told.port,
                 .url = "http://" + net::Endpoint{config.listen_http.host, http_listener->port()}.text()};
  parts.public_url = public_url(config, http_listener->port());
  parts.show_code = [show = show_code](const services::CodeMessage& message) {
    if (show) show(message.address, message.code);
  };
  HG_ASSIGN(messenger, Messenger::open(std::move(parts)));
  gateway->set_door(messenger->door());
  keys.keys = &messenger->keys();
  return {};
}

// The sockets are bound from here on; nobody is accepted before start() is through.
Status Server::Impl::listen() {
  const Duration first = std::chrono::seconds(config.handshake_seconds);
  HG_ASSIGN(mtproto_listener, open(config.listen_mtproto, first, gateway->acceptor()));
  http.trusted_proxies = config.trusted_proxies;
  http.quota = &*quota;
  http.limits.body_bytes = static_cast<std::uint64_t>(config.http_body_bytes);
  http.websockets["/apiws"] = gateway->acceptor();
  http.websocket_first_deadline = first;
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

web::PublicFacts Server::Impl::facts() const {
  web::PublicFacts out;
  out.dc_id = config.dc_id;
  out.host = public_host(config);
  out.port = config.public_port != 0 ? config.public_port : mtproto_listener->port();
  out.websocket_url = config.public_websocket;
  if (out.websocket_url.empty()) {
    out.websocket_url = "ws://" + net::Endpoint{out.host, http_listener->port()}.text() + "/apiws";
  }
  out.rsa_public_pem = rsa_keys.front().public_pem();
  out.rsa_fingerprint = rsa_keys.front().fingerprint();
  out.layer_min = tl::min_layer();
  out.layer_max = tl::max_layer();
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
  const auto& counts = gateway->stats();
  metrics.counter("heliograph_handshakes_total", "Key exchanges.", read(counts.handshakes_done),
                  {{"outcome", "done"}});
  metrics.counter("heliograph_handshakes_total", "", read(counts.handshakes_failed), {{"outcome", "failed"}});
  metrics.counter("heliograph_handshakes_total", "", read(counts.handshakes_refused),
                  {{"outcome", "refused"}});
  metrics.counter("heliograph_packets_total", "MTProto packets received.", read(counts.packets));
  metrics.counter("heliograph_packets_bad_total", "Packets that ended their connection.",
                  read(counts.packets_bad));
  metrics.counter("heliograph_keys_unknown_total", "Packets with a key this server does not know.",
                  read(counts.keys_unknown));
  metrics.gauge("heliograph_keys_loaded", "Authorization keys in memory.", read(counts.keys_loaded));
  metrics.counter("heliograph_calls_total", "Method calls.", read(counts.calls));
  metrics.gauge("heliograph_calls_running", "Method calls not answered yet.", read(counts.calls_running));
  messenger->ledger().describe(metrics);
  messenger->transparency().describe(metrics);
  messenger->search().describe(metrics);
  messenger->describe(metrics);
  admin.router.add_function("GET", "/metrics", [this](const net::HttpRequest&) {
    return net::HttpResponse{200, "text/plain; version=0.0.4; charset=utf-8", metrics.text(), {}};
  });
}

Server::Impl::~Impl() {
  listening.reset();
  mtproto_listener.reset();
  http_listener.reset();
  admin_listener.reset();
  if (messenger) messenger->stop();
  if (gateway && !gateway->wait_until_quiet(drain_limit)) log::warn("stopping with calls still running");
  for (const auto& loop : loops) loop->stop();
  for (const auto& loop : loops) loop->join();
  workers.reset();  // what they compute uses the gateway
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(const config::Config& config, ShowCode show_code) {
  auto impl = std::make_unique<Impl>(config, std::move(show_code));
  HG_TRY(impl->start());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Status Server::read_rules() {
  return impl_->messenger->read_rules();
}

std::uint16_t Server::mtproto_port() const {
  return impl_->mtproto_listener->port();
}
std::uint16_t Server::http_port() const {
  return impl_->http_listener->port();
}
std::uint16_t Server::admin_port() const {
  return impl_->admin_listener ? impl_->admin_listener->port() : 0;
}

}  // namespace heliograph::app
