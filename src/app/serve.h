// `heliograph serve`: runs until SIGTERM or SIGINT; on SIGHUP it reads its rules again, and goes on by the
// old ones where they are at fault.
#pragma once

#include <iosfwd>

#include "config/config.h"

namespace heliograph::app {

// Prints where it listens to `out` once it does. Errors: what keeps it from starting.
Status serve(const config::Config& config, std::ostream& out);

}  // namespace heliograph::app
