// The way of a report: draft, reviewed by a person, published. Figures are made once, with the draft; whoever
// reviews it may add words and nothing else; what is published is signed and never changes.
#pragma once

#include "ledger/cell_prover.h"
#include "ledger/ledger.h"
#include "store/transparency.h"
#include "transparency/report.h"

namespace heliograph::transparency {

// Keeps a report as the period's draft, in place of a draft that there is; gives its number.
Result<std::int64_t> keep_draft(store::Transparency& table, const Report& report, UnixSeconds now);

// `words` may be empty. Errors: not_found PUBLIC_REPORT_UNKNOWN; forbidden PUBLIC_REPORT_PUBLISHED; invalid
// REVIEW_INVALID: nobody's name, or too many words.
Status review(store::Transparency& table, std::int64_t id, const std::string& words, const std::string& by,
              UnixSeconds now);

// What is published: the row as reviewed, with its signature.
struct Publication {
  store::PublicReport row;
};

// Checks a reviewed report once more and signs it: that its tree is a beginning of the log's, and that the
// public entries add up to its counts. Errors: PUBLIC_REPORT_UNKNOWN; forbidden REPORT_NOT_REVIEWED,
// PUBLIC_REPORT_PUBLISHED, TALLY_WRONG; unavailable LEDGER_HALTED, LEDGER_ROLLED_BACK: the log is not the one
// that the report is about.
Task<Result<Publication>> prepare(store::Store& store, const ledger::Ledger& ledger, std::int64_t id);
// Puts it in force. Errors: forbidden REPORT_CHANGED: somebody has changed it since.
Status publish(store::Transparency& table, const Publication& publication, UnixSeconds now);

// What everybody can check, from the entries that the log serves: each claim against their sum.
// Errors: LEDGER_RANGE, TALLY_WRONG, CLAIM_INVALID, those of reading.
Task<Status> check_counts(const ledger::PublicLog& log, const Report& report);

// That each entry of the legal book in the report's leaves counts in one cell of the log's list, or in none,
// as is proven beside it. About half a millisecond for each. Errors: LEDGER_RANGE, LEDGER_PROOFS_MISSING,
// CELL_PROOF_WRONG, those of reading.
Task<Status> check_cells(const ledger::PublicLog& log, const ledger::PublicCells& cells, const Report& report,
                         Random& random);

// Newest first.
Result<std::vector<Period>> published_periods(store::Tx& tx);
// Whether published reports, which share no days, leave out none of the period's.
bool is_covered(const Period& period, std::vector<Period> published);

// A period of the schedule that ought to be reported on by `due` and is not: published reports, of whatever
// periods, do not cover all its days.
struct Missing {
  Period period;
  UnixSeconds due = 0;
};
// Those that are overdue at `now`, the newest first; not of periods in which there was no log yet.
Task<Result<std::vector<Missing>>> missing(store::Store& store, Schedule schedule, std::int64_t days,
                                           UnixSeconds now);

}  // namespace heliograph::transparency
