// The roles of the staff, by the names that the command line, the HTTP APIs and the documents use.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "store/staff.h"

namespace heliograph::staff {

using Role = store::StaffRole;

struct RoleFacts {
  Role role;
  std::string_view name;
  std::string_view about;
};

inline constexpr std::array<RoleFacts, 6> kRoles = {{
    {Role::moderator, "moderator", "works the queue: reads cases, decides, proposes search terms"},
    {Role::senior_moderator, "senior-moderator",
     "a moderator who also confirms severe effects, decides appeals and escalated cases, guards search "
     "terms, undoes"},
    {Role::legal_officer, "legal-officer", "handles requests of authorities; reads cases that they name"},
    {Role::legal_approver, "legal-approver",
     "the second person who approves what a legal officer has prepared"},
    {Role::auditor, "auditor", "reads figures, decisions, rules and journals; changes nothing"},
    {Role::admin, "admin", "adds and removes staff, reads the journals; sees no cases"},
}};

constexpr std::string_view name(Role role) {
  return kRoles[static_cast<std::size_t>(role) - 1].name;
}
constexpr std::optional<Role> role_of(std::string_view text) {
  for (const auto& facts : kRoles) {
    if (facts.name == text) return facts.role;
  }
  return std::nullopt;
}

}  // namespace heliograph::staff
