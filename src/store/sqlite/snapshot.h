// A database as of one moment, for looking at it from another program than the server: nothing is locked, and
// nothing can be changed.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/peer.h"
#include "store/store.h"

namespace heliograph::store::sqlite {

// Runs bodies at once, on the caller's thread. Writes fail with internal STORE_READ_TX. While it lives, the
// server's log cannot be written back past its moment, and grows. Not thread-safe.
class Snapshot : public Store {
 public:
  // `place`: a data folder or a database file. Errors: not_found STORE_NOT_FOUND; unavailable STORE_TOO_NEW,
  // STORE_TOO_OLD (no server of this version has opened it yet), STORE_FOREIGN, STORE_FAILED.
  static Result<std::unique_ptr<Snapshot>> open(const std::filesystem::path& place);

  // Every chat that the account is or was in, whatever became of that.
  virtual Result<std::vector<Peer>> ever_in(UserId user) = 0;
};

}  // namespace heliograph::store::sqlite
