#include "crypto/box.h"

#include <sodium.h>

namespace heliograph::crypto {

static_assert(kBoxOverhead == crypto_box_SEALBYTES);

BoxKey BoxKey::generate(Random& random) {
  return of(SecretKey::generate(random));
}

BoxKey BoxKey::of(const SecretKey& secret) {
  BoxKey out;
  out.secret = secret;
  crypto_scalarmult_base(out.public_key.data(), out.secret.data());
  return out;
}

Result<Bytes> seal_to(const BoxPublicKey& key, ByteView plaintext) {
  Bytes out(plaintext.size() + kBoxOverhead);
  if (crypto_box_seal(out.data(), plaintext.data(), plaintext.size(), key.data()) != 0) {
    return fail(Error::invalid("BOX_KEY_INVALID", "Nothing can be encrypted to this key."));
  }
  return out;
}

Result<Bytes> open_box(const BoxKey& key, ByteView sealed) {
  if (sealed.size() >= kBoxOverhead) {
    Bytes out(sealed.size() - kBoxOverhead);
    if (crypto_box_seal_open(out.data(), sealed.data(), sealed.size(), key.public_key.data(),
                             key.secret.data()) == 0) {
      return out;
    }
  }
  return fail(Error::invalid("SEAL_BROKEN", "A sealed value cannot be opened."));
}

}  // namespace heliograph::crypto
