// Checkpoints (c2sp.org/tlog-checkpoint): the size and root of a log, as the text of a signed note.
#pragma once

#include "ledger/hash.h"
#include "ledger/note.h"

namespace heliograph::ledger {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root{};

  std::string text() const;
  // invalid LEDGER_CHECKPOINT_INVALID. Extension lines are let through and dropped.
  static Result<Checkpoint> parse(std::string_view note_text);
  bool operator==(const Checkpoint&) const = default;
};

// A note that `key` has signed, whose text is a checkpoint of the log of that name.
// Errors: those of Note and Checkpoint; forbidden LEDGER_ORIGIN_WRONG.
Result<Checkpoint> open_checkpoint(const Note& note, const VerifierKey& key);

}  // namespace heliograph::ledger
