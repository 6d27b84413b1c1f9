// A basic group that becomes a supergroup, and a chat that gets another owner.
#pragma once

#include "services/accounts/password.h"
#include "services/caller.h"
#include "services/chats/append.h"
#include "services/environment.h"

namespace heliograph::services {

struct Migrated {
  Peer channel;
  Appended moved_to;    // in the basic group
  Appended moved_from;  // in the supergroup
};
// messages.migrateChat: members, rights, title, picture, links go along; of the basic group the history stays
// readable. CHAT_ID_INVALID (also: it has been migrated or deleted), CHAT_ADMIN_REQUIRED (its creator).
Task<Result<Migrated>> migrate_group(const Environment& environment, Caller caller, Peer group);

// Passwords and sessions younger than this give nothing away.
inline constexpr UnixSeconds fresh_password = 7 * 86'400;
inline constexpr UnixSeconds fresh_session = 86'400;

// messages.editChatCreator, channels.editCreator. Without a proof it says what else is missing, and in the
// end PASSWORD_HASH_INVALID. CHAT_ADMIN_REQUIRED, USER_ID_INVALID, PARTICIPANT_MISSING,
// CHANNELS_ADMIN_PUBLIC_TOO_MUCH, PASSWORD_MISSING, SESSION_TOO_FRESH_<seconds>; errors of
// Passwords::check().
Task<Status> edit_creator(const Environment& environment, Passwords& passwords, Caller caller, Peer chat,
                          UserId user, PasswordProof proof);

}  // namespace heliograph::services
