#include "crypto/one_time.h"

#include <sodium.h>

namespace heliograph::crypto {

namespace {
constexpr std::array<std::uint8_t, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES> kNoNonce{};
static_assert(kOneTimeOverhead == crypto_aead_xchacha20poly1305_ietf_ABYTES);
}  // namespace

Bytes seal_once(const SecretKey& key, ByteView plaintext, ByteView about) {
  Bytes out(plaintext.size() + kOneTimeOverhead);
  unsigned long long written = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), &written, plaintext.data(), plaintext.size(),
                                             about.data(), about.size(), nullptr, kNoNonce.data(),
                                             key.data());
  return out;
}

Result<Bytes> open_once(const SecretKey& key, ByteView sealed, ByteView about) {
  const auto broken = [] { return fail(Error::invalid("SEAL_BROKEN", "A sealed value cannot be opened.")); };
  if (sealed.size() < kOneTimeOverhead) return broken();
  Bytes out(sealed.size() - kOneTimeOverhead);
  unsigned long long written = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), &written, nullptr, sealed.data(), sealed.size(),
                                                 about.data(), about.size(), kNoNonce.data(),
                                                 key.data()) != 0) {
    return broken();
  }
  return out;
}

}  // namespace heliograph::crypto
