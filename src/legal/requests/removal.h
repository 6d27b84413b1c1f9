// What became of a removal order: it was handed to the moderators, and they decide it as a case.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "legal/requests/files.h"

namespace heliograph::legal {

// Part of the stored format, as LegalRequest::outcome: do not rename.
inline constexpr std::string_view kHanded = "handed";          // nobody has decided yet
inline constexpr std::string_view kRemoved = "removed";        // nobody can see it any more
inline constexpr std::string_view kRestricted = "restricted";  // something else was done: see `effect`
inline constexpr std::string_view kKept = "kept";  // it is there: nothing was wrong, or that was taken back

struct RemovalDecision {
  std::string outcome;      // kRemoved, kRestricted or kKept
  std::string effect;       // of safety::kEffectNames; empty: nothing is done
  std::string clause;       // of the platform's rules, as the person affected was told it; may be empty
  UnixSeconds at = 0;       // when that was decided
  std::int64_t record = 0;  // of the ledger; 0: nothing was done
  bool operator==(const RemovalDecision&) const = default;
};

// The case that the order was handed to; 0: it was not.
std::int64_t case_handed_to(const OpenActs& acts);
// The newest decision that the agency was told of; nullopt: none yet.
std::optional<RemovalDecision> decision_in(const OpenActs& acts);

}  // namespace heliograph::legal
