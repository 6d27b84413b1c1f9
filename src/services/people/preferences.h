// Small switches of an account that only its own clients and one place in the server look at.
#pragma once

#include "base/codec.h"
#include "services/caller.h"
#include "services/environment.h"
#include "store/tx.h"

namespace heliograph::services {

// account.setContactSignUpNotification: whether no message is wanted when a contact joins.
Result<bool> silent_about_sign_ups(store::Tx& tx, UserId owner);

// Thread-safe.
class Preferences {
 public:
  explicit Preferences(const Environment& environment) : environment_(environment) {}

  Task<Result<bool>> silent_about_sign_ups(UserId owner) const;
  Task<Status> set_silent_about_sign_ups(Caller caller, bool silent);

  // account.setContentSettings: whether sensitive content is shown without asking.
  Task<Result<bool>> sensitive_content(UserId owner) const;
  Task<Status> set_sensitive_content(Caller caller, bool shown);

 private:
  const Environment& environment_;
};

}  // namespace heliograph::services
