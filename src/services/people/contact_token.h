// Temporary links to a profile, for people without a username
// (core.telegram.org/api/links#temporary-profile-links). A token says whose it is and how long it holds,
// under a keyed digest: nothing is stored, and none can be made up.
#pragma once

#include <string>

#include "services/environment.h"

namespace heliograph::services {

inline constexpr UnixSeconds contact_token_lifetime = 3600;

struct ContactToken {
  std::string token;  // fit for a URL
  UnixSeconds expires_at = 0;
};

ContactToken export_contact_token(const Environment& environment, UserId user);
// Whose it is; the account may be gone. invalid IMPORT_TOKEN_INVALID, also for one that has run out.
Result<UserId> read_contact_token(const Environment& environment, std::string_view token);

}  // namespace heliograph::services
