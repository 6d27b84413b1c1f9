// Who is asking: the account, the device (authorization key) and the session a call came through.
#pragma once

#include "base/ids.h"

namespace heliograph::services {

struct Caller {
  UserId user;        // 0: not signed in
  AuthKeyId key;      // the permanent authorization key, also when the call came on a temporary one
  SessionId session;  // excluded from pushes about what the call itself changes
  // The account is frozen: of what it may call at all (api/frozen.h), it writes to built-in bots alone.
  bool frozen = false;
};

}  // namespace heliograph::services
