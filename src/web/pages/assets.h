// The pages of the browser's programs, as their build (web/build.sh) left them in web/dist when this program
// was made; none where it was made without: the web client at /, the console at /console and
// the portal at /portal.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "net/http.h"

namespace heliograph::web {

struct Asset {
  std::string_view path;  // "index.html", "assets/main-B2x9.js"
  std::string_view plain;
  std::string_view gzip, brotli;  // empty: there is no such form
};

// What is in the program.
std::span<const Asset> console_assets();
std::span<const Asset> portal_assets();
std::span<const Asset> client_assets();

// GET `place` ("/console") is index.html; what has its hash in its name may be kept for ever. `assets`
// outlive the router.
void add_pages(net::HttpRouter& router, std::string_view place, std::span<const Asset> assets);

// The web client: GET / is index.html, and its parts are in /assets. Without `assets` GET / is not added. The
// page may speak to its own server and to `websocket_url` ("wss://chat.example.org/apiws"), nobody else.
void add_client_pages(net::HttpRouter& router, std::span<const Asset> assets, std::string_view websocket_url);

}  // namespace heliograph::web
