// Signing in by QR code (core.telegram.org/api/qr-login): the new device shows a token, a device that is
// signed in reads and accepts it.
#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "services/accounts/devices.h"
#include "services/accounts/keys.h"
#include "services/accounts/sign_in.h"
#include "services/caller.h"

namespace heliograph::services {

// What auth.exportLoginToken answers: either a token to show, or who the device has become.
struct LoginToken {
  Bytes token;  // empty once accepted
  UnixSeconds expires_at = 0;
  std::optional<SignedIn> accepted;
};

// The device that a token has let in, as the accepting one is told.
struct AcceptedDevice {
  std::int64_t hash = 0;
  ClientInfo client;
  UnixSeconds at = 0;
  std::string ip;
  bool password_pending = false;
};

// Thread-safe. Tokens live in memory for half a minute: a restart makes clients show a new one.
class LoginTokens {
 public:
  static constexpr UnixSeconds lifetime = 30;
  static constexpr std::size_t tokens_max = 1 << 15;

  LoginTokens(Environment& environment, KeyRing& keys, Devices& devices)
      : environment_(environment), keys_(keys), devices_(devices) {}

  // By the new device, also again and again while it waits. `except`: accounts that are signed in on the same
  // client already. Once accepted, says so; then password_required if the account has one.
  Task<Result<LoginToken>> export_token(Caller caller, AuthKeyId wire_key, std::string ip,
                                        std::vector<UserId> except);
  // auth.importLoginToken: the same about a token that this key has exported. invalid AUTH_TOKEN_INVALID,
  // AUTH_TOKEN_EXPIRED.
  Task<Result<LoginToken>> import_token(Caller caller, Bytes token);
  // By the signed-in device. Signs the new one in and tells it. invalid AUTH_TOKEN_INVALID,
  // AUTH_TOKEN_EXPIRED, AUTH_TOKEN_ALREADY_ACCEPTED, AUTH_TOKEN_EXCEPTION (excluded by the new device).
  Task<Result<AcceptedDevice>> accept(Caller caller, Bytes token);

 private:
  struct Entry {
    std::string token;
    Caller device;
    AuthKeyId wire_key;
    std::string ip;
    std::vector<UserId> except;
    UnixSeconds expires_at = 0;
    bool accepted = false;
  };
  using Order = std::list<Entry>;  // oldest first
  void forget_expired(UnixSeconds now);
  Task<Result<std::optional<SignedIn>>> accepted(Caller caller);  // none: nobody is signed in on the key

  Environment& environment_;
  KeyRing& keys_;
  Devices& devices_;
  std::mutex mutex_;
  Order order_;
  std::unordered_map<std::string, Order::iterator> by_token_;
};

}  // namespace heliograph::services
