// Following a log from outside: fetches all of it, trusts none of it, and says whether it is what it claims
// to be. Needs nothing but the public resources, the log's key, and what it saw before.
#pragma once

#include <functional>
#include <vector>

#include "base/random.h"
#include "ledger/checkpoint.h"
#include "ledger/opening.h"

namespace heliograph::ledger {

// Gives the resource below the log's prefix ("checkpoint", "tile/0/000").
// Errors: whatever keeps it from coming.
using Fetch = std::function<Result<Bytes>(const std::string& path)>;

struct Verified {
  Checkpoint tree;
  std::string note;               // as fetched
  std::uint64_t entries[4] = {};  // by book; padding included
  std::size_t earlier = 0;        // checkpoints seen before that this one continues
  // Entries of kProvenBook that count in one cell of the log's list or in none, as is proven beside them; the
  // others of that book wait for their proof, which comes some seconds after their batch.
  std::uint64_t proven = 0;
  std::vector<std::uint64_t> opened;  // of each opening, the entry that it opens
};

// Checks: the signature and origin of the checkpoint; every entry's form; every tile against hashes computed
// from the entries; the root; that each tree in `seen` (signed by the same log) is a beginning of this one,
// which also shows that no size was signed with two roots; the proofs of single entries that are served; and
// that each of `openings` opens an entry. Errors: those of fetching and of the checkpoint; forbidden
// LEDGER_WRONG, LEDGER_OPENING_MISSING, CELL_PROOF_WRONG, whose message says what and where.
Result<Verified> verify_log(const Fetch& fetch, const VerifierKey& key, const std::vector<Checkpoint>& seen,
                            Random& random, const std::vector<Opening>& openings = {});

}  // namespace heliograph::ledger
