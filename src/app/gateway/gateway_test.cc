#include "app/gateway/gateway.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

#include "crypto/random.h"
#include "mtproto/cipher.h"
#include "mtproto/testing/client_handshake.h"
#include "mtproto/testing/client_transport.h"
#include "mtproto/testing/session_client.h"

namespace heliograph::app {
namespace {

using mtproto::ClientHandshake;
using mtproto::ClientTransport;
using mtproto::Framing;
using mtproto::SessionClient;

const crypto::RsaKey& server_key() {
  static const crypto::RsaKey key = crypto::RsaKey::generate();
  return key;
}

// Answers every request with its own body, and remembers what it was told.
class EchoDoor final : public api::Door {
 public:
  Task<Bytes> handle(api::Call call) override {
    {
      const std::lock_guard lock(mutex);
      last = {call.key, call.session};
      ips.push_back(call.ip);
    }
    if (hold) {
      Completion<int> released([this](Completion<int>::Callback complete) {
        const std::lock_guard lock(mutex);
        held.push_back(std::move(complete));
      });
      co_await released;
    }
    if (answer_bytes(call.body) != 0) co_return Bytes(large_answer, call.body[0]);
    co_return std::move(call.body);
  }
  // Requests that begin with such a byte ask for a large answer.
  std::size_t answer_bytes(ByteView body) const override { return body[0] >= 0xf0 ? large_answer : 0; }
  static constexpr std::size_t large_answer = 512 * 1024;
  void session_attached(AuthKeyId, SessionId session) override { note("attached", session); }
  void session_detached(AuthKeyId, SessionId session) override { note("detached", session); }
  Task<bool> destroy_key(AuthKeyId) override { co_return true; }

  bool wait_for(const std::string& event) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(5),
                            [&] { return std::ranges::find(events, event) != events.end(); });
  }
  void note(std::string_view what, SessionId session) {
    const std::lock_guard lock(mutex);
    events.push_back(std::string(what) + " " + std::to_string(session.value));
    changed.notify_all();
  }

  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> events;
  std::vector<std::string> ips;
  std::pair<AuthKeyId, SessionId> last;
  std::atomic<bool> hold = false;
  std::vector<Completion<int>::Callback> held;
};

class MemoryKeys final : public KeyStore {
 public:
  Task<Result<std::optional<StoredKey>>> load(AuthKeyId id) override {
    const std::lock_guard lock(mutex);
    ++loads;
    if (broken) co_return fail(Error::unavailable("STORE_FAILED"));
    const auto at = keys.find(id);
    if (at == keys.end()) co_return std::nullopt;
    co_return std::optional(at->second);
  }
  Task<Status> save(StoredKey key) override {
    const std::lock_guard lock(mutex);
    if (broken) co_return fail(Error::unavailable("STORE_FULL"));
    keys[key.id] = key;
    co_return Status();
  }
  std::mutex mutex;
  std::map<AuthKeyId, StoredKey> keys;
  std::atomic<bool> broken = false;
  std::atomic<int> loads = 0;
};

