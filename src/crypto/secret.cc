#include "crypto/secret.h"

#include <openssl/crypto.h>

#include "crypto/hash.h"

namespace heliograph::crypto {

bool equal_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(MutableByteView secret) {
  OPENSSL_cleanse(secret.data(), secret.size());
}

SecretKey SecretKey::derive(std::string_view label) const {
  return SecretKey(hmac_sha256(view(), {as_bytes(label)}));
}

}  // namespace heliograph::crypto
