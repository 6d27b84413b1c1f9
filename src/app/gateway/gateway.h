// Between the sockets and the methods: connections' bytes become packets, packets go to the thread that owns
// their authorization key, requests go to api::Door, and what comes back goes out again.
//
//   link (one a connection, on the connection's loop)    transport, key exchange
//   shard (one a loop)                                   endpoints of the keys whose home it is
//
// A key's home is fixed by its id, so that all its sessions are on one thread whatever connections carry
// them.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "api/door.h"
#include "app/gateway/key_store.h"
#include "app/workers.h"
#include "crypto/rsa.h"
#include "mtproto/salts.h"
#include "mtproto/session_limits.h"
#include "net/listener.h"

namespace heliograph::app {

struct GatewayLimits {
  mtproto::SessionLimits sessions;
  // Silence after which a connection is closed, once it has shown a valid key.
  Duration idle = std::chrono::minutes(15);
  // From the end of a key exchange to the first message that uses the key.
  Duration first_message = std::chrono::seconds(20);
  // Key exchange messages (3 or 4 an exchange) per address and minute; over it: transport error 429.
  std::size_t handshake_messages_per_minute = 2400;
  // Bytes of one connection's requests being worked on; over it the connection is not read from.
  std::size_t pending_bytes = 4 * 1024 * 1024;
  // Answers of file pieces for one key that are being made or wait to be taken by the network; over it
  // further such requests wait. Keeps a client that asks for a whole file at once from looking like a slow
  // reader.
  std::size_t answer_bytes = 2 * 1024 * 1024;
  // Packets kept while their key is being read from the store; over it the connection is closed.
  std::size_t packets_while_loading = 64;
  // Different keys one connection may use; over it the connection is closed.
  std::size_t keys_per_connection = 4;
};

// Counts since the start. Thread-safe.
struct GatewayStats {
  std::atomic<std::uint64_t> handshakes_done = 0;
  std::atomic<std::uint64_t> handshakes_failed = 0;
  std::atomic<std::uint64_t> handshakes_refused = 0;  // over a limit
  std::atomic<std::uint64_t> packets = 0;
  std::atomic<std::uint64_t> packets_bad = 0;
  std::atomic<std::uint64_t> keys_unknown = 0;
  std::atomic<std::uint64_t> keys_loaded = 0;  // now in memory
  std::atomic<std::uint64_t> calls = 0;
  std::atomic<std::uint64_t> calls_running = 0;  // now
};

// What the gateway is built on. Everything outlives it.
struct GatewayParts {
  std::vector<net::Loop*> loops;
  Workers* workers = nullptr;
  const Clock* clock = nullptr;
  Random* random = nullptr;
  std::span<const crypto::RsaKey> rsa_keys;
  const mtproto::SaltSource* salts = nullptr;
  KeyStore* keys = nullptr;
};

class Gateway final : public api::Sessions {
 public:
  Gateway(const GatewayParts& parts, const GatewayLimits& limits);
  // After the loops have been joined.
  ~Gateway() override;

  // Before the loops start.
  void set_door(api::Door& door);

  // For TCP and WebSocket listeners alike.
  net::Accept acceptor();

  void push(AuthKeyId key, SessionId session, Bytes updates) override;
  void close_key(AuthKeyId key) override;
  void forget_key(AuthKeyId key) override;

  // Waits until no call is running, at most `limit`. From a thread that is no loop's.
  bool wait_until_quiet(Duration limit) const;
  const GatewayStats& stats() const;

  struct Core;  // gateway/core.h

 private:
  std::unique_ptr<Core> core_;
};

}  // namespace heliograph::app
