// The legal desk: authorities, their officers, what they ask for, and what was done about it. Rules are
// src/legal's; the store knows what is looked up by. Acts are only added to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"
#include "store/journal.h"

namespace heliograph::store {

// Part of the stored format, as all numbers here: do not renumber.
enum class AgencyState : std::uint8_t {
  proposed = 1,   // somebody says that it is one
  onboarded = 2,  // looked at, and called at a number found independently: its officers may file
  suspended = 3,  // nothing of it is taken
};

struct Agency {
  std::int64_t id = 0;  // 0 on add
  std::string name;     // unique
  std::string country;  // ISO 3166
  std::string kind;     // "court", "prosecutor", "police", ...: legal/rules.h
  AgencyState state = AgencyState::proposed;
  UnixSeconds added_at = 0;
  StaffId onboarded_by;         // 0: nobody yet
  std::int32_t daily_most = 0;  // requests a day; beyond, they wait for a person
  Bytes sealed;                 // legal/files.h
};

enum class AgencyOfficerState : std::uint8_t { invited = 1, active = 2, disabled = 3 };

struct AgencyOfficer {
  std::int64_t id = 0;  // 0 on add
  std::int64_t agency = 0;
  AgencyOfficerState state = AgencyOfficerState::invited;
  Bytes invitation;  // SHA-256 of the token that lets them enrol; empty: used
  UnixSeconds invited_until = 0;
  // Their passkey, as store/staff.h has them.
  Bytes passkey;  // the authenticator's id; empty: none
  std::int32_t algorithm = 0;
  Bytes public_key;
  std::uint32_t counter = 0;
  UnixSeconds added_at = 0;
  UnixSeconds seen_at = 0;
  Bytes sealed;  // legal/files.h
};

// An officer's browser.
struct AgencySession {
  Bytes digest;  // SHA-256 of the token
  std::int64_t officer = 0;
  UnixSeconds created_at = 0, used_at = 0, expires_at = 0;
  UnixSeconds proved_at = 0;  // when the passkey was last shown
};

enum class AgencyApplicationState : std::uint8_t {
  received = 1,
  declined = 2,
  taken_up = 3,  // an agency was proposed of it
};

// Somebody who has no account asks that an agency be let in.
struct AgencyApplication {
  std::int64_t id = 0;  // 0 on add
  Bytes reference;      // SHA-256 of what the applicant asks after it with; unique
  Bytes likeness;       // keyed digest of country and domain: the same for all of one authority
  AgencyApplicationState state = AgencyApplicationState::received;
  UnixSeconds received_at = 0;
  UnixSeconds decided_at = 0;  // 0: open
  StaffId decided_by;          // 0: nobody yet
  std::int64_t agency = 0;     // that was proposed of it; 0: none
  Bytes sealed;                // legal/applications.h
};

struct AgencyApplicationCounts {
  std::int64_t open = 0;
  std::int64_t received = 0;  // since the time that was asked for, decided ones too
};

enum class LegalRequestType : std::uint8_t {
  production = 1,    // an order or subpoena under national law
  epoc = 2,          // European Production Order Certificate
  preservation = 3,  // EPOC-PR, 18 USC 2703(f)
  emergency = 4,
  removal = 5,
  other = 6,
};

enum class LegalRequestState : std::uint8_t {
  received = 1,
  authenticated = 2,  // gate 1 is passed
  validated = 3,      // 2
  matched = 4,        // 3
  approved = 5,       // 4
  logged = 6,         // 5
  unsealed = 7,       // 6: as many officers as it takes have contributed
  disclosed = 8,      // 7: the package waits to be collected
  closed = 9,         // collected, kept back, preserved or handed on: see `outcome`
  refused = 10,
  withdrawn = 11,
  expired = 12,  // nobody came for it, or its own dates are over
};

struct LegalRequest {
  std::int64_t id = 0;      // 0 on add
  std::int64_t bundle = 0;  // the first of those filed together, one a person
  LegalRequestType type = LegalRequestType::other;
  LegalRequestState state = LegalRequestState::received;
  std::int64_t agency = 0, officer = 0;
  std::string country;       // of the agency
  std::string jurisdiction;  // whose rules apply: a file of rules/jurisdictions
  UserId user;               // whom it is about, once that was looked up; 0: not yet, or nobody
  Bytes likeness;            // keyed digest of the identifier: finds others about the same one
  Bytes case_likeness;       // the same of the authority's own case number; empty: it has none
  UnixSeconds received_at = 0;
  UnixSeconds due_at = 0;       // when it must be answered
  std::uint32_t gates = 0;      // a bit for each one passed
  bool asked = false;           // waits for the agency's answer to a question
  std::string outcome;          // ground of a refusal, or what came of it; empty: nothing yet
  std::int64_t record = 0;      // of the ledger, of gate 5; 0: none
  UnixSeconds gag_until = 0;    // the member is not told before
  UnixSeconds notified_at = 0;  // 0: not yet
  UnixSeconds closed_at = 0;    // 0: open
  std::int32_t version = 1;     // one more with every update()
  Bytes sealed;                 // legal/files.h
};

struct LegalRequestFilter {
  std::optional<LegalRequestType> type;
  std::optional<LegalRequestState> state;
  std::int64_t agency = 0;  // 0: any
  std::string country;      // empty: any
  bool open_only = true;
};

// Where a page of the queue goes on: after this one.
struct LegalRequestPlace {
  UnixSeconds due_at = 0;
  std::int64_t id = 0;
};

// One thing that was done about a request; or about an agency and its officers, or who applies to be one.
struct LegalAct {
  std::int64_t id = 0;       // 0 on add
  std::int64_t request = 0;  // 0: it is about an agency or an application
  std::uint8_t gate = 0;     // legal::Gate; 0: none
  UnixSeconds at = 0;
  StaffId staff;             // 0: a machine, or the agency
  std::int64_t officer = 0;  // of the agency; 0: none
  std::string what;          // "passed", "refused", "asked", ...: legal/desk.h, legal/agencies.h
  std::int64_t record = 0;   // of the ledger; 0: none
  Bytes sealed;              // words and evidence: legal/files.h
  std::int64_t agency = 0;   // of acts about an agency; 0: it is about something else
  StaffId about;             // whose conflict of interest; 0: none
  // AgencyApplication::id; 0: none. Beside an agency: the one that it was proposed of.
  std::int64_t application = 0;
};

struct LegalFile {
  std::int64_t id = 0;  // 0 on add
  std::int64_t request = 0;
  std::int64_t officer = 0;  // who brought it; 0: the staff
  UnixSeconds at = 0;
  std::string kind;  // "order", "validation", "confirmation", "gag", "other"
  Bytes sha256;      // of what it holds
  std::int64_t size = 0;
  Bytes facts;   // sealed: name, and what was found of signatures
  Bytes sealed;  // what it holds; empty in lists
};

// What one officer contributed to unsealing.
struct LegalContribution {
  std::int64_t request = 0;
  std::int32_t share = 0;
  StaffId staff;
  UnixSeconds at = 0;
  Bytes bytes;
};

// An answer that waits for the agency's officer.
struct LegalPackage {
  std::int64_t request = 0;
  std::int64_t officer = 0;
  UnixSeconds made_at = 0, expires_at = 0;
  UnixSeconds collected_at = 0;  // for the first time; 0: not yet
  Bytes sha256;                  // of `bytes`, and kept when these are gone
  Bytes bytes;  // encrypted to the officer's key; empty once receipt is confirmed, or it expired
};

// What an agency's officer has begun to fill in.
struct LegalDraft {
  std::int64_t id = 0;  // 0 on add
  std::int64_t officer = 0;
  UnixSeconds changed_at = 0;
  Bytes sealed;
};

enum class LegalClockKind : std::uint8_t {
  answer = 1,    // the request must be answered
  confirm = 2,   // a court must have confirmed the emergency
  collect = 3,   // the package expires
  tell = 4,      // the member is to be told
  hold = 5,      // preservation ends
  reply = 6,     // the agency has not answered a question
  decision = 7,  // the case of a removal order is looked at again
};

struct LegalClock {
  std::int64_t id = 0;  // 0 on add
  std::int64_t request = 0;
  LegalClockKind kind = LegalClockKind::answer;
  UnixSeconds due_at = 0;
  UnixSeconds done_at = 0;  // 0: it runs
};

struct LegalFigures {
  std::int64_t open = 0, overdue = 0;
  std::int64_t due_soon = 0;      // open, not overdue, and to be answered within a day
  UnixSeconds oldest = 0;         // when the oldest open one came; 0: there is none
  std::int64_t applications = 0;  // of agencies, open
};

class Legal {
 public:
  virtual ~Legal() = default;

