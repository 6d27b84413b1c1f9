#include "web/pages/assets.h"

#include <algorithm>
#include <array>

namespace heliograph::web {

namespace {

// No scripts, styles or anything else but our own files: docs/console.md.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// A worker of these pages is handed passphrases and keys: it may compile WebAssembly, and reach nobody.
constexpr std::string_view kVaultPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

// The client's: it shows pictures, sound and film that it fetched itself (blob:), and its worker, which has
// the connection, runs the encryption as WebAssembly. Only the worker may: `script`. docs/web-client.md.
std::string client_policy(std::string_view websocket_url, std::string_view script) {
  // The scheme and host of an address of the configuration, which cannot end the directive.
  auto origin = websocket_url.substr(0, websocket_url.find('/', websocket_url.find("://") + 3));
  if (origin.find_first_of(" ;,\r\n") != origin.npos) origin = {};
  return "default-src 'none'; script-src 'self'" + std::string(script) +
         "; worker-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
         "font-src 'self'; connect-src 'self' " +
         std::string(origin) +
         "; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

struct Type {
  std::string_view ending, type;
};
constexpr std::array<Type, 10> kTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
}};

std::string_view type_of(std::string_view path) {
  const auto* found =
      std::ranges::find_if(kTypes, [&](const Type& type) { return path.ends_with(type.ending); });
  return found == kTypes.end() ? std::string_view("application/octet-stream") : found->type;
}

// Whether "gzip" or "br" stands in Accept-Encoding, and not with a weight of nothing.
bool accepts(std::string_view header, std::string_view coding) {
  while (!header.empty()) {
    const auto end = std::min(header.find(','), header.size());
    auto item = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    while (item.starts_with(' ')) item.remove_prefix(1);
    const auto name_end = item.find_first_of("; ");
    if (item.substr(0, name_end) != coding) continue;
    return item.find("q=0") == item.npos || item.find("q=0.") != item.npos;
  }
  return false;
}

net::HttpResponse answer(const net::HttpRequest& request, const Asset& asset, std::string_view policy) {
  net::HttpResponse out{200, std::string(type_of(asset.path)), {}, {}};
  // The builder puts a hash into the names of what stands in assets/.
  const bool for_ever = asset.path.starts_with("assets/");
  out.headers.push_back({"Cache-Control", for_ever ? "public, max-age=31536000, immutable" : "no-cache"});
  out.headers.push_back({"Content-Security-Policy", std::string(policy)});
  out.headers.push_back({"Vary", "Accept-Encoding"});
  const auto accepted = request.header("Accept-Encoding");
  if (!asset.brotli.empty() && accepts(accepted, "br")) {
    out.headers.push_back({"Content-Encoding", "br"});
    out.body = asset.brotli;
  } else if (!asset.gzip.empty() && accepts(accepted, "gzip")) {
    out.headers.push_back({"Content-Encoding", "gzip"});
    out.body = asset.gzip;
  } else {
    out.body = asset.plain;
  }
  return out;
}

const Asset* find(std::span<const Asset> assets, std::string_view path) {
  const auto found = std::ranges::find(assets, path, &Asset::path);
  return found == assets.end() ? nullptr : &*found;
}

}  // namespace

void add_pages(net::HttpRouter& router, std::string_view place, std::span<const Asset> assets) {
  const auto serve = [assets](const net::HttpRequest& request, std::string_view path) {
    if (const auto* asset = find(assets, path)) {
      return answer(request, *asset, path.starts_with("assets/worker-") ? kVaultPolicy : kPolicy);
    }
    if (!assets.empty()) return net::http_problem(404, "There is no such file.");
    return net::http_problem(501, "This program was made without these pages; ./start makes it with them.");
  };
  const auto index = [serve](const net::HttpRequest& request) { return serve(request, "index.html"); };
  const std::string root(place);
  router.add_function("GET", root, index);
  router.add_function("GET", root + "/", index);
  router.add_function("GET", root + "/{path...}", [serve](const net::HttpRequest& request) {
    return serve(request, request.path_value("path"));
  });
}

void add_client_pages(net::HttpRouter& router, std::span<const Asset> assets,
                      std::string_view websocket_url) {
  const auto* index = find(assets, "index.html");
  if (index == nullptr) return;
  const auto page = client_policy(websocket_url, "");
  router.add_function(
      "GET", "/", [index, page](const net::HttpRequest& request) { return answer(request, *index, page); });
  // Its scope is where it stands, so it stands above /assets.
  if (const auto* service = find(assets, "sw.js")) {
    router.add_function("GET", "/sw.js", [service, page](const net::HttpRequest& request) {
      return answer(request, *service, page);
    });
  }
  const auto worker = client_policy(websocket_url, " 'wasm-unsafe-eval'");
  router.add_function("GET", "/assets/{path...}", [assets, page, worker](const net::HttpRequest& request) {
    const auto path = "assets/" + std::string(request.path_value("path"));
    const auto* asset = find(assets, path);
    if (asset == nullptr) return net::http_problem(404, "The web client has no such file.");
    return answer(request, *asset, path.starts_with("assets/worker-") ? worker : page);
  });
}

}  // namespace heliograph::web
