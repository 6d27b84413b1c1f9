// A transparency report: what is claimed of the log, with proofs; figures from elsewhere, which are not
// proven and say where they are from; and words that a person may have added. Its document is JSON
// (docs/transparency.md, docs/api/transparency-report.schema.json), and what is signed are its very bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/note.h"
#include "transparency/period.h"
#include "transparency/tally_proof.h"

namespace heliograph::transparency {

inline constexpr std::string_view kReportSchema = "heliograph-transparency-report/1";
inline constexpr std::string_view kSignedHead = "heliograph-transparency-report v1";
inline constexpr std::size_t kDocumentBytesMost = std::size_t{32} * 1024 * 1024;
inline constexpr std::size_t kWordsBytesMost = std::size_t{64} * 1024;

struct ProvenTally {
  Claim claim;
  TallyProof proof;
  bool operator==(const ProvenTally&) const = default;
};

// A table. A value that is not there is too small to be told, or there was nothing to measure.
struct Figure {
  struct Row {
    std::vector<std::string> labels;
    std::vector<std::optional<std::int64_t>> values;
    bool operator==(const Row&) const = default;
  };
  std::string id;                           // "reports.received"
  std::string title;                        // for people
  std::string source;                       // what was counted, by which time, and where it is kept
  std::vector<std::string> labels, values;  // heads of the columns
  std::vector<Row> rows;
  bool operator==(const Figure&) const = default;
};

struct Report {
  Period period;
  std::int32_t version = 1;
  std::string reason;  // of a version after the first
  UnixSeconds made_at = 0;
  std::uint64_t threshold = kThreshold;
  std::string checkpoint;  // the signed note of the tree that holds all leaves
  // The report before, whose last leaf is the one before the first here; empty: this is the first, or there
  // is a gap, which `first` shows.
  std::string previous;
  std::vector<ProvenTally> tallies;  // one for each book
  std::vector<Figure> figures;
  std::string words;  // added by the person who reviewed it

  // "2026-07-01/2026-10-01/1".
  std::string name() const;
  const ProvenTally* find(ledger::Book book) const;
  // All that it counts in the book, small ones too.
  std::uint64_t acts(ledger::Book book) const;
  const Figure* find(std::string_view id) const;
  bool operator==(const Report&) const = default;
};

std::string to_json(const Report& report);
// invalid REPORT_INVALID: not such a document. Checks form only.
Result<Report> parse_report(std::string_view json);

// The text of the note that signs a document.
std::string signed_text(const std::string& origin, const std::string& name, std::string_view document);
// That the note is the log's signature of this document, of the report of that name.
// Errors: those of Note; forbidden REPORT_UNSIGNED.
Status check_signature(std::string_view note, const ledger::VerifierKey& key, const std::string& name,
                       std::string_view document);

}  // namespace heliograph::transparency
