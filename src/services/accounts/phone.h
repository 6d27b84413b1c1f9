// Phone numbers: parsed once at the door, sealed in the store, found through a blind index.
#pragma once

#include <string>

#include "base/result.h"
#include "services/environment.h"

namespace heliograph::services {

// A number that exists in some country's plan: E.164 digits without the plus, as the wire has it.
struct Phone {
  std::string digits;
  std::string international() const { return "+" + digits; }
  bool operator==(const Phone&) const = default;
};

// Accepts what people and clients write: with or without plus, spaces, dashes and brackets; always with
// the country code. not_acceptable PHONE_NUMBER_INVALID for anything else.
Result<Phone> parse_phone(std::string_view text);

// ISO 3166 code of the country ("DE"); empty for numbers that belong to none.
std::string region_of(const Phone& phone);

// As stored in store::Account. The seal is bound to the index, so that a sealed number cannot be moved to
// another account.
Bytes phone_index(const Environment& environment, const Phone& phone);
Bytes seal_phone(const Environment& environment, const Phone& phone);
// An account without a number (bots, service account, deleted): an empty Phone.
// internal SEAL_BROKEN if the data folder's key does not fit.
Result<Phone> open_phone(const Environment& environment, ByteView sealed, ByteView index);

}  // namespace heliograph::services
