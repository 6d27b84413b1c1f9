// What a frozen account may call (core.telegram.org/api/auth#frozen-accounts): it looks, signs in and out,
// sees to its devices and password, takes its data with it or deletes itself, says what is wrong with what
// others do, and appeals. All else is refused with 420 FROZEN_METHOD_INVALID.
#pragma once

#include <string_view>

namespace heliograph::api {

// `method` as the schema names it, "messages.sendMessage". Of those that are allowed and write to somebody
// the services refuse all but built-in bots (Caller::frozen).
bool frozen_may(std::string_view method);

}  // namespace heliograph::api
