// The messages that entries of a log name, for the differences of accounts and of channels.
#pragma once

#include <vector>

#include "store/tx.h"

namespace heliograph::services {

// Reads them as they are now: one that was sent, edited and deleted since needs no mention at all. Those up
// to `hidden_up_to` are not for the reader.
Status read_logged(store::Tx& tx, BoxId box, MessageId hidden_up_to,
                   const std::vector<store::Update>& entries, std::vector<store::Message>& added,
                   std::vector<store::Message>& edited);

}  // namespace heliograph::services
