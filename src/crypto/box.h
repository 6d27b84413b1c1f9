// Encrypting to somebody's X25519 key (libsodium's sealed box): whoever holds the private half opens it, and
// nothing says who sent it. Safe on any thread.
#pragma once

#include "base/result.h"
#include "crypto/secret.h"

namespace heliograph::crypto {

using BoxPublicKey = std::array<std::uint8_t, 32>;

struct BoxKey {
  BoxPublicKey public_key{};
  SecretKey secret;
  static BoxKey generate(Random& random);
  // Of a private half that is there.
  static BoxKey of(const SecretKey& secret);
};

inline constexpr std::size_t kBoxOverhead = 48;

// invalid BOX_KEY_INVALID: no key that anybody could have made.
Result<Bytes> seal_to(const BoxPublicKey& key, ByteView plaintext);
// invalid SEAL_BROKEN.
Result<Bytes> open_box(const BoxKey& key, ByteView sealed);

}  // namespace heliograph::crypto
