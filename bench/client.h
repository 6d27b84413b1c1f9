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
#include "tl/core_i.h"
#include "tl/encode.h"

namespace heliograph::bench {

inline constexpr std::int32_t layer = 228;

// The load client has no way to go on when its own side fails, or when the server does what it must not.
[[noreturn]] void give_up(const std::string& why);

// A key that the seed has put into the server's store, with the account signed in on it. Accounts come in
// pairs, each the other's partner.
struct SeededKey {
  mtproto::AuthKey key;
  UserId user;
  UserId partner;
  std::int64_t partner_hash = 0;  // the partner's access hash for this account
};

class Socket;

// The sockets of one thread. What they are given to send leaves once a round, so that several messages of one
// socket cost one system call.
class Poller {
 public:
  Poller();
  ~Poller();
  Poller(const Poller&) = delete;
  // Serves the sockets until `done`, at most `limit`. False when the limit came first.
  bool run_until(const std::function<bool()>& done, Duration limit);

 private:
  friend class Socket;
  void flush();
  int epoll_;
  std::vector<Socket*> unsent_;
};

// One TCP connection to the server, over the intermediate framing.
class Socket {
 public:
  Socket(Poller& poller, const std::string& host, int port, Random& random);
  // Not from its own on_packet.
  ~Socket();
  Socket(const Socket&) = delete;
  void send(ByteView packet);
  std::function<void(ByteView packet)> on_packet;

 private:
  friend class Poller;
  void readable();
  void flush();
  Poller& poller_;
  int fd_;
  mtproto::ClientTransport transport_;
  Bytes unsent_;
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
  // Says now what has been received; otherwise that goes along with calls.
  void acknowledge();

  std::function<void(ByteView updates)> on_updates;
  const SeededKey& key() const { return key_; }
  // The partner as a peer.
  tl::Box<tl::InputPeer> partner() const;

 private:
  struct Pending {
    Bytes body;
    Answer answer;
  };
  void packet(ByteView bytes);
  void message(std::int64_t msg_id, std::int32_t seqno, ByteView body);
  void send_message(std::int64_t msg_id, std::int32_t seqno, ByteView body);
  Bytes take_acks();
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
};

// One key exchange on a socket of its own.
class KeyExchange {
 public:
  KeyExchange(Poller& poller, const std::string& host, int port, const crypto::RsaPublicKey& server_key,
              Random& random, const Clock& clock);
  bool done() const { return done_; }

 private:
  bool done_ = false;
  mtproto::ClientHandshake handshake_;
  Socket socket_;
};

}  // namespace heliograph::bench
