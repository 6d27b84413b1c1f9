// Where reports come in: each joins the open case of its subject, or opens one. Whoever has been seen to
// report what is not so is warned, and then not heard for a while.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "ledger/record.h"
#include "safety/cases/report_file.h"
#include "store/tx.h"
#include "terms/category.h"

namespace heliograph::safety {

// A term that people search for, as cases name it: by its canonical form (terms/canonical.h), so that all
// spellings are one case. Empty: there is no letter in it.
ledger::Subject term_subject(std::string_view text);
// Of a case about a term, its canonical form; else empty.
std::string term_of(const store::Case& one);

// What is reported, as the caller has it at hand. Whether the reporter could see it is for the caller to
// know.
struct Reported {
  ledger::Subject subject;
  UserId author;           // whose content it is, or who it is about; 0: nobody
  Peer place;              // where it is; the account, channel or group itself; none: a term
  MessageId message;       // 0: it is no message
  std::string title;       // of the place
  std::string text;        // as it is now
  std::int64_t reach = 0;  // how many people it may have reached

  store::ReportSource source = store::ReportSource::member;
  UserId reporter;             // 0: without an account
  std::string flagger;         // of a trusted flagger or an authority: its name
  UnixSeconds ordered_at = 0;  // of an authority's order: when it came in, from when its hour runs; 0: now
  Bytes receipt;               // of who has no account: digest of what they ask for its state with
  terms::Category category = terms::Category::other_illegal;
  std::string option;             // of the tree of options; or overblock
  std::string country, language;  // of the reporter
  std::string comment;
  std::string name, contact;  // without an account
  std::vector<Exhibit> evidence;
};

// What a report about a term says that the term is guarded without need.
inline constexpr std::string_view overblock = "overblock";

struct Filed {
  std::int64_t case_id = 0;
  std::int64_t report_id = 0;
  bool again = false;  // the reporter's earlier report waits; this one has been added to it
};

struct IntakeParts {
  const Clock& clock;
  Random& random;
  const crypto::Sealer& sealer;
  // Where a new case waits that is no order and about no term; null: in `general`.
  std::function<store::CaseQueue(const store::Case&)> route;
};

// Thread-safe; bodies run wherever the store runs them.
class Intake {
 public:
  // Reports a day that one account may file.
  static constexpr std::int64_t daily_max = 50;
  static constexpr std::size_t comment_max = 4096;  // bytes

  explicit Intake(IntakeParts parts) : parts_(std::move(parts)) {}

  // forbidden REPORTS_PAUSED: the reporter is not heard until a date; flood: too many in a day; invalid
  // REPORT_COMMENT_TOO_LONG.
  Result<Filed> file(store::Tx& tx, Reported reported) const;
  // A case without a report: `staff` came upon it. The subject has no open case. Gives its number.
  Result<std::int64_t> open(store::Tx& tx, Reported reported, std::int32_t permille, StaffId staff) const;

 private:
  // How much it adds to the certainty that something is wrong, in thousandths. Whoever says it twice says it
  // once; of those whose word has not been tried each counts half of the one before, so that a thousand new
  // accounts, or addresses, weigh no more than a few.
  Result<std::int32_t> weight(store::Tx& tx, const Reported& reported, const store::ReportRecord& record,
                              const std::optional<store::Case>& open) const;
  // Whether somebody without an account, or this flagger, has reported it already.
  Result<bool> said_before(store::Tx& tx, const store::Case& open, const Reported& reported) const;
  // `reports`: how many more there are of it.
  Result<store::Case> case_of(store::Tx& tx, const Reported& reported, std::int32_t permille,
                              std::int32_t reports) const;
  static Status keep_media(store::Tx& tx, std::int64_t case_id, const std::vector<Exhibit>& evidence);
  Status add_to(store::Tx& tx, store::Report& report, Reported& reported) const;

  IntakeParts parts_;
};

// How much the word of a reporter counts: 0 to 1000.
std::int32_t weight_of(store::ReportSource source, const store::ReportRecord& record);

}  // namespace heliograph::safety
