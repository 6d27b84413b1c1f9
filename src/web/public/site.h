// The public pages: what this server is and how to point a client library at it.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "net/http.h"
#include "web/pages/assets.h"

namespace heliograph::web {

// What clients must know to connect. Values come from the configuration and are escaped where shown.
struct PublicFacts {
  int dc_id = 2;
  std::string host;
  std::uint16_t port = 0;
  std::string websocket_url;   // ws://host:port/apiws or wss://
  std::string rsa_public_pem;  // PKCS#1, which is what client libraries read
  std::int64_t rsa_fingerprint = 0;
  int layer_min = 0;
  int layer_max = 0;
  std::string version;
};

// `GET /.well-known/heliograph.json`. The fingerprint is a signed decimal number in a string, since JSON
// numbers lose the low bits of 64-bit integers in browsers.
std::string well_known_json(const PublicFacts& facts);
// How to point a client library at this server.
std::string developers_page(const PublicFacts& facts);

// Adds /developers, /assets/public.css, /.well-known/heliograph.json, /healthz, and / with the web client;
// where there is none (`client` is empty), / is what /developers is. `client` outlives the router.
void add_public_routes(net::HttpRouter& router, const PublicFacts& facts, std::span<const Asset> client);

}  // namespace heliograph::web
