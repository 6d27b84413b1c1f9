// The making of an authorization key, server side (core.telegram.org/mtproto/auth_key): unencrypted messages
// in, unencrypted messages out, and at the end a key. One object per connection; no sockets, no threads.
//
//   unencrypted message   auth_key_id = 0 (8) | msg_id (8) | length (4) | data
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/rsa.h"
#include "mtproto/auth_key.h"

namespace heliograph::mtproto {

struct NewKey {
  AuthKey key;
  std::int64_t server_salt = 0;            // valid at once, and until the caller's salts rotate
  std::optional<std::int32_t> expires_in;  // seconds, positive: a temporary key
};

class Handshake {
 public:
  // One per server; must outlive every handshake. All of it is used from whatever thread calls receive().
  struct Setup {
    std::span<const crypto::RsaKey> rsa_keys;  // at least one; the first is preferred
    Random* random = nullptr;
    const Clock* clock = nullptr;
    // True if a key with this id exists already; then the client is asked to try again. May be empty.
    std::function<bool(AuthKeyId)> key_taken;
  };

  struct Reply {
    Bytes message;  // to send, as it is, as one packet
    // Set once per exchange, with dh_gen_ok. Must be stored before `message` is sent: a client uses the key
    // at once.
    std::optional<NewKey> new_key;
  };

  explicit Handshake(const Setup& setup);
  Handshake(Handshake&&) noexcept;
  Handshake& operator=(Handshake&&) noexcept;
  ~Handshake();

  // True if `packet` is an unencrypted message: to be given to receive().
  static bool is_unencrypted(ByteView packet);

  // Takes one whole packet. Takes up to a millisecond (RSA, modular exponentiation): call it on a worker,
  // never from two threads at once. A repeated request is answered as before, without a second key. req_pq
  // starts over at any time, so that several keys can be made on one connection. HANDSHAKE_INVALID for
  // anything that no correct client sends; answer with TransportError::key_unknown and close.
  Result<Reply> receive(ByteView packet);

 private:
  struct Exchange;

  Result<Reply> answer(ByteView body);
  Result<Reply> on_req_pq(ByteView body);
  Result<Reply> on_req_dh_params(ByteView body);
  Result<Reply> on_set_client_dh_params(ByteView body);
  Bytes envelope(ByteView body);

  const Setup* setup_;
  std::unique_ptr<Exchange> exchange_;
  std::int64_t last_msg_id_ = 0;
};

}  // namespace heliograph::mtproto
