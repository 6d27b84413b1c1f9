// `heliograph serve`: runs until SIGTERM or SIGINT.
#pragma once

#include <iosfwd>

#include "app/config.h"

namespace heliograph::app {

// Prints where it listens to `out` once it does. Errors: what keeps it from starting.
Status serve(const Config& config, std::ostream& out);

}  // namespace heliograph::app
