// The seam between the gateway (app: sockets, keys, sessions) and the methods. Bytes here are TL.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/executor.h"
#include "base/ids.h"
#include "base/task.h"

namespace heliograph::api {

// One RPC request, taken out of its containers and un-gzipped; wrappers (invokeWithLayer, ...) still on.
struct Call {
  AuthKeyId key;  // as used on the wire: may be a temporary key
  SessionId session;
  std::int64_t msg_id = 0;
  std::string ip;          // where it came from, textual; personal data: seal before storing
  std::uint16_t port = 0;  // the same; 0: not known
  Bytes body;
};

// Implemented by the gateway. Thread-safe: each call is carried to the key's own thread.
class Sessions {
 public:
  virtual ~Sessions() = default;
  // Queues a TL `Updates` object for this session; silently dropped when the session is gone (the update log
  // recovers it).
  virtual void push(AuthKeyId key, SessionId session, Bytes updates) = 0;
  // Ends all sessions and connections of a key, after what is queued for them has been written.
  virtual void close_key(AuthKeyId key) = 0;
  // Forgets the key as well: further packets with it are answered with transport error -404.
  virtual void forget_key(AuthKeyId key) = 0;
};

// Implemented by api::Server. Called on the key's own executor; one key's calls may overlap in time.
class Door {
 public:
  virtual ~Door() = default;
  // The answer to put into rpc_result: a TL object or an rpc_error. Never empty.
  virtual Task<Bytes> handle(Call call) = 0;
  // About how long the answer may become, for requests whose answers are large; 0 for all others. Quick, on
  // any thread. Such a request is held back while earlier answers have not left.
  virtual std::size_t answer_bytes(ByteView) const { return 0; }
  // A connection carries this session now / no connection does any more (its endpoint may linger for
  // resends).
  virtual void session_attached(AuthKeyId key, SessionId session) = 0;
  virtual void session_detached(AuthKeyId key, SessionId session) = 0;
  // The client asked for destroy_auth_key. True: it is gone for good (answer destroy_auth_key_ok).
  virtual Task<bool> destroy_key(AuthKeyId key) = 0;
};

}  // namespace heliograph::api
