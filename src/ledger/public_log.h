// What a log shows to everybody, as plain values: what an HTTP door serves.
#pragma once

#include <string>

#include "base/result.h"
#include "base/task.h"
#include "ledger/note.h"
#include "ledger/tile.h"

namespace heliograph::ledger {

class PublicLog {
 public:
  virtual ~PublicLog() = default;
  virtual const VerifierKey& key() const = 0;
  // The newest signed note; "" before there is one.
  virtual std::string checkpoint() const = 0;
  // A tile or an entry bundle, of exactly the width asked for. not_found LEDGER_TILE_MISSING when the
  // published tree has not come that far.
  virtual Task<Result<Bytes>> tile(TileId tile) const = 0;
  // A .tlog-proof that the entry at `index` is in the tree of the newest checkpoint. invalid LEDGER_RANGE.
  virtual Task<Result<std::string>> proof(std::uint64_t index) const = 0;
};

}  // namespace heliograph::ledger
