// What the accounts need of the layers above: to reach a device's live sessions. Implemented by api over the
// gateway. Thread-safe; calls return at once.
#pragma once

#include "base/ids.h"

namespace heliograph::services {

class Devices {
 public:
  virtual ~Devices() = default;
  // Ends all sessions and connections of this key (permanent or temporary, as on the wire). The key itself
  // stays: what comes on it next is answered as from somebody not signed in.
  virtual void close(AuthKeyId wire_key) = 0;
  // Tells a session that waits with a QR code (core.telegram.org/api/qr-login) that it was accepted:
  // updateLoginToken. `wire_key` is the key the session uses, which may be a temporary one. The session is
  // not signed in, so the update log cannot tell it.
  virtual void login_token_accepted(AuthKeyId wire_key, SessionId session) = 0;
};

}  // namespace heliograph::services
