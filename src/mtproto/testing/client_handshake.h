// A client's side of Handshake, for tests and the load client. It checks everything a careful client must
// (core.telegram.org/mtproto/auth_key, core.telegram.org/mtproto/security_guidelines).
#pragma once

#include <functional>
#include <optional>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/dh.h"
#include "crypto/rsa.h"
#include "mtproto/handshake.h"
#include "mtproto/handshake_crypto.h"

namespace heliograph::mtproto {

class ClientHandshake {
 public:
  struct Options {
    bool multi = true;                       // req_pq_multi rather than req_pq
    bool legacy_padding = false;             // rather than RSA_PAD
    std::optional<std::int32_t> dc;          // sends p_q_inner_data_dc
    std::optional<std::int32_t> expires_in;  // asks for a temporary key
  };

  // What to do after a packet.
  struct Step {
    Bytes send;                     // the next packet; empty at the end
    std::optional<NewKey> new_key;  // the end
    std::int32_t server_time = 0;   // at the end
  };

  // `server_key`, `random` and `clock` must outlive the object.
  ClientHandshake(const crypto::RsaPublicKey& server_key, Options options, Random& random, const Clock& clock)
      : server_key_(server_key), options_(options), random_(random), clock_(clock) {}

  // The first packet.
  Bytes start();
  // Error codes say what the server got wrong: NONCE_WRONG, KEY_UNKNOWN, ANSWER_INVALID, DH_FAILED.
  Result<Step> receive(ByteView packet);

  // For tests that need to send something wrong: seen just before it is sealed and sent.
  std::function<void(PqInner&)> change_pq_inner;
  std::function<void(crypto::DhNumber&)> change_g_b;

 private:
  Result<Step> on_res_pq(ByteView body);
  Result<Step> on_dh_params(ByteView body);
  Result<Step> on_dh_gen(std::uint32_t id, ByteView body);
  Bytes client_dh_params();
  Bytes envelope(ByteView body);

  const crypto::RsaPublicKey& server_key_;
  Options options_;
  Random& random_;
  const Clock& clock_;
  std::int64_t last_msg_id_ = 0;

  Nonce nonce_{};
  Nonce server_nonce_{};
  NewNonce new_nonce_{};
  crypto::DhNumber g_a_{};
  std::int32_t server_time_ = 0;
  std::int64_t retry_id_ = 0;
  std::optional<AuthKey> key_;
};

}  // namespace heliograph::mtproto
