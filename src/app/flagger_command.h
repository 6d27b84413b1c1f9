// `heliograph flagger`: trusted flaggers and authorities that report with a token; see docs/reports.md.
#pragma once

#include <iosfwd>
#include <string>

#include "config/config.h"

namespace heliograph::app {

struct FlaggerOptions {
  enum class Action : std::uint8_t { add, disable, list };
  Action action = Action::list;
  std::string name;
  bool authority = false;
};

// add: prints the token, once; a name that is there gets another token. Works while a server runs. Errors:
// CLI_INVALID (no such name, an empty one), those of change_beside().
Status flagger_command(const config::Config& config, const FlaggerOptions& options, std::ostream& out);

}  // namespace heliograph::app
