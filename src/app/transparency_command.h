// `heliograph transparency`: reports, from the command line, also while the server runs; see
// docs/transparency.md.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "config/config.h"

namespace heliograph::app {

struct TransparencyOptions {
  enum class Action : std::uint8_t { report, draft, list, review, publish };
  Action action = Action::list;
  std::string from, to;          // report, draft: days
  std::string format = "md";     // report: "md", "json", "csv"; "note": the signature of what is
                                 // published; "annex": the files of Regulation (EU) 2024/2835
  std::filesystem::path folder;  // report: of the annex's files; must be empty or not there
  std::string reason;            // draft: of a further version
  std::int64_t number = 0;       // review, publish
  std::string by;                // review: who
  std::filesystem::path words;   // review: a file with what they add; or empty
};

// report: the published one of the period, or what it would be, which says so. draft: prints the number.
// list: a line for each. Errors: CLI_INVALID, those of transparency/period.h, reporter.h and desk.h, and of
// LedgerReader::open().
Status transparency_command(const config::Config& config, const TransparencyOptions& options,
                            std::ostream& out);

}  // namespace heliograph::app
