// `heliograph hashes`: lists of hashes are checked, taken in, given to others, and tried on files.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "safety/hashes/exchange.h"

namespace heliograph::app {

struct HashesOptions {
  enum class Action : std::uint8_t { none, check, import_list, export_bank, match };
  Action action = Action::none;
  std::string folder;              // of the banks
  std::string bank;                // import, export: its name
  std::vector<std::string> files;  // import: lists, or pictures; match: any
  // import: of the bank; empty: as it is, if it is there
  std::string category, source, version, state, expires;
  int distance = -1;  // -1: as it is
  std::string type = "pdq", format;
  bool add = false;               // import: keep what the bank has
  bool leave_out_faults = false;  // import
};

// check: a line for each bank. import: what was taken in. export: the list. match: a line of JSON for each
// file. Errors: HASHES_INVALID with file and line, FILE_UNREADABLE, CLI_INVALID; a bank that was there stays
// as it was.
Status hashes(const HashesOptions& options, UnixSeconds now, std::ostream& out);

}  // namespace heliograph::app
