// The terms of service people accept when they sign up: the rules that the rulebook has.
#pragma once

#include "safety/policy/rules.h"
#include "services/accounts/terms.h"

namespace heliograph::app {

// invalid TERMS_INVALID.
Result<services::Terms> terms_of_service(const safety::Rules& rules);

}  // namespace heliograph::app
