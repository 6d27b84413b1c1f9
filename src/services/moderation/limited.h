// What an account may do while it is limited (safety::Limit): who limits it, and why, is enforcement's.
#pragma once

#include <optional>

#include "safety/policy/policy.h"
#include "services/caller.h"
#include "services/environment.h"
#include "store/accounts.h"

namespace heliograph::services {

// As the account has it, whether its time is over or not.
constexpr safety::Limit limit_of(const store::Account& account) {
  return static_cast<safety::Limit>(account.limited_as);
}
// The limit in force; none: there is none.
std::optional<safety::Limit> limit_in_force(const store::Account& account, UnixSeconds now);

// Before it writes where everybody reads. invalid USER_BANNED_IN_CHANNEL; flood SLOWMODE_WAIT: it is slowed,
// and wrote less than `slow_seconds` ago. A slowed account's turn is taken with it.
Status take_turn_in_public(store::Tx& tx, UserId author, UnixSeconds now, std::int32_t slow_seconds);
// The same of what it wrote there before and changes now, which takes no turn.
Status may_edit_in_public(store::Tx& tx, UserId editor, UnixSeconds now);

// Before a frozen account writes to anybody: built-in bots take its appeals. flood FROZEN_METHOD_INVALID
// without a wait, as clients know it.
Status may_write_to(const Environment& environment, const Caller& caller, Peer to);
// The same of an account that asks through no call: what it scheduled.
Status may_send_later(const Environment& environment, store::Tx& tx, UserId author, Peer to, UnixSeconds now);
Error frozen_error();

}  // namespace heliograph::services
