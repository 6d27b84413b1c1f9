// Deleting accounts: by their owners, and of those who stay away (core.telegram.org/api/account-deletion).
//
// What is left is a nameless "deleted account", so that the messages in other people's boxes still have a
// sender. The phone number and the username are free again at once; the account's own box is emptied after
// that.
#pragma once

#include "services/accounts/devices.h"
#include "services/accounts/keys.h"
#include "services/accounts/password.h"
#include "services/caller.h"
#include "services/people/users.h"

namespace heliograph::services {

// Thread-safe.
class Deletion {
 public:
  static constexpr std::int32_t ttl_days_min = 30;
  static constexpr std::int32_t ttl_days_max = 730;

  Deletion(Environment& environment, KeyRing& keys, Passwords& passwords, Users& users, Devices& devices)
      : environment_(environment), keys_(keys), passwords_(passwords), users_(users), devices_(devices) {}

  // Errors of Passwords::check(); invalid PASSWORD_HASH_INVALID also where there is a password and no proof.
  Task<Status> delete_account(Caller caller, PasswordProof proof);

  Task<Result<std::int32_t>> ttl(Caller caller);
  // invalid TTL_DAYS_INVALID.
  Task<Status> set_ttl(Caller caller, std::int32_t days);

  // Housekeeping, every hour or so: deletes accounts nobody has used for their ttl, and finishes what a
  // restart interrupted. Returns how many accounts were deleted.
  Task<Result<std::size_t>> sweep();

 private:
  Task<Status> erase_person(UserId user, AuthKeyId own);
  Task<Status> empty_box(UserId user);

  Environment& environment_;
  KeyRing& keys_;
  Passwords& passwords_;
  Users& users_;
  Devices& devices_;
};

}  // namespace heliograph::services
