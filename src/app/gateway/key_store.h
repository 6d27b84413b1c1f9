// Where the gateway finds and keeps authorization keys.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/task.h"

namespace heliograph::app {

struct StoredKey {
  AuthKeyId id;
  Bytes key;                   // 256 bytes, secret
  UnixSeconds expires_at = 0;  // temporary keys; 0: permanent
};

// Called on any loop's thread; the tasks go on there.
class KeyStore {
 public:
  virtual ~KeyStore() = default;
  // Nothing: no such key, or it has expired. An error says that it is not known whether there is one.
  virtual Task<Result<std::optional<StoredKey>>> load(AuthKeyId id) = 0;
  // The key is on disk when this ends well.
  virtual Task<Status> save(StoredKey key) = 0;
};

}  // namespace heliograph::app
