#include "staff/members.h"

#include <algorithm>

#include "crypto/hash.h"
#include "staff/base64url.h"

namespace heliograph::staff {

namespace {

using store::StaffState;
using store::StaffToken;

constexpr std::size_t kTokenBytes = 32;

Error unknown_member() {
  return Error::not_found("STAFF_UNKNOWN", "There is nobody of this name on the staff.");
}

Status check_name(const std::string& name) {
  const bool printable = std::ranges::none_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (!name.empty() && name.size() <= kNameMax && printable && name.front() != ' ' && name.back() != ' ')
    return {};
  return fail(Error::invalid("STAFF_NAME_INVALID", "A name has 1 to 64 bytes, and no blanks around it."));
}

Status enrolment(store::Staff& staff, StaffId id, std::string_view token, UnixSeconds now) {
  HG_TRY(staff.erase_tokens(id, StaffToken::Kind::enrolment));
  return staff.put_token({.digest = digest_of_token(token),
                          .kind = StaffToken::Kind::enrolment,
                          .staff = id,
                          .created_at = now,
                          .expires_at = now + kEnrolmentSeconds});
}

// Somebody must be left who can add others, beside those on the machine.
Status check_not_last(store::Staff& staff, const store::StaffMember& leaving) {
  if (leaving.role != Role::admin || leaving.state == StaffState::disabled) return {};
  HG_ASSIGN(const auto all, staff.list());
  const bool another = std::ranges::any_of(all, [&](const store::StaffMember& member) {
    return member.id != leaving.id && member.role == Role::admin && member.state != StaffState::disabled;
  });
  if (another) return {};
  return fail(Error::invalid("LAST_ADMIN", "Nobody else is an admin; make somebody else one first."));
}

Result<store::StaffMember> find_working(store::Staff& staff, StaffId id) {
  HG_ASSIGN(auto member, must_find(staff, id));
  if (member.state != StaffState::disabled) return member;
  return fail(Error::invalid("STAFF_DISABLED", "This person has been taken off the staff; add them anew."));
}

}  // namespace

std::string make_token(Random& random) {
  return to_base64url(random.bytes(kTokenBytes));
}

Bytes digest_of_token(std::string_view token) {
  const auto digest = crypto::sha256(as_bytes(token));
  return {digest.begin(), digest.end()};
}

Status forget_credentials(store::Staff& staff, store::StaffMember& member) {
  for (const auto kind : {StaffToken::Kind::enrolment, StaffToken::Kind::session, StaffToken::Kind::api}) {
    HG_TRY(staff.erase_tokens(member.id, kind));
  }
  member.totp_sealed.clear();
  member.failures = 0;
  member.locked_until = 0;
  return staff.erase_passkeys(member.id);
}

Status note_event(store::Staff& staff, StaffId about, std::string what, const Deed& deed) {
  return staff.record_event({.at = deed.now, .who = deed.who, .what = std::move(what), .about = about});
}

Result<store::StaffMember> must_find(store::Staff& staff, StaffId id) {
  HG_ASSIGN(auto found, staff.find(id));
  if (!found) return fail(unknown_member());
  return std::move(*found);
}

Result<store::StaffMember> must_find(store::Staff& staff, std::string_view name) {
  HG_ASSIGN(auto found, staff.find_by_name(name));
  if (!found) return fail(unknown_member());
  return std::move(*found);
}

Result<StaffId> add_member(store::Staff& staff, const std::string& name, Role role, std::string_view token,
                           const Deed& deed) {
  HG_TRY(check_name(name));
  store::StaffMember member;
  member.name = name;
  member.role = role;
  member.created_at = deed.now;
  HG_ASSIGN(const auto id, staff.add(member));
  HG_TRY(enrolment(staff, id, token, deed.now));
  HG_TRY(note_event(staff, id, "added as " + std::string(staff::name(role)), deed));
  return id;
}

Status invite_again(store::Staff& staff, StaffId id, std::string_view token, const Deed& deed) {
  HG_TRY(find_working(staff, id));
  HG_TRY(enrolment(staff, id, token, deed.now));
  return note_event(staff, id, "invited again", deed);
}

Status add_api_token(store::Staff& staff, StaffId id, std::string_view token, std::int64_t hours,
                     const Deed& deed) {
  HG_TRY(find_working(staff, id));
  const auto expires_at = deed.now + std::clamp<std::int64_t>(hours, 1, kApiTokenHoursMax) * 3600;
  HG_TRY(staff.put_token({.digest = digest_of_token(token),
                          .kind = StaffToken::Kind::api,
                          .staff = id,
                          .created_at = deed.now,
                          .used_at = deed.now,
                          .expires_at = expires_at,
                          .proved_at = deed.now}));
  return note_event(staff, id, "token for the HTTP APIs made, good for " + std::to_string(hours) + " hours",
                    deed);
}

Status set_role(store::Staff& staff, StaffId id, Role role, const Deed& deed) {
  HG_ASSIGN(auto member, must_find(staff, id));
  if (member.role == role) return {};
  HG_TRY(check_not_last(staff, member));
  const auto before = staff::name(member.role);
  member.role = role;
  HG_TRY(staff.update(member));
  HG_TRY(staff.erase_tokens(id, StaffToken::Kind::session));
  return note_event(staff, id, "made " + std::string(staff::name(role)) + " from " + std::string(before),
                    deed);
}

Status disable_member(store::Staff& staff, StaffId id, const Deed& deed) {
  HG_ASSIGN(auto member, must_find(staff, id));
  if (member.state == StaffState::disabled) return {};
  HG_TRY(check_not_last(staff, member));
  HG_TRY(forget_credentials(staff, member));
  member.state = StaffState::disabled;
  HG_TRY(staff.update(member));
  return note_event(staff, id, "taken off the staff", deed);
}

}  // namespace heliograph::staff
