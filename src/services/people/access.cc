#include "services/people/access.h"

#include "crypto/hash.h"

namespace heliograph::services {

namespace {

std::int64_t keyed(const Environment& environment, std::string_view purpose, UserId viewer, std::int64_t id) {
  std::uint8_t ids[16];
  store_le(ids, viewer.value);
  store_le(ids + 8, id);
  const auto digest = crypto::hmac_sha256(environment.access_secret, {as_bytes(purpose), ByteView(ids)});
  const auto hash = load_le<std::int64_t>(digest.data());
  return hash == 0 ? 1 : hash;
}

}  // namespace

std::int64_t access_hash(const Environment& environment, UserId viewer, UserId user) {
  return keyed(environment, "user access", viewer, user.value);
}

std::int64_t access_hash(const Environment& environment, UserId viewer, Peer peer) {
  if (peer.is_user()) return access_hash(environment, viewer, peer.user());
  if (peer.is_chat()) return 0;
  return keyed(environment, "channel access", viewer, peer.id);
}

bool check_access(const Environment& environment, UserId viewer, UserId user, std::int64_t hash) {
  // Not compared in constant time: guessing takes a full round trip and 2^63 tries.
  return viewer == user || access_hash(environment, viewer, user) == hash;
}

bool check_access(const Environment& environment, UserId viewer, Peer peer, std::int64_t hash) {
  return access_hash(environment, viewer, peer) == hash;
}

}  // namespace heliograph::services
