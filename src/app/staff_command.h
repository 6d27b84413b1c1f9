// `heliograph staff`: who is on the staff, from the command line, also while the server runs; see
// docs/console.md.
#pragma once

#include <iosfwd>
#include <string>

#include "config/config.h"

namespace heliograph::app {

struct StaffOptions {
  enum class Action : std::uint8_t { add, invite, token, role, disable, list, roles };
  Action action = Action::list;
  std::string name;
  std::string role;
  std::int64_t hours = 12;  // token: how long it is good
};

// add, invite: the link to enrol with, once. token: the token. list: a line for each person. Makes the data
// folder where there is none. Errors: CLI_INVALID (no such role), those of staff/members.h, DATA_DIR_*, those
// of the store.
Status staff_command(const config::Config& config, const StaffOptions& options, std::ostream& out);

}  // namespace heliograph::app
