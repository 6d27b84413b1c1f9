// The account that delivers codes and notices (777000): clients show it as the service itself.
#pragma once

#include "services/environment.h"

namespace heliograph::services {

// Creates it in an empty store. Called once at start, before anybody can sign up.
Task<Status> ensure_service_account(Environment& environment);

}  // namespace heliograph::services
