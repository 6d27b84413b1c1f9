// Counts decisions for the staff's figures (store/case_days.h): who decided, what a machine had proposed, and
// what the decision rests on, so that it can count against that when it turns out to be wrong.
#pragma once

#include "safety/enforcement/case_file.h"
#include "store/tx.h"

namespace heliograph::safety {

// `one` as it is decided now.
Status count_decision(store::Tx& tx, const store::Case& one, const CaseFile& file, bool by_machine);
// An appeal against what is decided in this case was right.
Status count_overturned(store::Tx& tx, const CaseFile& file, UnixSeconds now);

}  // namespace heliograph::safety
