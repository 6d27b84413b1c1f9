// What is done with a code that somebody has been sent, inside the transaction that depends on it.
#pragma once

#include "services/accounts/sign_in.h"
#include "store/tx.h"

namespace heliograph::services {

// The row, if it may still be used by this key for this number. invalid PHONE_CODE_EXPIRED.
Result<store::SignInCode> usable_code(store::Tx& tx, AuthKeyId key, ByteView phone_index,
                                      std::string_view code_hash, UnixSeconds now);

// Whether `digest` is that of the code. A wrong one is counted, so the transaction must succeed all the same;
// after too many the code is void. invalid PHONE_NUMBER_FLOOD.
Result<bool> try_code(store::Tx& tx, store::SignInCode& row, ByteView digest, const SignInLimits& limits,
                      UnixSeconds now);

}  // namespace heliograph::services
