// A message that is withheld: its row shows a tombstone and keeps what it said, until it is given back.
#pragma once

#include <string>

#include "base/result.h"
#include "store/messages.h"

namespace heliograph::services {

// Puts `tombstone` into `shown` and what `original` says behind it. What is withheld already stays as it was.
Status withhold_in(store::Message& shown, const store::Message& original, std::string tombstone);
// not_found MESSAGE_ID_INVALID: it is not withheld.
Status give_back_in(store::Message& message);

}  // namespace heliograph::services
