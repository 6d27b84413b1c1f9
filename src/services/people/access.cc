#include "services/people/access.h"

#include "crypto/hash.h"

namespace heliograph::services {

std::int64_t access_hash(const Environment& environment, UserId viewer, UserId user) {
  std::uint8_t ids[16];
  store_le(ids, viewer.value);
  store_le(ids + 8, user.value);
  const auto digest =
      crypto::hmac_sha256(environment.access_secret, {as_bytes("user access"), ByteView(ids)});
  const auto hash = load_le<std::int64_t>(digest.data());
  return hash == 0 ? 1 : hash;
}

bool check_access(const Environment& environment, UserId viewer, UserId user, std::int64_t hash) {
  // Not compared in constant time: guessing takes a full round trip and 2^63 tries.
  return viewer == user || access_hash(environment, viewer, user) == hash;
}

}  // namespace heliograph::services
