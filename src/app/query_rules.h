// What the rules for searches (places = ["search"] in the policy) say of a query, for the guard
// (search/guard.h).
#pragma once

#include <string_view>

#include "safety/scan/scanner.h"
#include "search/guard.h"

namespace heliograph::app {

// By words, links and the first-stage model; `allow` where no rule holds, or none is about searches.
// Thread-safe.
search::Ruling ruling_on(const safety::Rulebook& rulebook, std::string_view query);

}  // namespace heliograph::app
