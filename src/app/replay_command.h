// `heliograph replay`: judges again what was written in public in some days, by rules that may be others than
// those in force, and says what would be different. Changes nothing.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "safety/scan/scanner.h"

namespace heliograph::app {

struct ReplayOptions {
  std::filesystem::path data;  // of a server, which may be running, or a backup
  safety::RulebookFiles rules;
  std::optional<std::string> second_stage;  // as ScanOptions has it
  UnixSeconds from = 0;
  UnixSeconds to = 0;  // not included; 0: until now
};

// A line of JSON for each text that would be treated otherwise: subject, date, was, now, rule, score, text;
// and a last one with the sums. Errors: DATA_MISSING, those
// of store::sqlite::Snapshot and of the rules.
Status replay(const ReplayOptions& options, std::ostream& out);

}  // namespace heliograph::app
