// Who runs this program, for the journals.
#pragma once

#include <string>

namespace heliograph::app {

// As the system knows them; with whom they were before sudo, as far as it says.
std::string who_asks();

}  // namespace heliograph::app
