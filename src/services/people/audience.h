// Whom a change of a user concerns: people who have them as a contact or have a dialog with them.
#pragma once

#include <algorithm>
#include <vector>

#include "services/updates/events.h"

namespace heliograph::services {

// Of a person known to more than this, the others learn of changes when they next look.
inline constexpr std::size_t audience_max = 500;

// Without the user; each once.
inline Result<std::vector<UserId>> audience_of(store::Tx& tx, UserId user) {
  HG_ASSIGN(auto audience, tx.contacts().owners_having(user, audience_max));
  HG_ASSIGN(const auto partners, tx.dialogs().owners_with(user, audience_max));
  audience.insert(audience.end(), partners.begin(), partners.end());
  std::ranges::sort(audience);
  const auto repeated = std::ranges::unique(audience);
  audience.erase(repeated.begin(), repeated.end());
  std::erase(audience, user);
  if (audience.size() > audience_max) audience.resize(audience_max);
  return audience;
}

// Logs `event` for the user's own devices and for the audience.
template <typename Event>
Status announce(store::Tx& tx, const Caller& origin, UnixSeconds now, UserId user, Event event) {
  HG_TRY(append_event(tx, origin, user, now, event));
  HG_ASSIGN(const auto audience, audience_of(tx, user));
  for (const auto account : audience) HG_TRY(append_event(tx, Caller{}, account, now, event));
  return {};
}

}  // namespace heliograph::services