// A blocking client.
class Client {
 public:
  Client(std::uint16_t port, Framing framing = Framing::abridged, bool obfuscated = false)
      : transport_(framing, obfuscated, random_), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
    timeval limit{5, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  ~Client() { close(); }
  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

  void send(ByteView packet, bool quick_ack = false) {
    Bytes out;
    transport_.write(packet, out, quick_ack);
    EXPECT_EQ(::send(socket_, out.data(), out.size(), MSG_NOSIGNAL), static_cast<ssize_t>(out.size()));
  }
  // Empty: the server closed the connection.
  std::optional<Bytes> receive() {
    for (;;) {
      auto next = transport_.next();
      if (!next) return std::nullopt;
      if (*next) {
        if ((*next)->quick_ack) return Bytes{0xac};
        return to_bytes((*next)->payload);
      }
      std::array<std::uint8_t, 4096> buffer;
      const ssize_t count = ::recv(socket_, buffer.data(), buffer.size(), 0);
      if (count <= 0) return std::nullopt;
      transport_.receive(ByteView(buffer).first(static_cast<std::size_t>(count)));
    }
  }
  std::optional<mtproto::NewKey> exchange_keys(std::optional<std::int32_t> expires_in = {}) {
    ClientHandshake::Options options;
    options.expires_in = expires_in;
    ClientHandshake handshake(server_key().public_key(), options, random_, clock_);
    send(handshake.start());
    for (;;) {
      const auto packet = receive();
      if (!packet) return std::nullopt;
      auto step = handshake.receive(*packet);
      if (!step) return std::nullopt;
      if (step->new_key) return std::move(step->new_key);
      send(step->send);
    }
  }
  void send_request(SessionClient& session, const mtproto::AuthKey& key, Bytes body, bool quick_ack = false) {
    Bytes packet;
    const auto sent = session.message(std::move(body));
    mtproto::encrypt(key, mtproto::Sender::client, session.envelope(sent), random_, packet);
    send(packet, quick_ack);
  }
  // Reads until an rpc_result comes; other messages are skipped. Nothing when the connection ends first.
  std::optional<Bytes> result(const mtproto::AuthKey& key) {
    return find(key, [](const mtproto::Got& got) -> std::optional<Bytes> {
      if (got.constructor() != mtproto::id::rpc_result) return std::nullopt;
      return mtproto::read_answer(got).result;
    });
  }
  std::optional<Bytes> message(const mtproto::AuthKey& key, std::uint32_t constructor) {
    return find(key, [&](const mtproto::Got& got) -> std::optional<Bytes> {
      if (got.constructor() != constructor) return std::nullopt;
      return got.body;
    });
  }

 private:
  template <typename F>
  std::optional<Bytes> find(const mtproto::AuthKey& key, F wanted) {
    for (;;) {
      while (!got_.empty()) {
        auto found = wanted(got_.front());
        got_.pop_front();
        if (found) return found;
      }
      const auto packet = receive();
      if (!packet) return std::nullopt;
      Bytes plaintext;
      const auto message = mtproto::decrypt(key, mtproto::Sender::server, *packet, plaintext);
      if (!message) return std::nullopt;
      mtproto::OutgoingMessage outgoing;
      outgoing.msg_id = message->msg_id;
      outgoing.body = to_bytes(message->data);
      for (auto& got : SessionClient::take_apart(outgoing)) got_.push_back(std::move(got));
    }
  }

  std::deque<mtproto::Got> got_;
  crypto::SystemRandom random_;
  SystemClock clock_;
  ClientTransport transport_;
  int socket_;
};

class GatewayTest : public ::testing::Test {
 protected:
  void start(GatewayLimits limits = {}) {
    GatewayParts parts;
    parts.loops = {&loops[0], &loops[1]};
    parts.workers = &*workers;
    parts.clock = &clock;
    parts.random = &random;
    parts.rsa_keys = {&server_key(), 1};
    parts.salts = &salts;
    parts.keys = &keys;
    gateway = std::make_unique<Gateway>(parts, limits);
    gateway->set_door(door);
    net::ListenOptions options;
    options.address = {"127.0.0.1", 0};
    listener =
        std::move(net::Listener::open(options, parts.loops, quota, stats, gateway->acceptor()).value());
    for (auto& loop : loops) loop.start();
    listener->start();
  }
  void TearDown() override {
    listener.reset();
    for (auto& loop : loops) loop.stop();
    for (auto& loop : loops) loop.join();
    workers.reset();
    gateway.reset();
  }
  std::uint16_t port() const { return listener->port(); }
  SessionClient session(const mtproto::NewKey& key, std::int64_t id) {
    return SessionClient(clock, id, key.server_salt);
  }

