// What a console shows and does: cases, reports and appeals as plain values, each call a transaction of its
// own. Rules are safety/cases' (desk.h); here is what they need of the messenger: names, places, how many
// people.
//
// Thread-safe. Without a judge (Moderation::desk() null) everything answers unavailable MODERATION_OFF.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "safety/cases/desk.h"
#include "services/environment.h"
#include "services/moderation/case_media.h"

namespace heliograph::services {

// A case in a list.
struct CaseView {
  store::Case one;
  safety::CaseFile file;
  std::string title;       // where it is, or whose; of a term the term
  std::string excerpt;     // at most 200 bytes of what it says
  bool appealed = false;   // an appeal waits
  std::int32_t media = 0;  // kept with its reports
};

// Somebody, as the staff sees them. Reading one is recorded by the caller.
struct PersonView {
  UserId id;
  std::string name, username;
  bool bot = false, verified = false, deleted = false;
  UnixSeconds since = 0;
  std::string country;
  std::string standing;  // fresh, regular, trusted, limited, banned
  UnixSeconds limited_until = 0;
  std::string limit;  // safety::kLimitNames, with limited_until
  std::int64_t strikes = 0;
  std::int32_t cases = 0, violations = 0;
};

// A channel or group, the same.
struct PlaceView {
  Peer peer;
  std::string kind;  // channel, supergroup, group
  std::string title, username;
  bool open = false;  // anybody can read it
  bool verified = false, delisted = false, closed = false;
  std::int32_t members = 0, cases = 0;
  UnixSeconds created_at = 0;
  std::int64_t open_case = 0;  // about it; 0: none
};

struct CaseDetail {
  CaseView view;
  std::optional<PersonView> author;
  std::optional<PlaceView> place;
  bool hidden = false;  // from a private chat: what was reported is all that anybody sees of it
  std::vector<store::CaseEvent> history;  // oldest first
  std::vector<std::string> words;         // of each event
  std::vector<safety::Exhibit> evidence;  // of machines and of the reports, each once
  std::vector<store::Appeal> appeals;     // newest first
  std::string now;                        // what the message says now; empty: gone
  bool withheld = false;                  // the message shows a tombstone
  std::vector<CaseMedium> media;
};

struct ReportDetail {
  store::Report report;
  safety::ReportFile file;
  store::ReportRecord record;  // of the reporter: how earlier ones turned out
};

struct AppealView {
  store::Appeal appeal;
  safety::AppealFile file;
  CaseView about;
};

struct QueueFigures {
  store::CaseQueue queue = store::CaseQueue::general;
  store::CaseFigures figures;
  std::int64_t held = 0;  // of the open ones, those that somebody looks at
};

// How much there is, at some time.
struct CaseCounts {
  UnixSeconds at = 0;
  std::vector<QueueFigures> queues;
  std::map<StaffId, std::int64_t> held;  // by whom
  std::int64_t appeals = 0;              // that wait
};

enum class CaseKind : std::uint8_t { message, account, chat, campaign, term };
inline constexpr std::array<std::string_view, 5> kCaseKindNames = {"message", "account", "chat", "campaign",
                                                                   "term"};
CaseKind kind_of(const store::Case& one);

// What a list of cases is asked for.
struct CaseQuery {
  enum class State : std::uint8_t { open, awaiting_second, decided, reversed, all };
  enum class Order : std::uint8_t { priority, oldest, newest, due };
  store::CaseFilter filter;  // of those that are not open `assignee` is passed over
  std::optional<CaseKind> kind;
  std::optional<StaffId> held_by_others;  // than this one
  State state = State::open;              // `open`: also those that await a second look
  Order order = Order::priority;          // of decided and reversed ones: the latest first
};
// Where a page goes on: after this one. Stays good whatever becomes of the case.
struct CasePosition {
  std::int64_t key = 0, id = 0;
};
struct CasePage {
  std::vector<CaseView> views;
  std::optional<CasePosition> next;  // a page may be short and yet not be the last
};

struct CaseReports {
  std::vector<ReportDetail> reports;  // newest first
  std::int64_t total = 0;
  std::map<std::string, std::int64_t> countries;  // where they came from
};

struct HistoryEntry {
  store::CaseEvent event;
  std::string words;
};

struct LinkedCases {
  // Newest first: of the same author, of the campaign that it belongs to, about the same file or a picture
  // that looks the same, and those that read alike.
  std::vector<CaseView> author, campaign, media, similar;
};

struct MemberView {
  store::CaseMember member;
  std::string title, text;
};
struct MemberPage {
  std::vector<MemberView> members;
  std::int64_t total = 0;
};

// What stands around a public message.
struct ContextEntry {
  MessageId id;
  UnixSeconds date = 0;
  std::optional<PersonView> author;
  std::string text;
  bool media = false, subject = false, withheld = false;
};

struct OpenedByStaff {
  std::int64_t case_id = 0;
  bool is_new = false;  // or else the subject had an open case
};

class Casework {
 public:
  explicit Casework(const Environment& environment) : environment_(environment) {}

  // So long a decision can be appealed; 0 where nothing is judged.
  std::int32_t appeal_days() const;