  // invalid AGENCY_KNOWN: there is one of this name.
  virtual Result<std::int64_t> add_agency(const Agency& agency) = 0;
  virtual Result<std::optional<Agency>> find_agency(std::int64_t id) = 0;
  // Replaces the whole row; not_found AGENCY_UNKNOWN; AGENCY_KNOWN.
  virtual Status update_agency(const Agency& agency) = 0;
  virtual Result<std::vector<Agency>> agencies() = 0;  // by name

  virtual Result<std::int64_t> add_application(const AgencyApplication& application) = 0;
  virtual Result<std::optional<AgencyApplication>> find_application(std::int64_t id) = 0;
  virtual Result<std::optional<AgencyApplication>> find_application_of(ByteView reference) = 0;
  // Replaces the whole row; not_found APPLICATION_UNKNOWN.
  virtual Status update_application(const AgencyApplication& application) = 0;
  // All but the declined ones: the open ones first, each in the order they came.
  virtual Result<std::vector<AgencyApplication>> applications(std::size_t limit) = 0;
  virtual Result<AgencyApplicationCounts> count_applications(UnixSeconds since) = 0;
  // Overwrites, then deletes: open ones that came at `received_before` or earlier, and those decided at
  // `decided_before` or earlier.
  virtual Status erase_applications(UnixSeconds received_before, UnixSeconds decided_before) = 0;

