#include "crypto/passphrase.h"

#include <sodium.h>

#include "base/assert.h"

namespace heliograph::crypto {

static_assert(std::tuple_size_v<PassphraseSalt> == crypto_pwhash_argon2id_SALTBYTES);

Result<SecretKey> key_of_passphrase(std::string_view passphrase, const PassphraseSalt& salt,
                                    const PassphraseCost& cost) {
  HG_ASSERT(cost.bearable());
  std::array<std::uint8_t, SecretKey::size> bytes{};
  if (crypto_pwhash_argon2id(bytes.data(), bytes.size(), passphrase.data(), passphrase.size(), salt.data(),
                             cost.passes, std::size_t{cost.memory_kib} * 1024,
                             crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
    return fail(Error::unavailable("MEMORY_SHORT", "There is not enough memory to make a key."));
  }
  SecretKey out(bytes);
  wipe(bytes);
  return out;
}

}  // namespace heliograph::crypto