  Task<Result<std::vector<CaseView>>> queue(store::CaseFilter filter, store::CasePlace after,
                                            std::size_t limit) const;
  // unavailable NOT_OFFERED: too many wait to be put in any order but that of the queue.
  Task<Result<CasePage>> list(CaseQuery query, std::optional<CasePosition> after, std::size_t limit) const;
  Task<Result<std::vector<QueueFigures>>> figures() const;
  // At most counted_for seconds old. `staff`: who may look at cases.
  static constexpr UnixSeconds counted_for = 10;
  Task<Result<std::shared_ptr<const CaseCounts>>> counts(std::vector<StaffId> staff) const;
  // Its row alone. not_found CASE_UNKNOWN, as with all that take its number.
  Task<Result<store::Case>> found(std::int64_t case_id) const;
  Task<Result<CaseDetail>> detail(std::int64_t case_id) const;
  Task<Result<std::vector<ReportDetail>>> reports(std::int64_t case_id, std::int64_t after,
                                                  std::size_t limit) const;
  // Errors of these: not_found CASE_UNKNOWN. `before`: a report's or an event's number; 0: from the newest.
  Task<Result<CaseReports>> newest_reports(std::int64_t case_id, std::int64_t before,
                                           std::size_t limit) const;
  Task<Result<std::vector<HistoryEntry>>> history(std::int64_t case_id, std::int64_t before,
                                                  std::size_t limit) const;
  // At most 50 of each kind.
  Task<Result<LinkedCases>> linked(std::int64_t case_id) const;
  // Of a campaign; without the first `skip`.
  Task<Result<MemberPage>> members(std::int64_t case_id, std::size_t skip, std::size_t limit) const;
  // Ten messages before and ten after it, oldest first. not_found SUBJECT_PRIVATE: it is no message, or not a
  // public one.
  Task<Result<std::vector<ContextEntry>>> context(std::int64_t case_id) const;
  // Of the same author, newest first.
  Task<Result<std::vector<CaseView>>> of_author(UserId user, std::size_t limit) const;
  Task<Result<std::vector<CaseView>>> decided_since(UnixSeconds since, std::size_t limit) const;

  // About what somebody on the staff came upon, named as the ledger does; `note` says why. not_found
  // SUBJECT_UNKNOWN: also campaigns and search terms; SUBJECT_PRIVATE. Those of Desk::note().
  Task<Result<OpenedByStaff>> open(safety::Staffer staff, std::string subject, terms::Category category,
                                   std::string note);
  Task<Result<store::Case>> claim(safety::Staffer staff, std::int64_t case_id);
  Task<Result<std::optional<store::Case>>> claim_next(safety::Staffer staff, store::CaseFilter filter,
                                                      std::vector<std::string> languages = {});
  Task<Status> release(safety::Staffer staff, std::int64_t case_id);
  // Gives the entry in the history.
  Task<Result<store::CaseEvent>> note(safety::Staffer staff, std::int64_t case_id, std::string words);
  Task<Status> escalate(safety::Staffer staff, std::int64_t case_id, std::string why,
                        store::CaseQueue to = store::CaseQueue::seniors);
  // `version`: the case's as it was seen; invalid CASE_CHANGED: look again. 0: whatever it is.
  Task<Result<safety::Decided>> decide(safety::Staffer staff, std::int64_t case_id, std::int32_t version,
                                       safety::PersonDecision decision, std::string note);
  Task<Status> second_look(safety::Staffer staff, std::int64_t case_id, bool agree, std::string words);
  Task<Status> undo(safety::Staffer staff, std::int64_t case_id, std::string why, bool reopen = false);

  Task<Result<std::vector<AppealView>>> appeals(std::int64_t after, std::size_t limit) const;
  // not_found APPEAL_UNKNOWN.
  Task<Result<AppealView>> appeal(std::int64_t id) const;
  // Of the cases decided last: `state`, or none: also those that wait; by number, those after `after`.
  Task<Result<std::vector<AppealView>>> appeals_of(std::optional<store::AppealState> state,
                                                   std::int64_t after, std::size_t limit) const;
  Task<Result<store::Appeal>> claim_appeal(safety::Staffer staff, std::int64_t id);
  Task<Status> decide_appeal(safety::Staffer staff, std::int64_t id, bool upheld, std::string answer);

  // not_found USER_ID_INVALID.
  Task<Result<PersonView>> person(UserId user) const;

  // For what reads more in one transaction.
  Result<PersonView> person_in(store::Tx& tx, UserId user) const;
  // None: it is no group or channel, or gone.
  Result<std::optional<PlaceView>> place_in(store::Tx& tx, Peer peer) const;
  Result<std::vector<CaseView>> views_in(store::Tx& tx, std::vector<store::Case> cases) const;
  // Of a public place.
  Result<ContextEntry> entry_in(store::Tx& tx, const store::Message& message) const;

 private:
  Result<CaseView> view_of(store::Tx& tx, store::Case one) const;
  Result<std::vector<QueueFigures>> figures_in(store::Tx& tx, UnixSeconds now) const;
  Result<AppealView> appeal_view(store::Tx& tx, store::Appeal appeal) const;
  // What was harmless after all counts against no copies of it.
  Task<Status> pardon(std::int64_t case_id) const;
  // One body over the desk.
  template <typename Body>
  auto at_desk(Body body) const;

  const Environment& environment_;
  mutable std::mutex counting_;
  mutable std::shared_ptr<const CaseCounts> counted_;  // under counting_
};

}  // namespace heliograph::services
