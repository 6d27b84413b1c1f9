// `heliograph ledger monitor`: follows somebody's log over HTTP as anybody may, and says when something is
// wrong with it.
#pragma once

#include <atomic>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "ledger/verify.h"

namespace heliograph::app {

struct MonitorOptions {
  std::string url;  // of the server, or of its log (.../ledger)
  std::string key;  // the log's verifier key; empty: the one in `state`, or else what the server says
  std::filesystem::path state;      // remembers the key and the newest checkpoint
  std::int64_t every_seconds = 60;  // how often it looks
  std::int64_t batch_seconds = 60;  // how often a batch ought to come; three times that without one is late
  std::int64_t pad_to = 0;          // entries of each book in a batch: a multiple of this; 0: not checked
  std::int64_t rounds = 0;          // after so many looks it ends; 0: it does not
  std::string hook;                 // told what is wrong as JSON (POST); empty: nobody
};

// What one look at the log says. Pure: the log is what `fetch` gives.
struct Look {
  ledger::Checkpoint tree;
  std::string note;
  std::uint64_t entries[4] = {};  // new ones, by book
};
// Checks signature and origin, that the tree continues `before` (size 0: none), every new entry against the
// tree, and what padding has to be. Errors: those of fetching and of the checkpoint; forbidden LEDGER_WRONG.
Result<Look> look_at_log(const ledger::Fetch& fetch, const ledger::VerifierKey& key,
                         const ledger::Checkpoint& before, std::uint64_t pad_to);

// A line for each look; one that begins with ALARM for what is wrong. Ends with LEDGER_WRONG as soon as the
// log has two histories (its state is kept, so that it can be shown), and with the first alarm when `rounds`
// is given.
Status monitor_ledger(const MonitorOptions& options, std::ostream& out);

}  // namespace heliograph::app
