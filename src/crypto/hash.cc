// The low-level SHA functions are marked deprecated in OpenSSL 3 in favour of EVP, which looks up the
// algorithm and allocates on each use: about as long as hashing a short message takes. Three such hashes
// are on the path of every message, hence these.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "crypto/hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>
#include <new>

#include "base/assert.h"
#include "crypto/secret.h"

namespace heliograph::crypto {

Sha1Digest sha1(std::initializer_list<ByteView> parts) {
  SHA_CTX state;
  SHA1_Init(&state);
  for (const auto part : parts) SHA1_Update(&state, part.data(), part.size());
  Sha1Digest digest;
  SHA1_Final(digest.data(), &state);
  return digest;
}

Sha256Digest sha256(std::initializer_list<ByteView> parts) {
  SHA256_CTX state;
  SHA256_Init(&state);
  for (const auto part : parts) SHA256_Update(&state, part.data(), part.size());
  Sha256Digest digest;
  SHA256_Final(digest.data(), &state);
  return digest;
}

Sha512Digest sha512(std::initializer_list<ByteView> parts) {
  SHA512_CTX state;
  SHA512_Init(&state);
  for (const auto part : parts) SHA512_Update(&state, part.data(), part.size());
  Sha512Digest digest;
  SHA512_Final(digest.data(), &state);
  return digest;
}

namespace {

// RFC 2104, over any of the hashes above.
template <std::size_t block, typename Digest>
Digest hmac(Digest (*hash)(std::initializer_list<ByteView>), ByteView key,
            std::initializer_list<ByteView> parts) {
  std::array<std::uint8_t, block> pad{};
  if (key.size() > block) {
    const auto shortened = hash({key});
    std::copy(shortened.begin(), shortened.end(), pad.begin());
  } else {
    std::copy(key.begin(), key.end(), pad.begin());
  }
  for (auto& byte : pad) byte ^= 0x36;
  Bytes inner(pad.begin(), pad.end());
  for (const auto part : parts) append(inner, part);
  const auto inner_digest = hash({inner});
  for (auto& byte : pad) byte ^= 0x36 ^ 0x5c;
  const auto digest = hash({pad, inner_digest});
  wipe(pad);
  wipe(inner);
  return digest;
}

}  // namespace

Sha256Digest hmac_sha256(ByteView key, std::initializer_list<ByteView> parts) {
  return hmac<SHA256_CBLOCK, Sha256Digest>(&sha256, key, parts);
}

Sha512Digest hmac_sha512(ByteView key, std::initializer_list<ByteView> parts) {
  return hmac<SHA512_CBLOCK, Sha512Digest>(&sha512, key, parts);
}

Sha512Digest pbkdf2_hmac_sha512(ByteView password, ByteView salt, int rounds) {
  Sha512Digest key;
  const int done = PKCS5_PBKDF2_HMAC(
      reinterpret_cast<const char*>(password.data()), static_cast<int>(password.size()), salt.data(),
      static_cast<int>(salt.size()), rounds, EVP_sha512(), static_cast<int>(key.size()), key.data());
  HG_ASSERT(done == 1);
  return key;
}

Sha256::Sha256() {
  static_assert(sizeof(SHA256_CTX) <= sizeof state_ && alignof(SHA256_CTX) <= 8);
  SHA256_Init(new (state_.data()) SHA256_CTX);
}

void Sha256::update(ByteView data) {
  SHA256_Update(std::launder(reinterpret_cast<SHA256_CTX*>(state_.data())), data.data(), data.size());
}

Sha256Digest Sha256::finish() {
  Sha256Digest digest;
  SHA256_Final(digest.data(), std::launder(reinterpret_cast<SHA256_CTX*>(state_.data())));
  return digest;
}

}  // namespace heliograph::crypto
