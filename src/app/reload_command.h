// `heliograph reload`: a running server is to read its rules again.
#pragma once

#include <iosfwd>

#include "config/config.h"

namespace heliograph::app {

// Reads them here first, so that what is wrong is said to whoever asks, and the server is left alone. Then
// tells the server of config.data_dir (SIGHUP). Errors: DATA_DIR_IDLE (none runs there), those of
// load_rulebook(), RELOAD_REFUSED (it is somebody else's process).
Status reload(const config::Config& config, std::ostream& out);

}  // namespace heliograph::app
