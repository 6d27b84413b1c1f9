// Receipts that are checked without asking anybody (c2sp.org/tlog-proof): an entry's place in the tree of a
// signed checkpoint. File extension: .tlog-proof.
#pragma once

#include "ledger/checkpoint.h"
#include "ledger/tree.h"

namespace heliograph::ledger {

struct TlogProof {
  Bytes extra;  // opaque, authenticated by nobody; empty: none
  std::uint64_t index = 0;
  Proof inclusion;
  std::string checkpoint;  // the signed note, as served

  std::string encode() const;
  // invalid LEDGER_PROOF_INVALID. Checks the form only.
  static Result<TlogProof> parse(std::string_view encoded);
  // That the log has signed a tree that holds `entry` at `index`. Gives the checkpoint.
  // Errors: those of open_checkpoint(); forbidden LEDGER_PROOF_WRONG.
  Result<Checkpoint> verify(ByteView entry, const VerifierKey& log) const;
};

}  // namespace heliograph::ledger
