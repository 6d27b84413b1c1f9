// `heliograph ledger verify`: checks a log over HTTP as anybody may.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "base/result.h"

namespace heliograph::app {

struct VerifyOptions {
  std::string url;  // of the server, or of its log (.../ledger)
  std::string key;  // the log's verifier key; empty: the one in `state`, or else what the server says
  std::filesystem::path state;  // remembers the key and the checkpoints seen; empty: nothing is remembered
  std::vector<std::filesystem::path> openings;  // of entries that have to be in the log
};

// Prints what it found to `out`. Errors: HTTP_FAILED, LEDGER_UNREACHABLE, LEDGER_STATE_INVALID,
// LEDGER_OPENING_INVALID (with the file), and those of
// ledger/verify.h: their messages are for the person who asked.
Status verify_ledger(const VerifyOptions& options, std::ostream& out);

}  // namespace heliograph::app
