// Who is on the staff: what the command line and the console do about it, each inside a transaction, each
// with an event in the staff's journal. `who` did it: a name, or somebody on the machine.
#pragma once

#include <string>

#include "base/random.h"
#include "staff/roles.h"

namespace heliograph::staff {

inline constexpr std::size_t kNameMax = 64;  // bytes
inline constexpr UnixSeconds kEnrolmentSeconds = 72 * 60 * 60;
inline constexpr UnixSeconds kApiTokenHoursMax = 366 * 24;

// 256 random bits in base64url. Made outside of the transaction.
std::string make_token(Random& random);
Bytes digest_of_token(std::string_view token);

struct Deed {
  std::string who;
  UnixSeconds now = 0;
};

// `token` lets them enrol, once. invalid STAFF_NAME_INVALID, STAFF_NAME_OCCUPIED.
Result<StaffId> add_member(store::Staff& staff, const std::string& name, Role role, std::string_view token,
                           const Deed& deed);
// For somebody who has lost what they sign in with: when they enrol, all that they had is forgotten.
// not_found STAFF_UNKNOWN; invalid STAFF_DISABLED.
Status invite_again(store::Staff& staff, StaffId id, std::string_view token, const Deed& deed);
// STAFF_UNKNOWN, STAFF_DISABLED.
Status add_api_token(store::Staff& staff, StaffId id, std::string_view token, std::int64_t hours,
                     const Deed& deed);
// Signs them out, for what they may do is another thing now. STAFF_UNKNOWN; invalid LAST_ADMIN.
Status set_role(store::Staff& staff, StaffId id, Role role, const Deed& deed);
// They are signed out, and their tokens and passkeys are gone. STAFF_UNKNOWN; invalid LAST_ADMIN. What they
// did stays theirs.
Status disable_member(store::Staff& staff, StaffId id, const Deed& deed);

// Their passkeys, codes, sessions and tokens. `member` is changed and not stored.
Status forget_credentials(store::Staff& staff, store::StaffMember& member);
Status note_event(store::Staff& staff, StaffId about, std::string what, const Deed& deed);

// not_found STAFF_UNKNOWN.
Result<store::StaffMember> must_find(store::Staff& staff, StaffId id);
Result<store::StaffMember> must_find(store::Staff& staff, std::string_view name);

}  // namespace heliograph::staff
