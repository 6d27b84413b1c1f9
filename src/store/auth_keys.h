// Authorization keys (MTProto) and the authorizations (signed-in devices) that rest on them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

struct AuthKey {
  AuthKeyId id;
  Bytes key_sealed;  // 256 bytes, sealed
  UnixSeconds created_at = 0;
  UnixSeconds expires_at = 0;  // temporary keys; 0: permanent
  AuthKeyId bound_to;          // temporary keys: the permanent key it is bound to; 0: not bound
  // What initConnection said last on this key. Bound to the key, not to the session (CLIENTS.md rule 8).
  std::int32_t layer = 0;  // 0: not said yet
  std::int32_t api_id = 0;
  std::string device_model;
  std::string system_version;
  std::string app_version;
  std::string lang_code;
  // The authorization. user is 0 while nobody is signed in.
  UserId user;
  std::int64_t authorization_hash = 0;  // names the device towards clients; random, never 0 once signed in
  UnixSeconds signed_in_at = 0;
  UnixSeconds active_at = 0;
  Bytes ip_sealed;                // where it was last active from, sealed
  bool password_pending = false;  // code was right, two-step password not yet given; user is set
};

class AuthKeys {
 public:
  virtual ~AuthKeys() = default;
  // Replaces a key of the same id.
  virtual Status put(const AuthKey& key) = 0;
  virtual Result<std::optional<AuthKey>> find(AuthKeyId id) = 0;
  virtual Status erase(AuthKeyId id) = 0;  // with the temporary keys bound to it
  // Permanent keys on which this account is signed in (not those pending a password), newest activity first.
  virtual Result<std::vector<AuthKey>> of_user(UserId user) = 0;
  // Temporary keys bound to this permanent one.
  virtual Result<std::vector<AuthKeyId>> temporary_of(AuthKeyId permanent) = 0;
  virtual Status touch(AuthKeyId id, UnixSeconds active_at, ByteView ip_sealed) = 0;
  // Temporary keys past their end, and permanent keys never signed in and unused since before `idle_since`.
  virtual Result<std::size_t> erase_stale(UnixSeconds now, UnixSeconds idle_since, std::size_t limit) = 0;
};

}  // namespace heliograph::store
