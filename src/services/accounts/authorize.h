// The step in which a key becomes a signed-in device, or stops being one; inside the transaction that
// decides on it. The caller calls KeyRing::forget() after the commit.
#pragma once

#include <string>
#include <vector>

#include "services/caller.h"
#include "store/tx.h"

namespace heliograph::services {

struct Authorization {
  UserId user;
  bool password_pending = false;  // the two-step password must still be given
  std::int64_t hash = 0;          // names the device towards clients: random, not 0
  UnixSeconds now = 0;
  Bytes ip_sealed;  // empty: not known
};

// Signs `caller.key` in. Unless a password is pending, the account's other devices, if there are any, hear of
// it: updateNewAuthorization and a notice from the service account.
// unauthorized AUTH_KEY_UNREGISTERED if the key is gone.
Status authorize(store::Tx& tx, const Caller& caller, const Authorization& authorization);

// Signs a key out. Returns the keys whose sessions are to be closed: itself and the temporary ones bound to
// it.
Result<std::vector<AuthKeyId>> deauthorize(store::Tx& tx, AuthKeyId key);

// As notices name a device. No address: messages are not sealed, addresses are.
std::string describe_device(const store::AuthKey& key);

}  // namespace heliograph::services