  SystemClock clock;
  crypto::SystemRandom random;
  mtproto::SaltSource salts{crypto::SecretKey::generate(random)};
  net::Quota quota{net::Quota::Sizes{}};
  net::Stats stats;
  EchoDoor door;
  MemoryKeys keys;
  std::array<net::Loop, 2> loops;
  std::optional<Workers> workers{std::in_place, 1, 100};
  std::unique_ptr<Gateway> gateway;
  std::unique_ptr<net::Listener> listener;
};

TEST_F(GatewayTest, CarriesAKeyExchangeAndARequestOnEveryTransport) {
  start();
  const struct {
    Framing framing;
    bool obfuscated;
  } transports[] = {{Framing::abridged, false},    {Framing::abridged, true}, {Framing::intermediate, false},
                    {Framing::intermediate, true}, {Framing::padded, true},   {Framing::full, false}};
  std::int64_t id = 100;
  for (const auto& t : transports) {
    Client client(port(), t.framing, t.obfuscated);
    const auto key = client.exchange_keys();
    ASSERT_TRUE(key);
    EXPECT_TRUE(keys.keys.contains(key->key.id())) << "stored before the client is told";
    auto s = session(*key, ++id);
    client.send_request(s, key->key, mtproto::rpc(0x12345678));
    EXPECT_EQ(client.result(key->key), mtproto::rpc(0x12345678));
    EXPECT_TRUE(door.wait_for("attached " + std::to_string(id)));
    client.close();
    EXPECT_TRUE(door.wait_for("detached " + std::to_string(id)));
  }
  EXPECT_EQ(door.ips.front(), "127.0.0.1");
  EXPECT_EQ(gateway->stats().handshakes_done, 6u);
}

TEST_F(GatewayTest, FindsStoredKeysAndServesSeveralConnectionsOfOne) {
  start();
  std::optional<mtproto::NewKey> key;
  {
    Client client(port());
    key = client.exchange_keys();
    ASSERT_TRUE(key);
  }
  std::vector<std::unique_ptr<Client>> clients;
  for (std::int64_t id = 1; id <= 4; ++id) {  // connections land on both loops
    clients.push_back(std::make_unique<Client>(port()));
    auto s = session(*key, id);
    clients.back()->send_request(s, key->key, mtproto::rpc(static_cast<std::uint32_t>(0x1000 + id)));
  }
  for (std::uint32_t id = 1; id <= 4; ++id) {
    EXPECT_EQ(clients[id - 1]->result(key->key), mtproto::rpc(0x1000 + id));
  }
}

// Together more than a connection may have unsent, and more than the kernel takes.
TEST_F(GatewayTest, LargeAnswersWaitForTheReader) {
  start();
  Client client(port());
  const auto key = client.exchange_keys();
  ASSERT_TRUE(key);
  auto s = session(*key, 1);
  constexpr int count = 24;
  for (int i = 0; i < count; ++i) client.send_request(s, key->key, mtproto::rpc(0xf0));
  client.send_request(s, key->key, mtproto::rpc(0x10));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));  // the client has other things to do
  int large = 0, small = 0;
  for (int i = 0; i <= count; ++i) {
    const auto answer = client.result(key->key);
    ASSERT_TRUE(answer) << "closed after " << large;
    ++(answer->size() == EchoDoor::large_answer ? large : small);
  }
  EXPECT_EQ(large, count);
  EXPECT_EQ(small, 1);
  EXPECT_EQ(stats.slow_readers, 0u);
}

TEST_F(GatewayTest, AnUnknownKeyIsToldSo) {
  start();
  Client client(port());
  Bytes packet(8 + 16 + 64, 0x55);
  client.send(packet);
  const auto answer = client.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(ClientTransport::error_of(*answer), -404);
  EXPECT_FALSE(client.receive()) << "and the connection ends";
}

TEST_F(GatewayTest, AStoreThatFailsDoesNotMakeClientsForgetTheirKeys) {
  start();
  keys.broken = true;
  Client client(port());
  client.send(Bytes(8 + 16 + 64, 0x55));
  EXPECT_FALSE(client.receive()) << "closed without -404";
  Client other(port());
  EXPECT_FALSE(other.exchange_keys()) << "no key is given that was not stored";
}

