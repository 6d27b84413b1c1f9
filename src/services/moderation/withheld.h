// A message that is withheld: its row shows a tombstone and keeps what it said, until it is given back.
#pragma once

#include <string>

#include "services/chats/append.h"
#include "services/chats/content.h"
#include "store/messages.h"

namespace heliograph::services {

// Leaves of a message on its way into a box a tombstone, so that nobody is ever sent what it says.
void show_tombstone(Outgoing& message, std::string tombstone);
// Puts `tombstone` into `shown` and what `original` says behind it. What is withheld already stays as it was.
Status withhold_in(store::Message& shown, const store::Message& original, std::string tombstone);
// In some countries another text is seen in its place (message_barred); no countries: all see it.
Status bar_in(store::Message& message, Barred barred);
// not_found MESSAGE_ID_INVALID: it is not withheld.
Status give_back_in(store::Message& message);

}  // namespace heliograph::services
