// What a username looks like (core.telegram.org/method/account.checkUsername).
#pragma once

#include <string>
#include <string_view>

namespace heliograph::services {

// 5 to 32 characters of a-z, A-Z, 0-9 and underscore, beginning with a letter, not ending in an underscore,
// no two underscores in a row.
bool valid_username(std::string_view username);
// A person may not have it: it speaks for the platform, or ends in "bot" as only bots' names do.
bool reserved_username(std::string_view username);

}  // namespace heliograph::services
