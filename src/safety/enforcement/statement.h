// Statements of reasons: what the person affected is told, and what is kept of it.
#pragma once

#include <string>

#include "safety/enforcement/case_file.h"
#include "safety/enforcement/gate.h"

namespace heliograph::safety {

// `text`: of what was judged, quoted as the facts; empty for an account.
Statement statement_of(Effect effect, const Judgement& judgement, const std::string& text,
                       const std::string& appeals, UnixSeconds now);

// In plain words. `what`: "Your message", "Your account"; `title`: where it was.
std::string letter(const Statement& statement, const std::string& what, const std::string& title,
                   std::int64_t case_id);
std::string reversal_letter(const std::string& what, std::int64_t case_id, const std::string& why);

}  // namespace heliograph::safety
