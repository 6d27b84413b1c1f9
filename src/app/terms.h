// The terms of service people accept when they sign up.
#pragma once

#include "services/accounts/terms.h"

namespace heliograph::app {

services::Terms terms_of_service();

}  // namespace heliograph::app
