// Makes reports: the counts of the log's books with their proofs, and the figures beside them.
//
// A report is about the leaves of the batches taken in its period, so it never cuts a batch: what was entered
// in the last minute of a period counts in the next one. It begins where the report of the days before ended,
// and ends where that of the days after begins, if that is out first; no leaf counts in two. What lies
// between two reports that leave out days is for the report of these days. A new version is about the same
// leaves.
#pragma once

#include "ledger/ledger.h"
#include "transparency/figures.h"

namespace heliograph::transparency {

struct ReporterParts {
  store::Store& store;
  const ledger::Ledger& ledger;
  const crypto::Sealer& sealer;  // of cases
  const Clock& clock;
  Random& random;
  // Runs what takes a second of computing elsewhere than on the caller's thread; none: there.
  using Work = std::function<TallyProof()>;
  std::function<Task<Result<TallyProof>>(Work)> elsewhere = nullptr;
  // Figures of what this folder knows nothing of; none: there are no others.
  using More = std::function<Task<Result<std::vector<Figure>>>(Period period, std::uint64_t threshold)>;
  More more = nullptr;
};

struct ReportOrder {
  Period period;
  std::uint64_t threshold = kThreshold;
  std::string reason;  // of a further version of what has been published; else empty
};

class Reporter {
 public:
  explicit Reporter(ReporterParts parts) : parts_(std::move(parts)) {}

  // Nothing is stored. Errors: those of the store; invalid PERIOD_FUTURE: it is not over; PERIOD_CUT: it
  // begins or ends within the period of a report that has been published, of which it would tell more than
  // that did; REPORT_REASON_MISSING: it has been published, and nobody says why there is to be another
  // version; unavailable LEDGER_HALTED, LEDGER_EMPTY.
  Task<Result<Report>> make(ReportOrder order) const;

 private:
  struct Ground;  // what there is already
  Task<Result<Ground>> look(Period period) const;
  Task<Result<std::optional<Report>>> load(std::int64_t id) const;
  Task<Result<ProvenTally>> count(const Report& report, const Claim& about,
                                  const std::vector<std::string>& ever) const;

  ReporterParts parts_;
};

// What an act of the legal book took, from the book's own records: by the type of the request, from the first
// record about it to its last in the range.
class LegalTimes {
 public:
  void see(const ledger::StoredRecord& record);
  Figure figure(std::uint64_t threshold) const;

 private:
  struct Seen {
    std::string type;
    UnixSeconds first = 0, last = 0;
    std::size_t records = 0;
  };
  std::map<std::string, Seen> by_subject_;
};

}  // namespace heliograph::transparency
