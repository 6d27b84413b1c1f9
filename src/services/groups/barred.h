// Who may not see what for a reason of the platform's: nobody, where a channel was closed; or the people of
// some countries, by the country of their phone number.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/tx.h"

namespace heliograph::services {

// `countries`: as "DE FR".
bool is_barred(std::string_view countries, std::string_view country);
std::string joined_countries(const std::vector<std::string>& countries);
// Empty: not known (bots, the service account).
Result<std::string> country_of(store::Tx& tx, UserId user);

// What somebody of this country is told in place of the channel or supergroup; empty: it is theirs to see.
std::string_view restriction_of(const store::Chat& chat, std::string_view country);
// The same for an account; looks it up only where that matters.
Result<std::string> restriction_for(store::Tx& tx, const store::Chat& chat, UserId user);

}  // namespace heliograph::services
