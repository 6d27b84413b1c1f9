// What is found, put into the words of cases and of the ledger.
#pragma once

#include <string>

#include "ledger/record.h"
#include "safety/enforcement/case_file.h"
#include "safety/enforcement/enforcer.h"

namespace heliograph::safety {

inline constexpr std::int64_t kDay = 86'400;  // seconds

Finding finding_of(const Judgement& judgement, UnixSeconds now);
// What what was done in a case rests on.
Finding rests_on(const CaseFile& file, std::uint8_t category);
// What a machine does about it.
Effect effect_of(const Item& item, const Judgement& judgement);
ledger::Subject subject_of(const Item& item);
// Where the report counts it.
std::string cell_of(const Finding& finding, Effect effect, bool automated);
// "Your message", "Your profile": how its author is told.
std::string name_of(const Item& item);
// The same of what a person decides, or what follows for an account or a channel; a channel by its title.
std::string whole_name_of(const Item& item);
// The same of what a case is about.
std::string what_of(const CaseFile& file);
// Whether a person is to look at it, whatever a machine has done.
bool waits_for_person(Effect effect, const Judgement& judgement);

}  // namespace heliograph::safety
