// HTTP/1.1 on Connections: parses requests, runs the router, writes responses; hands over to WebSocket.
#pragma once

#include <map>

#include "net/http.h"
#include "net/listener.h"

namespace heliograph::net {

struct HttpLimits {
  std::uint32_t header_bytes = 16 * 1024;           // over it: 431
  std::uint64_t body_bytes = 1024 * 1024;           // over it: 413
  Duration header_time = std::chrono::seconds(10);  // from the first byte to the end of the header
  Duration body_time = std::chrono::seconds(60);    // from the header to the end of the body
  Duration idle_time = std::chrono::seconds(60);    // between requests
  std::size_t requests_per_connection = 1'000;
};

struct HttpStats {
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> client_errors = 0;  // answered 4xx
  std::atomic<std::uint64_t> server_errors = 0;  // answered 5xx
  std::atomic<std::uint64_t> upgrades = 0;
};

// What all HTTP connections of a port share. Immutable while serving, but for the counters.
struct HttpServer {
  HttpRouter router;
  HttpLimits limits;
  HttpStats stats;
  // X-Forwarded-For is believed from these only.
  std::vector<Network> trusted_proxies;
  // Needed for WebSocket clients behind a trusted proxy, which count against the quota one by one.
  Quota* quota = nullptr;
  // Path -> who takes the WebSocket connection. The subprotocol "binary" is agreed to where it is offered.
  std::map<std::string, Accept> websockets;
  // The deadline a WebSocket connection starts with.
  Duration websocket_first_deadline = std::chrono::seconds(15);
};

// The handler for one new connection; `server` outlives it. To be used as a Listener's Accept.
std::shared_ptr<Handler> serve_http(HttpServer& server, const std::shared_ptr<Connection>& connection);

// The client's address as the nearest untrusted hop: walks X-Forwarded-For from the right while the hop that
// reported is trusted. A hop is an address, or an address and a port ("203.0.113.9:40000",
// "[2001:db8::1]:40000"); without one the port is not known.
Remote forwarded_client(const Remote& peer, std::string_view forwarded_for,
                        const std::vector<Network>& trusted);

}  // namespace heliograph::net
