// Transparency reports (src/transparency): drafts and what was published, who wants to hear of the next, what
// is to be sent to the database of statements of reasons; and the rows of other tables that a report counts,
// by the time at which they count. They stand apart from Tx: what serves members has no business with them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "store/cases.h"
#include "store/guard_terms.h"
#include "store/legal.h"
#include "store/reports.h"

namespace heliograph::store {

// Part of the stored format: do not renumber.
enum class PublicReportState : std::uint8_t {
  draft = 1,      // figures are there; nobody has looked at them
  reviewed = 2,   // a person has, and may have added words
  published = 3,  // signed, and never changed again
};

struct PublicReport {
  std::int64_t id = 0;           // 0 on add: the store numbers it
  UnixSeconds from = 0, to = 0;  // the period: [from, to)
  std::int32_t version = 1;      // of this period's report
  PublicReportState state = PublicReportState::draft;
  std::string document;     // as it is signed: docs/transparency.md
  std::string note;         // the signature; empty until it is published
  std::string reason;       // of a version after the first: why there is another
  std::string reviewed_by;  // who on the staff; empty: nobody yet
  UnixSeconds drafted_at = 0, reviewed_at = 0, published_at = 0;
};

// Somebody who is told of each report that is published.
struct ReportFollower {
  UserId user;
  std::string country;    // whose figures they want, ISO 3166; empty: none in particular
  std::int64_t told = 0;  // of the last report they were told of; 0: none
};

// Part of the stored format: do not renumber.
enum class StatementState : std::uint8_t {
  waiting = 1,
  sent = 2,
  refused = 3,  // by the other side, for good: its words are kept
};

// A statement of reasons for a database of another party.
struct OutgoingStatement {
  std::string puid;  // its number there, chosen here; unique
  std::int64_t case_id = 0;
  std::string payload;
  StatementState state = StatementState::waiting;
  std::int32_t tries = 0;
  UnixSeconds next_at = 0;  // not before
  std::string answer;       // the other side's number for it, or what was wrong
};

class Transparency {
 public:
  virtual ~Transparency() = default;

  // invalid PUBLIC_REPORT_KNOWN: there is this version of the period's report.
  virtual Result<std::int64_t> add(const PublicReport& report) = 0;
  virtual Result<std::optional<PublicReport>> find(std::int64_t id) = 0;
  // The newest version of the period's report that is published, or in any state.
  virtual Result<std::optional<PublicReport>> find_period(UnixSeconds from, UnixSeconds to,
                                                          bool published) = 0;
  // By the end of the period, newest first, of one period the newest version first; without documents and
  // notes.
  virtual Result<std::vector<PublicReport>> list(bool published, std::size_t limit) = 0;
  // Replaces the whole row. not_found PUBLIC_REPORT_UNKNOWN; forbidden PUBLIC_REPORT_PUBLISHED: what has been
  // published stays as it is.
  virtual Status update(const PublicReport& report) = 0;
  // Of one that is not published: not_found PUBLIC_REPORT_UNKNOWN, forbidden PUBLIC_REPORT_PUBLISHED.
  virtual Status erase(std::int64_t id) = 0;

  // Adds it, or replaces the one of this user.
  virtual Status put_follower(const ReportFollower& follower) = 0;
  virtual Result<std::optional<ReportFollower>> find_follower(UserId user) = 0;
  virtual Status erase_follower(UserId user) = 0;
  // Who has not been told of this report, nor of a later one; by user.
  virtual Result<std::vector<ReportFollower>> untold(std::int64_t report, std::size_t limit) = 0;

  // False: there is one of this puid, which stays.
  virtual Result<bool> add_statement(const OutgoingStatement& statement) = 0;
  // Waiting, and due at `now`; the first first.
  virtual Result<std::vector<OutgoingStatement>> due_statements(UnixSeconds now, std::size_t limit) = 0;
  // not_found STATEMENT_UNKNOWN.
  virtual Status update_statement(const OutgoingStatement& statement) = 0;
  virtual Result<std::optional<OutgoingStatement>> find_statement(std::string_view puid) = 0;
  virtual Result<std::int64_t> count_statements(StatementState state) = 0;

  // What counts in [from, to): by number, those after `after`.
  // Cases that were opened or decided in it, or that got members in it.
  virtual Result<std::vector<Case>> cases(UnixSeconds from, UnixSeconds to, std::int64_t after,
                                          std::size_t limit) = 0;
  // Reports that came in in it.
  virtual Result<std::vector<Report>> reports(UnixSeconds from, UnixSeconds to, std::int64_t after,
                                              std::size_t limit) = 0;
  // Appeals that came in or were decided in it.
  virtual Result<std::vector<Appeal>> appeals(UnixSeconds from, UnixSeconds to, std::int64_t after,
                                              std::size_t limit) = 0;
  // Steps in the life of guarded terms.
  virtual Result<std::vector<GuardTermEvent>> term_events(UnixSeconds from, UnixSeconds to,
                                                          std::int64_t after, std::size_t limit) = 0;
  // Authorities' requests that came in in it.
  virtual Result<std::vector<LegalRequest>> legal_requests(UnixSeconds from, UnixSeconds to,
                                                           std::int64_t after, std::size_t limit) = 0;
  // Whose reports were not heard for some time that began or ended in it.
  virtual Result<std::int64_t> paused_reporters(UnixSeconds from, UnixSeconds to) = 0;
};

class Tx;

// Every backend's transaction has these tables, too.
class TransparencyTables {
 public:
  virtual ~TransparencyTables() = default;
  virtual Transparency& transparency() = 0;
};
// Of this transaction.
Transparency& transparency_of(Tx& tx);

}  // namespace heliograph::store