  virtual Result<std::int64_t> add_officer(const AgencyOfficer& officer) = 0;
  virtual Result<std::optional<AgencyOfficer>> find_officer(std::int64_t id) = 0;
  virtual Result<std::optional<AgencyOfficer>> find_invited(ByteView invitation) = 0;
  virtual Result<std::optional<AgencyOfficer>> find_officer_by_passkey(ByteView passkey) = 0;
  // Replaces the whole row; not_found AGENCY_OFFICER_UNKNOWN; invalid PASSKEY_OCCUPIED.
  virtual Status update_officer(const AgencyOfficer& officer) = 0;
  virtual Result<std::vector<AgencyOfficer>> officers(std::int64_t agency) = 0;  // in the order they came

  // Adds it, or replaces the one of this digest.
  virtual Status put_session(const AgencySession& session) = 0;
  virtual Result<std::optional<AgencySession>> find_session(ByteView digest) = 0;
  virtual Status erase_session(ByteView digest) = 0;
  virtual Status erase_sessions(std::int64_t officer) = 0;
  virtual Status erase_expired_sessions(UnixSeconds now) = 0;

  // `bundle` 0: its own number.
  virtual Result<std::int64_t> add(const LegalRequest& request) = 0;
  virtual Result<std::optional<LegalRequest>> find(std::int64_t id) = 0;
  // Replaces the whole row, but for its version, which is one more. not_found LEGAL_REQUEST_UNKNOWN.
  virtual Status update(const LegalRequest& request) = 0;
  // The one to be answered first first.
  virtual Result<std::vector<LegalRequest>> queue(const LegalRequestFilter& filter, LegalRequestPlace after,
                                                  std::size_t limit) = 0;
  // Of an officer or, if 0, of the whole agency; newest first, with numbers below `before` (0: any).
  virtual Result<std::vector<LegalRequest>> of_agency(std::int64_t agency, std::int64_t officer,
                                                      std::int64_t before, std::size_t limit) = 0;
  // Others about the same identifier, or the same account once it was found, or under the same case number
  // of the authority's; newest first.
  virtual Result<std::vector<LegalRequest>> alike(const LegalRequest& one, std::size_t limit) = 0;
  virtual Result<std::int64_t> count_since(std::int64_t agency, UnixSeconds since) = 0;
  virtual Result<LegalFigures> figures(UnixSeconds now) = 0;

