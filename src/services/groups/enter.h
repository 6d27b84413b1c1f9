// Coming in and going out: the member, the dialog and what the account is told, inside a transaction. Whether
// it is allowed is for the callers to say.
#pragma once

#include "services/caller.h"
#include "services/groups/place.h"

namespace heliograph::services {

struct Entry {
  UserId user;
  store::MemberStatus status = store::MemberStatus::member;
  UserId inviter;         // 0: came by themselves
  std::int64_t link = 0;  // the invite link they came through
};
// Makes `entry.user` a member; a restriction from before still holds. CHANNELS_TOO_MUCH, USERS_TOO_MUCH
// (basic group full), USER_ALREADY_PARTICIPANT.
Status enter(store::Tx& tx, const Caller& caller, UnixSeconds now, const store::Chat& chat,
             const Entry& entry);

// `member` is no longer in it, with the status it has now (left, banned, restricted_left). The dialog with a
// channel goes; that with a basic group stays.
Status go_out(store::Tx& tx, const Caller& caller, UnixSeconds now, store::Member member);

}  // namespace heliograph::services