TEST_F(GatewayTest, PacketsThatDoNotDecryptEndTheConnection) {
  start();
  Client client(port());
  const auto key = client.exchange_keys();
  ASSERT_TRUE(key);
  Bytes packet(8 + 16 + 64, 0x55);
  store_le(packet.data(), key->key.id().value);
  client.send(packet);
  EXPECT_FALSE(client.receive());
  EXPECT_EQ(gateway->stats().packets_bad, 1u);
}

TEST_F(GatewayTest, PushesReachTheSession) {
  start();
  Client client(port());
  const auto key = client.exchange_keys();
  ASSERT_TRUE(key);
  auto s = session(*key, 7);
  client.send_request(s, key->key, mtproto::rpc());
  ASSERT_TRUE(client.result(key->key));
  gateway->push(key->key.id(), SessionId(7), mtproto::rpc(0x77777777));
  EXPECT_TRUE(client.message(key->key, 0x77777777));
  gateway->push(key->key.id(), SessionId(8), mtproto::rpc(0x77777777));  // no such session: dropped
  gateway->push(AuthKeyId(1), SessionId(7), mtproto::rpc(0x77777777));
}

TEST_F(GatewayTest, ClosingAKeyEndsItsConnectionsAfterWhatIsQueued) {
  start();
  Client client(port());
  const auto key = client.exchange_keys();
  ASSERT_TRUE(key);
  auto s = session(*key, 7);
  client.send_request(s, key->key, mtproto::rpc());
  ASSERT_TRUE(client.result(key->key));
  gateway->push(key->key.id(), SessionId(7), mtproto::rpc(0x77777777));
  gateway->close_key(key->key.id());
  EXPECT_TRUE(client.message(key->key, 0x77777777));
  EXPECT_FALSE(client.receive());
  EXPECT_TRUE(door.wait_for("detached 7"));
}

TEST_F(GatewayTest, AddressesThatAskForTooManyKeysWait) {
  GatewayLimits limits;
  limits.handshake_messages_per_minute = 4;
  start(limits);
  Client first(port());
  ASSERT_TRUE(first.exchange_keys());
  Client second(port());
  second.send(Bytes(40, 0));
  const auto one = second.receive();  // the fourth message is admitted, and garbage
  ASSERT_TRUE(one);
  EXPECT_EQ(ClientTransport::error_of(*one), -404);
  Client third(port());
  third.send(Bytes(40, 0));
  const auto answer = third.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(ClientTransport::error_of(*answer), -429);
}

TEST_F(GatewayTest, AConnectionWithTooMuchUnansweredIsNotReadFrom) {
  GatewayLimits limits;
  limits.pending_bytes = 64 * 1024;
  start(limits);
  door.hold = true;
  Client client(port());
  const auto key = client.exchange_keys();
  ASSERT_TRUE(key);
  auto s = session(*key, 7);
  for (int i = 0; i < 100; ++i) client.send_request(s, key->key, mtproto::rpc(0x1000, 4096));
  const auto running = [&] { return gateway->stats().calls_running.load(); };
  for (std::uint64_t seen = 0; running() == 0 || running() != seen;) {
    seen = running();
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
  }
  EXPECT_GE(running(), 3u);
  EXPECT_LT(running(), 90u)
      << "what was on its way while the loop of the session was busy may still come, not all of it";
  door.hold = false;
  {
    const std::lock_guard lock(door.mutex);
    for (auto& release : door.held) release(0);
  }
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(client.result(key->key)) << i;
}

TEST_F(GatewayTest, WhateverComesInsteadOfMtprotoIsClosed) {
  start();
  for (const std::string_view text :
       {"GET / HTTP/1.1\r\n\r\n", "\x16\x03\x01\x02\x05\x01\x02\x03", "hello there"}) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port());
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
    std::string padded(text);
    padded.resize(200, 'x');
    ::send(socket, padded.data(), padded.size(), MSG_NOSIGNAL);
    timeval limit{5, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    char byte;
    EXPECT_LE(::recv(socket, &byte, 1, 0), 0);
    ::close(socket);
  }
}

}  // namespace
}  // namespace heliograph::app
