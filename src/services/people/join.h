// Telling those who were waiting for a number that it has an account now.
#pragma once

#include "store/tx.h"

namespace heliograph::services {

// Call it in the transaction that creates `account`: everybody whose address book holds its number has the
// account as a contact from now on. Unless `quiet`, or an owner has switched it off, each finds a service
// message in the dialog.
Status contact_joined(store::Tx& tx, UnixSeconds now, const store::Account& account, bool quiet);

}  // namespace heliograph::services
