// The devices an account is signed in on: listing them, ending them (account.getAuthorizations and its kin),
// and how long one may stay away.
#pragma once

#include <string>
#include <vector>

#include "services/accounts/devices.h"
#include "services/accounts/keys.h"
#include "services/caller.h"

namespace heliograph::services {

struct DeviceView {
  bool current = false;  // the caller's own; its hash is 0 towards clients
  std::int64_t hash = 0;
  ClientInfo client;
  UnixSeconds signed_in_at = 0;
  UnixSeconds active_at = 0;
  std::string ip;
  bool encrypted_requests_disabled = false;
  bool call_requests_disabled = false;
};

struct DeviceList {
  std::vector<DeviceView> devices;  // the current one first, the others by activity
  std::int32_t ttl_days = 0;        // a device unused for so long is signed out
};

// Thread-safe.
class Authorizations {
 public:
  // A device signed in for less than this may not end one that was there before it.
  static constexpr UnixSeconds fresh = 86400;

  Authorizations(Environment& environment, KeyRing& keys, Devices& devices)
      : environment_(environment), keys_(keys), devices_(devices) {}

  Task<Result<DeviceList>> list(Caller caller);
  // Ends one other device. invalid HASH_INVALID (also the caller's own); not_acceptable
  // FRESH_RESET_AUTHORISATION_FORBIDDEN.
  Task<Status> end(Caller caller, std::int64_t hash);
  // Ends all others. not_acceptable FRESH_RESET_AUTHORISATION_FORBIDDEN.
  Task<Status> end_others(Caller caller);

  // 1 to 366 days. invalid TTL_DAYS_INVALID.
  Task<Status> set_ttl(Caller caller, std::int32_t days);
  // What is absent stays. `hash` 0: the caller's own device. invalid HASH_INVALID.
  Task<Status> change(Caller caller, std::int64_t hash, std::optional<bool> encrypted_requests_disabled,
                      std::optional<bool> call_requests_disabled);

 private:
  void close(const std::vector<AuthKeyId>& keys);

  Environment& environment_;
  KeyRing& keys_;
  Devices& devices_;
};

// Signs all devices of an account out but `except`, inside a transaction. Returns the keys to forget and
// close.
Result<std::vector<AuthKeyId>> deauthorize_all(store::Tx& tx, UserId user, AuthKeyId except);

}  // namespace heliograph::services
