// Any bytes, cut anywhere, on an HTTP connection, with a WebSocket behind /apiws.
// The first byte chooses the cuts.
#include "base/assert.h"
#include "net/http_server.h"
#include "net/testing/connection.h"

namespace {

using namespace heliograph;

struct Sink : net::Handler {
  explicit Sink(net::Connection& to) : connection(&to) {}
  void on_bytes(MutableByteView bytes) override { connection->write(to_bytes(bytes)); }
  void on_closed(net::CloseReason) override {}
  net::Connection* connection;
};

net::HttpServer& server() {
  static auto* made = [] {
    auto* out = new net::HttpServer;
    out->limits.header_bytes = 4096;
    out->limits.body_bytes = 4096;
    out->router.add_function("GET", "/{rest...}", [](const net::HttpRequest& request) {
      return net::http_text(200, request.path + request.query_value("q").value_or(""));
    });
    out->router.add_function("POST", "/{rest...}", [](const net::HttpRequest& request) {
      return net::http_text(200, request.body);
    });
    out->websockets["/apiws"] = [](const std::shared_ptr<net::Connection>& socket) {
      return std::make_shared<Sink>(*socket);
    };
    return out;
  }();
  return *made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  net::Loop loop;
  const auto connection = std::make_shared<net::testing::TestConnection>(loop);
  connection->set_handler(net::serve_http(server(), connection));
  const std::size_t step = data[0] == 0 ? size : data[0];
  ByteView rest(data + 1, size - 1);
  while (!rest.empty() && connection->is_open()) {
    const auto count = std::min(step, rest.size());
    connection->receive(rest.first(count));
    rest = rest.subspan(count);
  }
  const auto written = connection->take_written();
  HG_ASSERT(written.empty() || written.starts_with("HTTP/1.1 "));
  connection->close(net::CloseReason::peer_closed);
  return 0;
}
