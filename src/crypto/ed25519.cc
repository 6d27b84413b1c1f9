#include "crypto/ed25519.h"

#include <sodium.h>

namespace heliograph::crypto {

Ed25519Key::Ed25519Key(const SecretKey& seed) {
  crypto_sign_seed_keypair(public_.data(), secret_.data(), seed.data());
}

Ed25519Signature Ed25519Key::sign(ByteView message) const {
  Ed25519Signature out;
  crypto_sign_detached(out.data(), nullptr, message.data(), message.size(), secret_.data());
  return out;
}

bool verify_ed25519(ByteView public_key, ByteView message, ByteView signature) {
  return public_key.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(signature.data(), message.data(), message.size(), public_key.data()) ==
             0;
}

}  // namespace heliograph::crypto
