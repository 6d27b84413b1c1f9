#include <gtest/gtest.h>

#include <optional>

#include "net/http_server.h"
#include "net/testing/connection.h"

namespace heliograph::net {
namespace {

class HttpSessionTest : public ::testing::Test {
 protected:
  HttpSessionTest() {
    server.router.add_function("GET", "/hello", [](const HttpRequest& request) {
      return http_text(200, "hello " + request.client.text());
    });
    server.router.add_function("POST", "/echo",
                               [](const HttpRequest& request) { return http_text(200, request.body); });
    server.limits.body_bytes = 1000;
    connect();
  }
  // An open connection and its handler own each other.
  void TearDown() override { hang_up(); }
  void hang_up() {
    if (connection) connection->close(CloseReason::peer_closed);
  }
  void connect(std::string_view remote = "192.0.2.1") {
    hang_up();
    connection = std::make_shared<testing::TestConnection>(loop, remote);
    connection->set_handler(serve_http(server, connection));
  }
  std::string send(std::string_view text) {
    connection->receive(text);
    return connection->take_written();
  }
  static bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

  HttpServer server;
  Loop loop;
  std::shared_ptr<testing::TestConnection> connection;
};

constexpr std::string_view get_hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

TEST_F(HttpSessionTest, AnswersAndKeepsTheConnection) {
  const auto answer = send(get_hello);
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\nhello 192.0.2.1"));
  EXPECT_TRUE(has(answer, "X-Content-Type-Options: nosniff\r\n"));
  EXPECT_TRUE(connection->is_open());
  EXPECT_TRUE(has(send(get_hello), "hello"));
}

TEST_F(HttpSessionTest, TakesRequestsCutAnywhere) {
  std::string all;
  for (const char c : std::string("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde")) {
    all += send({&c, 1});
  }
  EXPECT_TRUE(all.ends_with("abcde")) << all;
  const auto chunked =
      send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nxyz\r\n0\r\n\r\n");
  EXPECT_TRUE(chunked.ends_with("xyz")) << chunked;
}

TEST_F(HttpSessionTest, HeadHasTheLengthButNoBody) {
  const auto answer = send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(has(answer, "Content-Length: 15\r\n")) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(HttpSessionTest, WaitsForOneAnswerBeforeTheNextRequest) {
  std::optional<Completion<int>::Callback> later;
  server.router.add("GET", "/slow", [&](const HttpRequest&) -> Task<HttpResponse> {
    Completion<int> wait([&](Completion<int>::Callback complete) { later.emplace(std::move(complete)); });
    co_await wait;
    co_return http_text(200, "slow");
  });
  std::string written;
  // Completion resumes on the loop it was awaited on, so this test runs there.
  loop.post([&] {
    connection->receive(std::string("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n") + std::string(get_hello));
    EXPECT_EQ(connection->take_written(), "");
    EXPECT_TRUE(connection->paused());
    (*later)(1);
    loop.post_after(std::chrono::milliseconds(5), [&] {
      written = connection->take_written();
      loop.stop();
    });
  });
  loop.run();
  EXPECT_LT(written.find("slow"), written.find("hello"));
  EXPECT_FALSE(connection->paused());
}

TEST_F(HttpSessionTest, AResponseForAClientThatLeftIsDropped) {
  std::optional<Completion<int>::Callback> later;
  server.router.add("GET", "/slow", [&](const HttpRequest&) -> Task<HttpResponse> {
    Completion<int> wait([&](Completion<int>::Callback complete) { later.emplace(std::move(complete)); });
    co_await wait;
    co_return http_text(200, "slow");
  });
  loop.post([&] {
    connection->receive("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    connection->break_off();
    connection.reset();
    (*later)(1);
    loop.post_after(std::chrono::milliseconds(5), [&] { loop.stop(); });
  });
  loop.run();
}

TEST_F(HttpSessionTest, RefusesWhatItCannotTake) {
  const struct {
    std::string request;
    int status;
  } cases[] = {
      {"nonsense\r\n\r\n", 400},
      {std::string("\x16\x03\x01\x02\x00\x01\x00", 7), 400},
      {"GET /hello HTTP/1.1\r\n\r\n", 400},  // no Host
      {"GET /hello HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400},
      {"GET /a/../hello HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET hello HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(20'000, 'x'), 431},
      {"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n", 413},
      {"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + std::string(2000, 'x'),
       413},
  };
  for (const auto& c : cases) {
    connect();
    const auto answer = send(c.request);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 " + std::to_string(c.status))) << c.request.substr(0, 60) << "\n"
                                                                            << answer;
    EXPECT_TRUE(has(answer, "application/problem+json"));
    EXPECT_FALSE(connection->is_open()) << c.request.substr(0, 60);
  }
}

TEST_F(HttpSessionTest, EveryPhaseHasADeadline) {
  EXPECT_EQ(connection->deadline(), server.limits.header_time);
  send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n");
  EXPECT_EQ(connection->deadline(), server.limits.header_time);
  EXPECT_EQ(send("\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(connection->deadline(), server.limits.body_time);
  EXPECT_TRUE(send("abc").ends_with("abc"));
  EXPECT_EQ(connection->deadline(), server.limits.idle_time);
}

TEST_F(HttpSessionTest, ClosesWhenAsked) {
  EXPECT_TRUE(has(send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), "Connection: close"));
  EXPECT_FALSE(connection->is_open());
  connect();
  send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_FALSE(connection->is_open());
}

TEST_F(HttpSessionTest, BelievesForwardedAddressesFromTrustedProxiesOnly) {
  constexpr std::string_view request =
      "GET /hello HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.9, 10.0.0.2\r\n\r\n";
  EXPECT_TRUE(has(send(request), "hello 192.0.2.1"));
  server.trusted_proxies = {Network::parse("10.0.0.0/8").value()};
  connect("10.0.0.1");
  EXPECT_TRUE(has(send(request), "hello 203.0.113.9"));
}

TEST(ForwardedClient, StopsAtTheFirstHopItDoesNotTrust) {
  const std::vector<Network> trusted{Network::parse("10.0.0.0/8").value()};
  const auto client = [&](std::string_view peer, std::string_view header) {
    const auto found = forwarded_client({Address::parse(peer).value(), 50'000}, header, trusted);
    return found.port == 50'000 ? found.address.text() + " itself" : found.address.text();
  };
  EXPECT_EQ(client("10.0.0.1", "6.6.6.6, 203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(client("10.0.0.1", ""), "10.0.0.1 itself");
  EXPECT_EQ(client("10.0.0.1", "6.6.6.6, garbage"), "10.0.0.1 itself");
  EXPECT_EQ(client("203.0.113.1", "6.6.6.6"), "203.0.113.1 itself");
}

TEST(ForwardedClient, HasAPortWhereTheProxyTellsIt) {
  const std::vector<Network> trusted{Network::parse("10.0.0.0/8").value()};
  const auto port = [&](std::string_view header) {
    return forwarded_client({Address::parse("10.0.0.1").value(), 50'000}, header, trusted).port;
  };
  EXPECT_EQ(port("203.0.113.9"), 0);
  EXPECT_EQ(port("203.0.113.9:40001"), 40'001);
  EXPECT_EQ(port("[2001:db8::1]:40002"), 40'002);
  EXPECT_EQ(port("2001:db8::1"), 0);
  EXPECT_EQ(port("203.0.113.9:40001, 10.0.0.2:7"), 40'001);
  // What cannot be a hop is not believed.
  EXPECT_EQ(port("203.0.113.9:400010"), 50'000);
  EXPECT_EQ(port("203.0.113.9:"), 50'000);
}

// A WebSocket peer that says what it got.
struct Echo : Handler {
  explicit Echo(Connection& to) : connection(&to) {}
  void on_bytes(MutableByteView bytes) override { connection->write(to_bytes(bytes)); }
  void on_closed(CloseReason reason) override { closed = reason; }
  Connection* connection;
  std::optional<CloseReason> closed;
};

class UpgradeTest : public HttpSessionTest {
 protected:
  UpgradeTest() {
    server.websockets["/apiws"] = [this](const std::shared_ptr<Connection>& socket) {
      remote = socket->remote().text();
      return echo = std::make_shared<Echo>(*socket);
    };
  }
  static std::string upgrade(std::string_view extra = "Sec-WebSocket-Protocol: binary\r\n") {
    return "GET /apiws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
           std::string(extra) + "\r\n";
  }
  std::shared_ptr<Echo> echo;
  std::string remote;
};

TEST_F(UpgradeTest, FollowsTheExampleOfTheStandard) {
  const auto answer = send(upgrade());
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 101 ")) << answer;
  EXPECT_TRUE(has(answer, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
  EXPECT_TRUE(has(answer, "Sec-WebSocket-Protocol: binary\r\n"));
  EXPECT_EQ(connection->deadline(), server.websocket_first_deadline);
  EXPECT_FALSE(has(send("\x82\x83\1\1\1\1"
                        "bcd"),
                   "bcd"));  // unmasked it is "cbe"
}

TEST_F(UpgradeTest, FramesMayFollowTheRequestAtOnce) {
  const auto answer = send(upgrade() + std::string("\x82\x83\0\0\0\0abc", 9));
  EXPECT_TRUE(
      answer.ends_with("\r\n\r\n\x82\x03"
                       "abc"))
      << answer;
}

TEST_F(UpgradeTest, PingsAndClosesAreAnswered) {
  send(upgrade(""));
  EXPECT_EQ(send(std::string("\x89\x82\0\0\0\0hi", 8)), "\x8a\x02hi");
  EXPECT_EQ(send(std::string("\x88\x80\0\0\0\0", 6)), "\x88\x02\x03\xe8");
  EXPECT_FALSE(connection->is_open());
  connection->close(CloseReason::peer_closed);
  EXPECT_EQ(echo->closed, CloseReason::peer_closed);
}

TEST_F(UpgradeTest, BadFramesEndTheConnectionWithTheirCode) {
  send(upgrade());
  EXPECT_EQ(send(std::string("\x81\x81\0\0\0\0x", 7)), "\x88\x02\x03\xeb");
  EXPECT_EQ(connection->closed(), CloseReason::protocol_error);
  EXPECT_EQ(send(std::string("\x82\x81\0\0\0\0x", 7)), "");
}

TEST_F(UpgradeTest, RefusesWhatIsNoUpgrade) {
  EXPECT_TRUE(send("GET /apiws HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 426 "));
  connect();
  EXPECT_TRUE(send(upgrade("Sec-WebSocket-Protocol: chat\r\n")).starts_with("HTTP/1.1 400 "));
  connect();
  auto old = upgrade();
  old.replace(old.find("Version: 13"), 11, "Version: 12");
  EXPECT_TRUE(send(old).starts_with("HTTP/1.1 426 "));
  EXPECT_EQ(echo, nullptr);
}

TEST_F(UpgradeTest, ClientsBehindAProxyCountOneByOne) {
  Quota quota({.total = 10, .per_address = 1, .exempt = {Network::parse("10.0.0.1").value()}});
  server.quota = &quota;
  server.trusted_proxies = {Network::parse("10.0.0.1").value()};
  const auto from = [&](const std::string& client) {
    connect("10.0.0.1");
    return send(upgrade("Sec-WebSocket-Protocol: binary\r\nX-Forwarded-For: " + client + "\r\n"))
        .substr(9, 3);
  };
  EXPECT_EQ(from("203.0.113.1"), "101");
  const auto first = std::exchange(connection, nullptr);
  EXPECT_EQ(remote, "203.0.113.1");
  EXPECT_EQ(from("203.0.113.1"), "503");
  EXPECT_EQ(from("203.0.113.2"), "101");
  first->break_off();
  EXPECT_EQ(from("203.0.113.1"), "101");
  connection->break_off();
}

}  // namespace
}  // namespace heliograph::net
