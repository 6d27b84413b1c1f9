#include "mtproto/auth_key.h"

#include "crypto/hash.h"
#include "crypto/secret.h"

namespace heliograph::mtproto {

AuthKey::AuthKey(const Value& bytes) : bytes_(bytes) {
  const auto digest = crypto::sha1(bytes_);
  id_ = AuthKeyId(load_le<std::int64_t>(digest.data() + 12));
  aux_hash_ = load_le<std::uint64_t>(digest.data());
}

AuthKey::~AuthKey() {
  crypto::wipe(bytes_);
}

}  // namespace heliograph::mtproto
