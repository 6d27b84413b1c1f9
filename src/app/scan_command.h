// `heliograph scan` and `heliograph search-guard`: the server's own judgement over JSON lines.
#pragma once

#include <iosfwd>

#include "base/result.h"
#include "safety/scan/scanner.h"

namespace heliograph::app {

struct ScanOptions {
  safety::RulebookFiles files;
  safety::Context context;
};

// {"id","text"[,"lang","place","standing"]} a line ->
// {"id","canonical","categories","terms","action","versions",...}. A line that is no such object is answered
// with {"id","error"}, and the rest goes on.
Status scan_lines(const ScanOptions& options, std::istream& in, std::ostream& out);

// {"id","query"} a line -> {"id","effect","terms"}.
Status guard_lines(const ScanOptions& options, std::istream& in, std::ostream& out);

}  // namespace heliograph::app
