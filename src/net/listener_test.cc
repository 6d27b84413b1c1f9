// Real sockets on loopback.
#include "net/listener.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace heliograph::net {
namespace {

class Peer {
 public:
  explicit Peer(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
    const timeval limit{5, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  ~Peer() { ::close(socket_); }
  void send(std::string_view text) { ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }
  // Up to `size` bytes; fewer when the server closes.
  std::string receive(std::size_t size) {
    std::string out(size, '\0');
    std::size_t got = 0;
    while (got < size) {
      const auto count = ::recv(socket_, out.data() + got, size - got, 0);
      if (count <= 0) break;
      got += static_cast<std::size_t>(count);
    }
    out.resize(got);
    return out;
  }
  bool closed() {
    char byte;
    return ::recv(socket_, &byte, 1, 0) <= 0 && errno != EAGAIN;
  }

 private:
  int socket_;
};

class ListenerTest : public ::testing::Test {
 protected:
  struct Recorder : Handler {
    Recorder(ListenerTest& test, std::shared_ptr<Connection> on) : owner(test), connection(on) {}
    void on_bytes(MutableByteView bytes) override { owner.on_bytes(*connection.lock(), bytes); }
    void on_closed(CloseReason reason) override {
      const std::lock_guard lock(owner.mutex);
      owner.closed.push_back(reason);
      owner.changed.notify_all();
    }
    ListenerTest& owner;
    std::weak_ptr<Connection> connection;
  };

  void start(Quota::Sizes sizes = {}, ListenOptions options = {}) {
    quota.emplace(sizes);
    options.address = {"127.0.0.1", 0};
    auto opened = Listener::open(options, {&loops[0], &loops[1]}, *quota, stats,
                                 [this](const std::shared_ptr<Connection>& connection) {
                                   return std::make_shared<Recorder>(*this, connection);
                                 });
    ASSERT_TRUE(opened) << opened.error().message;
    listener = std::move(*opened);
    for (auto& loop : loops) loop.start();
    listener->start();
  }
  void TearDown() override {
    listener.reset();
    for (auto& loop : loops) loop.stop();
    for (auto& loop : loops) loop.join();
    EXPECT_EQ(stats.open, 0u);
  }
  std::optional<CloseReason> wait_closed() {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, std::chrono::seconds(5), [&] { return !closed.empty(); });
    return closed.empty() ? std::nullopt : std::optional(closed.front());
  }
  std::function<void(Connection&, MutableByteView)> on_bytes =
      [](Connection& connection, MutableByteView bytes) { connection.write(to_bytes(bytes)); };

  std::optional<Quota> quota;
  Stats stats;
  std::array<Loop, 2> loops;
  std::unique_ptr<Listener> listener;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<CloseReason> closed;
};

TEST_F(ListenerTest, CarriesBytesBothWays) {
  start();
  Peer a(listener->port()), b(listener->port());
  a.send("one");
  b.send("two");
  EXPECT_EQ(a.receive(3), "one");
  EXPECT_EQ(b.receive(3), "two");
  const std::string large(1'000'000, 'x');
  std::thread sender([&] { a.send(large); });
  EXPECT_EQ(a.receive(large.size()).size(), large.size());
  sender.join();
  EXPECT_EQ(stats.bytes_in, 1'000'006u);
}

TEST_F(ListenerTest, ClosesAReaderThatIsTooSlow) {
  on_bytes = [](Connection& connection, MutableByteView) {
    for (int i = 0; i < 1000; ++i) connection.write(Bytes(64 * 1024));
    EXPECT_FALSE(connection.is_open());
    EXPECT_EQ(connection.unsent(), 0u);
  };
  start();
  Peer peer(listener->port());
  peer.send("go");
  EXPECT_EQ(wait_closed(), CloseReason::slow_reader);
  EXPECT_EQ(stats.slow_readers, 1u);
}

TEST_F(ListenerTest, ClosesAReaderThatStopsReading) {
  on_bytes = [](Connection& connection, MutableByteView) {
    for (int i = 0; i < 200; ++i) connection.write(Bytes(64 * 1024));  // more than the kernel takes
  };
  ListenOptions options;
  options.connection.unsent_bytes = 100'000'000;
  options.connection.stall = std::chrono::milliseconds(300);
  start({}, options);
  Peer peer(listener->port());
  peer.send("go");
  EXPECT_EQ(wait_closed(), CloseReason::slow_reader);
}

TEST_F(ListenerTest, ClosesAtTheDeadlineUnlessItIsLifted) {
  on_bytes = [](Connection& connection, MutableByteView bytes) {
    connection.set_deadline(std::nullopt);
    connection.set_idle_limit(std::chrono::milliseconds(400));
    connection.write(to_bytes(bytes));
  };
  ListenOptions options;
  options.first_deadline = std::chrono::milliseconds(300);
  start({}, options);
  Peer silent(listener->port()), busy(listener->port());
  busy.send("x");
  EXPECT_EQ(busy.receive(1), "x");
  EXPECT_TRUE(silent.closed());
  EXPECT_EQ(wait_closed(), CloseReason::timed_out);
  EXPECT_TRUE(busy.closed()) << "idle for too long";
  EXPECT_EQ(stats.time_outs, 2u);
}

TEST_F(ListenerTest, ManyConnectionsOfOneAddressAreTurnedAway) {
  start({.total = 100, .per_address = 2, .exempt = {}});
  Peer a(listener->port()), b(listener->port());
  a.send("a");
  b.send("b");
  a.receive(1);
  b.receive(1);
  Peer c(listener->port());
  EXPECT_TRUE(c.closed());
  EXPECT_EQ(stats.refused_address, 1u);
  a.send("still here");
  EXPECT_EQ(a.receive(10), "still here");
}

TEST_F(ListenerTest, FinishSendsWhatIsQueued) {
  const std::string text(300'000, 'y');
  on_bytes = [&](Connection& connection, MutableByteView) {
    connection.write(Bytes(text.begin(), text.end()));
    connection.finish();
    connection.write({1});  // too late
  };
  start();
  Peer peer(listener->port());
  peer.send("go");
  EXPECT_EQ(peer.receive(text.size() + 1), text);
  EXPECT_EQ(wait_closed(), CloseReason::closed_by_us);
}

TEST_F(ListenerTest, APausedConnectionIsNotReadFrom) {
  std::atomic<int> reads = 0;
  on_bytes = [&](Connection& connection, MutableByteView) {
    ++reads;
    connection.pause_reading(true);
    connection.loop().post_after(std::chrono::milliseconds(50), [&, keep = connection.shared_from_this()] {
      EXPECT_EQ(reads, 1);
      on_bytes = [](Connection& again, MutableByteView bytes) { again.write(to_bytes(bytes)); };
      keep->pause_reading(false);
    });
  };
  start();
  Peer peer(listener->port());
  peer.send("first");
  while (reads == 0) std::this_thread::yield();
  peer.send("second");
  EXPECT_EQ(peer.receive(6), "second");
}

TEST_F(ListenerTest, StoppingClosesEverything) {
  start();
  Peer peer(listener->port());
  peer.send("x");
  peer.receive(1);
  for (auto& loop : loops) loop.stop();
  EXPECT_TRUE(peer.closed());
  EXPECT_EQ(wait_closed(), CloseReason::shutdown);
}

TEST(Listener, SaysWhyItCannotListen) {
  Loop loop;
  Quota quota({});
  Stats stats;
  ListenOptions options;
  options.address = {"192.0.2.1", 1};  // an address this machine does not have
  const auto opened = Listener::open(options, {&loop}, quota, stats, nullptr);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "NET_LISTEN_FAILED");
  EXPECT_NE(opened.error().message.find("192.0.2.1:1"), std::string::npos);
}

}  // namespace
}  // namespace heliograph::net
