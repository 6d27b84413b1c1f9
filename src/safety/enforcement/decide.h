// What a person decides about a case: Enforcer::decide().
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "safety/enforcement/case_file.h"
#include "safety/policy/policy.h"

namespace heliograph::safety {

struct PersonDecision {
  // `allow`: nothing was wrong, and what a machine did is undone. What fits is said at fits().
  Effect effect = Effect::allow;
  std::string clause;         // of the platform's rules in force; not needed for `allow`
  std::int32_t days = 0;      // after so many it ends by itself; 0: no end (a limit: the policy's days)
  Limit limit = Limit::mute;  // of limit_account
  std::vector<std::string> countries;  // of restrict_countries, "DE"; else empty
  std::string why;                     // for the statement of reasons, in plain words; may be empty
  std::string staff;                   // who decides
  std::optional<std::int32_t> strike;  // weight against the author; none: 1 from `remove` on, else 0
  // An appeal or a second look: takes the place of what a person decided before.
  bool again = false;
};

inline constexpr std::int32_t kDecisionDaysMost = 3650;
inline constexpr std::size_t kCountriesMost = 250;

// What a case is about.
enum class SubjectKind : std::uint8_t { message, private_message, channel, group, account, other };
// Of a campaign: its messages.
SubjectKind kind_of(const CaseFile& file);

// Whether the effect can be done to a thing of this kind:
//
//   message         all but `review`. A limit, a ban and close_channel act on the author, or on the channel
//   that
//                   it is in, and remove the message
//   private_message allow, limit_account, ban: on its author
//   channel         allow, hide_from_search, restrict_countries, close_channel; limit_account and ban act on
//                   the owner, and hide the channel from search or close it
//   group           (a basic one) allow, limit_account, ban: on its creator
//   account         allow, hide_from_search, limit_account, ban
//   other           allow
bool fits(SubjectKind kind, Effect effect);

// In numbers and words what is wrong with it, before any case is looked at: invalid EFFECT_UNFIT (no
// countries, or countries with another effect), DECISION_INVALID (days, country codes, nobody's name).
Status check(const PersonDecision& decision);

}  // namespace heliograph::safety
