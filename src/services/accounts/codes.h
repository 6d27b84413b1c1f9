// What is done with a code that somebody has been sent, inside the transaction that depends on it.
#pragma once

#include "services/accounts/sign_in.h"
#include "store/tx.h"

namespace heliograph::services {

// `digits` decimal digits, all alike likely.
std::string new_code(Random& random, std::size_t digits);

// What is stored of a code: its keyed digest, told apart from those of other purposes and handles. Phone
// numbers are digits alone, so no number has the same tag.
Bytes code_digest(const Environment& environment, std::string_view purpose, std::string_view handle,
                  std::string_view code);

// Whether one more may be sent to a number that has been sent these. flood FLOOD_WAIT; invalid
// PHONE_NUMBER_FLOOD.
Status check_code_floods(const std::vector<store::SignInCode>& codes, const SignInLimits& limits,
                         UnixSeconds now);

// The row, if it may still be used by this key for this number. invalid PHONE_CODE_EXPIRED.
Result<store::SignInCode> usable_code(store::Tx& tx, AuthKeyId key, ByteView phone_index,
                                      std::string_view code_hash, UnixSeconds now);

// Whether `digest` is that of the code. A wrong one is counted, so the transaction must succeed all the same;
// after too many the code is void. invalid PHONE_NUMBER_FLOOD.
Result<bool> try_code(store::Tx& tx, store::SignInCode& row, ByteView digest, const SignInLimits& limits,
                      UnixSeconds now);

}  // namespace heliograph::services