  // Gives its number.
  virtual Result<std::int64_t> note(const LegalAct& act) = 0;
  virtual Result<std::vector<LegalAct>> acts(std::int64_t request) = 0;              // oldest first
  virtual Result<std::vector<LegalAct>> acts_about_agency(std::int64_t agency) = 0;  // oldest first
  // Of all requests and agencies, newest first, with numbers below `before` (0: any): for auditors.
  virtual Result<std::vector<LegalAct>> all_acts(std::int64_t before, std::size_t limit) = 0;

  virtual Result<std::int64_t> add_file(const LegalFile& file) = 0;
  virtual Result<std::optional<LegalFile>> find_file(std::int64_t id) = 0;
  virtual Result<std::vector<LegalFile>> files(std::int64_t request) = 0;  // oldest first

  // One a share: invalid CONTRIBUTION_TWICE.
  virtual Status add_contribution(const LegalContribution& contribution) = 0;
  virtual Result<std::vector<LegalContribution>> contributions(std::int64_t request) = 0;  // by share
  virtual Status erase_contributions(std::int64_t request) = 0;

  // One a request, ever: forbidden LEGAL_PACKAGE_TWICE.
  virtual Status add_package(const LegalPackage& package) = 0;
  virtual Result<std::optional<LegalPackage>> find_package(std::int64_t request) = 0;
  // Keeps the time of the first collection; later ones change nothing.
  virtual Status mark_collected(std::int64_t request, UnixSeconds at) = 0;
  // Takes its bytes away. False: they were gone.
  virtual Result<bool> empty_package(std::int64_t request) = 0;

  virtual Result<std::int64_t> add_draft(const LegalDraft& draft) = 0;
  // Replaces what it holds; not_found DRAFT_UNKNOWN: the officer has none of this number.
  virtual Status update_draft(const LegalDraft& draft) = 0;
  virtual Result<std::vector<LegalDraft>> drafts(std::int64_t officer) = 0;  // the last changed first
  // DRAFT_UNKNOWN.
  virtual Status erase_draft(std::int64_t officer, std::int64_t id) = 0;
  // Those that nobody has touched since.
  virtual Status erase_drafts(UnixSeconds before) = 0;

  // Who had this name (of an account or a channel, in any case of letters) at that time; nullopt: nobody, or
  // that is longer ago than names are kept (as long as the journal's rows). Times are the machine's own.
  virtual Result<std::optional<Peer>> holder_of_name(std::string_view name, UnixSeconds at) = 0;

  // Sets the request's clock of this kind, running.
  virtual Status set_clock(std::int64_t request, LegalClockKind kind, UnixSeconds due_at) = 0;
  // Nothing happens if it does not run.
  virtual Status stop_clock(std::int64_t request, LegalClockKind kind, UnixSeconds now) = 0;
  // All but `tell` and `confirm`, which go on when a request is answered.
  virtual Status stop_clocks(std::int64_t request, UnixSeconds now) = 0;
  virtual Result<std::vector<LegalClock>> clocks(std::int64_t request) = 0;
  // Those that run and are due, the first first.
  virtual Result<std::vector<LegalClock>> due(UnixSeconds now, std::size_t limit) = 0;
  // Those that run, the first first, due at `from` or later; but `decision`, which is no date of anybody's.
  virtual Result<std::vector<LegalClock>> calendar(UnixSeconds from, std::size_t limit) = 0;
};

class Tx;

// Every backend's transaction has the legal desk's tables, too. They stand apart from Tx: what serves members
// has no business with them, and who has says so by including this.
class LegalTables {
 public:
  virtual ~LegalTables() = default;
  virtual Legal& legal() = 0;
  virtual JournalTable& journal() = 0;
};
// Of this transaction.
Legal& legal_of(Tx& tx);
JournalTable& journal_of(Tx& tx);

}  // namespace heliograph::store
