// Ed25519 signatures (RFC 8032) over libsodium. Signing is deterministic: the same key and message give the
// same signature. Safe on any thread.
#pragma once

#include <array>

#include "base/bytes.h"
#include "crypto/secret.h"

namespace heliograph::crypto {

using Ed25519PublicKey = std::array<std::uint8_t, 32>;
using Ed25519Signature = std::array<std::uint8_t, 64>;

class Ed25519Key {
 public:
  // `seed` is the private key as RFC 8032 has it.
  explicit Ed25519Key(const SecretKey& seed);
  Ed25519Key(const Ed25519Key&) = default;
  Ed25519Key& operator=(const Ed25519Key&) = default;
  ~Ed25519Key() { wipe(secret_); }

  const Ed25519PublicKey& public_key() const { return public_; }
  Ed25519Signature sign(ByteView message) const;

 private:
  Ed25519PublicKey public_;
  std::array<std::uint8_t, 64> secret_;
};

// False also for keys and signatures of the wrong length or encoding.
bool verify_ed25519(ByteView public_key, ByteView message, ByteView signature);

}  // namespace heliograph::crypto
