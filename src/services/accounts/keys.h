// Authorization keys: their secrets for the gateway, and who is behind each for the dispatcher.
//
// A client talks on a permanent key, or on a temporary one bound to a permanent key
// (core.telegram.org/api/pfs). Sign-in, layer and device belong to the permanent key.
#pragma once

#include <array>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "services/environment.h"

namespace heliograph::services {

struct LoadedKey {
  Bytes key;                   // 256 bytes, secret
  UnixSeconds expires_at = 0;  // temporary keys; 0: permanent
  AuthKeyId bound_to;          // temporary keys: 0 until bound
};

struct NewAuthKey {
  AuthKeyId id;
  Bytes key;                   // 256 bytes, secret
  UnixSeconds expires_at = 0;  // temporary keys; 0: permanent
};

// What initConnection says.
struct ClientInfo {
  std::int32_t layer = 0;
  std::int32_t api_id = 0;
  std::string device_model;
  std::string system_version;
  std::string app_version;
  std::string lang_code;
  bool operator==(const ClientInfo&) const = default;
};

// Who a key stands for at this moment.
struct KeyInfo {
  AuthKeyId
      permanent;  // 0: a temporary key that is not bound yet (methods that need more: AUTH_KEY_PERM_EMPTY)
  UserId user;    // 0: nobody signed in
  UserId pending_user;  // the code was right, the two-step password is still missing; user is 0 then
  ClientInfo client;    // client.layer 0: not said yet
  // The user's account is frozen until then (safety::Limit::freeze); 0: it is not. Look at the clock.
  UnixSeconds frozen_until = 0;
  UnixSeconds frozen_since = 0;
};

// The inside of auth.bindTempAuthKey's encrypted message (bind_auth_key_inner) and its envelope.
struct BindMessage {
  std::int64_t msg_id = 0;
  std::int64_t nonce = 0;
  AuthKeyId temporary;
  AuthKeyId permanent;
  SessionId session;
  UnixSeconds expires_at = 0;
};
// Decrypts it (MTProto 1.0 envelope) with the permanent key's 256 bytes; given by app, which knows the
// protocol. invalid ENCRYPTED_MESSAGE_INVALID.
using OpenBindMessage =
    std::function<Result<BindMessage>(ByteView permanent_key, ByteView encrypted_message)>;

struct BindRequest {
  AuthKeyId temporary;  // the key and session the request came on
  SessionId session;
  std::int64_t msg_id = 0;
  AuthKeyId permanent;
  std::int64_t nonce = 0;
  UnixSeconds expires_at = 0;
  Bytes encrypted_message;
};

// Thread-safe. Keeps what it has read in memory, so that known keys cost no store call.
class KeyRing {
 public:
  // So many keys are kept in memory; beyond, those not used for longest are read again when needed.
  static constexpr std::size_t cached_max = 1 << 16;
  // Activity is written no more often than this.
  static constexpr UnixSeconds touch_interval = 300;
  static constexpr UnixSeconds temporary_lifetime_max = 7 * 86400;

  KeyRing(Environment& environment, OpenBindMessage open)
      : environment_(environment), open_(std::move(open)) {}

  // For the gateway. None: the key is not known, or has expired (answer transport error -404).
  // internal SEAL_BROKEN if the data folder's key does not fit.
  Task<Result<std::optional<LoadedKey>>> load(AuthKeyId id);
  // After this returns the key survives a restart.
  Task<Status> save(NewAuthKey key);
  // Forgets the key and the temporary keys bound to it; signs nobody else out.
  Task<Status> erase(AuthKeyId id);

  // For the dispatcher. `wire_key` is the key on the wire. unauthorized AUTH_KEY_INVALID if it is not known
  // (any more).
  Task<Result<KeyInfo>> info(AuthKeyId wire_key);
  // What info() would answer, if that takes no store call. Does not suspend.
  std::optional<KeyInfo> cached(AuthKeyId wire_key);
  // Binds what initConnection said to the key; writes only what changed. `permanent` as in KeyInfo.
  Task<Status> remember(AuthKeyId permanent, ClientInfo client);
  // The key is in use from this address. Writes at most every touch_interval, or when the address changes.
  Task<Status> touch(AuthKeyId permanent, std::string ip);

  // auth.bindTempAuthKey. invalid ENCRYPTED_MESSAGE_INVALID, TEMP_AUTH_KEY_EMPTY,
  // TEMP_AUTH_KEY_ALREADY_BOUND, EXPIRES_AT_INVALID.
  Task<Status> bind(BindRequest request);
  // auth.dropTempAuthKeys: those bound to `permanent`, save `except`. Returns the ids that are gone.
  Task<Result<std::vector<AuthKeyId>>> drop_temporary(AuthKeyId permanent, std::vector<AuthKeyId> except);

  // Something about the key has been changed in the store: to be called after the commit, before the answer.
  void forget(AuthKeyId id);
  // The same, and reads it again at once, so that cached() knows the new state.
  Task<Status> refresh(AuthKeyId id);

  // Housekeeping, to be called every few minutes: expired temporary keys, and permanent ones nobody signed in
  // on for 7 days.
  Task<Result<std::size_t>> sweep();

 private:
  struct Entry {
    AuthKeyId id;
    UnixSeconds expires_at = 0;
    AuthKeyId bound_to;
    KeyInfo info;  // of a permanent key
    UnixSeconds touched_at = 0;
    UnixSeconds idle_max = 0;  // signed out when not used for so long; 0: nobody is signed in
    std::size_t ip_hash = 0;
  };
  using Order = std::list<Entry>;  // most recently used first
  struct Shard {
    std::mutex mutex;
    Order order;
    std::unordered_map<AuthKeyId, Order::iterator> by_id;
    std::uint64_t generation = 0;  // moves with every forget(): what was read before must not be kept
  };
  struct Lookup {
    std::optional<Entry> entry;
    std::uint64_t generation = 0;
  };

  Shard& shard(AuthKeyId id) { return shards_[std::hash<AuthKeyId>{}(id) % shards_.size()]; }
  Lookup lookup(AuthKeyId id);
  void keep(const Entry& entry, std::uint64_t generation);
  bool idle_too_long(const Entry& entry) const;
  Task<Status> sign_out_idle(AuthKeyId id);
  Task<Result<std::optional<Entry>>> entry(AuthKeyId id);
  Task<Result<std::optional<store::AuthKey>>> find(AuthKeyId id);
  Result<Bytes> unseal(const store::AuthKey& key) const;

  Environment& environment_;
  OpenBindMessage open_;
  std::array<Shard, 32> shards_;
};

ClientInfo client_of(const store::AuthKey& key);

// A device's address as stored in store::AuthKey::ip_sealed; "" when it cannot be opened or is not known.
Bytes seal_ip(const Environment& environment, AuthKeyId key, std::string_view ip);
std::string open_ip(const Environment& environment, const store::AuthKey& key);

}  // namespace heliograph::services
