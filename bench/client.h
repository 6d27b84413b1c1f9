// A load client's connection: real sockets, real framing, real encryption; one thread, epoll.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/random.h"
#include "mtproto/auth_key.h"
#include "mtproto/cipher.h"
#include "mtproto/container.h"
#include "mtproto/testing/client_handshake.h"
#include "mtproto/testing/client_transport.h"
#include "tl/encode.h"

namespace heliograph::bench {

inline constexpr std::int32_t layer = 228;

// A key that the seed has put into the server's store, with the account signed in on it.
struct SeededKey {
  mtproto::AuthKey key;
  UserId user;
};

// Ready file descriptors, by callback.
class Poller {
 public:
  Poller();
  ~Poller();
  void add(int fd, std::function<void()> readable);
  void remove(int fd);
  // Serves events until `done`, at most `limit`. False when the limit came first.
  bool run_until(const std::function<bool()>& done, Duration limit);

 private:
  int epoll_;
  std::unordered_map<int, std::function<void()>> readable_;
};

// One TCP connection to the server, over the intermediate framing.
class Socket {
 public:
  Socket(Poller& poller, const std::string& host, int port, Random& random);
  ~Socket();
  Socket(const Socket&) = delete;
  void send(ByteView packet);
  std::function<void(ByteView packet)> on_packet;

 private:
  void readable();
  Poller& poller_;
  int fd_;
  mtproto::ClientTransport transport_;
};

// One session on a seeded key.
class Client {
 public:
  Client(Poller& poller, const std::string& host, int port, const SeededKey& key, Random& random);

  using Answer = std::function<void(ByteView result)>;
  // Sends one request and calls `answer` with what rpc_result holds (un-gzipped).
  template <typename F>
  void call(const F& request, Answer answer) {
    call_raw(tl::encode_request(request, layer).value(), std::move(answer));
  }
  void call_raw(Bytes body, Answer answer);
  // invokeWithLayer(initConnection(updates.getState)): what makes the session one that hears of updates.
  void start(std::function<void()> ready);

  std::function<void(ByteView updates)> on_updates;
  UserId user() const { return key_.user; }

 private:
  struct Pending {
    Bytes body;
    Answer answer;
  };
  void packet(ByteView bytes);
  void message(std::int64_t msg_id, std::int32_t seqno, ByteView body);
  void send_message(std::int64_t msg_id, std::int32_t seqno, ByteView body);
  std::int64_t next_msg_id();
  void transmit(std::int64_t msg_id, const Bytes& body);

  const SeededKey& key_;
  Random& random_;
  Socket socket_;
  SessionId session_;
  std::int64_t salt_ = 0;
  std::int64_t last_msg_id_ = 0;
  std::int32_t content_ = 0;
  std::unordered_map<std::int64_t, Pending> pending_;
  std::vector<std::int64_t> acks_;
  Bytes plaintext_;
};

// One key exchange on a socket of its own; calls `done` when the key is there.
class KeyExchange {
 public:
  KeyExchange(Poller& poller, const std::string& host, int port, const crypto::RsaPublicKey& server_key,
              Random& random, const Clock& clock, std::function<void()> done);

 private:
  mtproto::ClientHandshake handshake_;
  Socket socket_;
};

}  // namespace heliograph::bench
