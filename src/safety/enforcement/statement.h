// Statements of reasons: what the person affected is told, and what is kept of it.
#pragma once

#include <string>

#include "safety/enforcement/acts.h"
#include "safety/enforcement/deed.h"

namespace heliograph::safety {

// Of what is done to the thing itself. `item.text` is quoted as the facts.
Statement statement_of(const Item& item, const Deed& deed, const std::string& appeals, UnixSeconds now);

// The first 200 bytes at most, whole characters, for where a text is only pointed at.
std::string quoted(const std::string& text);

// What was done and why, in plain words. `what`: "Your message", "Your account"; `title`: where it was.
std::string reasons(const Statement& statement, const std::string& what, const std::string& title);
// The same as it is sent, with what can be done against it. `warning`: what comes of it if it goes on like
// this (Regulation (EU) 2022/2065 Art. 23(1)); or empty.
Letter letter(const Statement& statement, const std::string& what, const std::string& title,
              std::int64_t case_id, const std::string& warning = {});
// `weight` of strikes that count now, of those at which the account is limited or banned; empty: nothing
// comes of them, or it has come.
std::string strike_warning(std::int32_t weight, const Strikes& strikes);
std::string reversal_letter(const std::string& what, std::int64_t case_id, const std::string& why);
// What was done for a time has ended by itself.
std::string end_letter(const std::string& what, std::int64_t case_id);

// What is seen in place of a message that is withheld; of one that is not shown in some countries; of a
// channel that is closed, or not shown in some countries.
std::string tombstone_of(Effect effect, const std::string& clause_title);
std::string country_tombstone(const std::string& clause_title);
std::string closed_text(const std::string& clause_title);
std::string country_closed_text(const std::string& clause_title);

}  // namespace heliograph::safety
