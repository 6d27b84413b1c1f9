// Cases: what is known, decided and told about one thing that may break the rules (a message, an account, a
// channel, a search term). Which rules there are, and what a case says in detail, is for src/safety; the
// store knows what is looked up by.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

// Part of the stored format: do not renumber.
enum class CaseState : std::uint8_t {
  open = 1,      // a person is to look at it
  decided = 2,   // by a person, or by a machine that may
  reversed = 3,  // the decision was taken back, and everything restored
  joined = 4,    // nothing was done; what it is about is a member of a campaign's case now
};

// Who looks at it. Part of the stored format: do not renumber.
enum class CaseQueue : std::uint8_t {
  general = 0,
  orders = 1,   // an authority has ordered the removal: there is an hour (Regulation (EU) 2021/784 Art. 3(3))
  terms = 2,    // search terms
  second = 3,   // somebody has decided; for so grave an effect another one has to agree
  seniors = 4,  // handed up by a moderator
  // From own_queue_first on: the operator's own (safety/policy/routes.h).
};
inline constexpr std::uint8_t own_queue_first = 16;

struct Case {
  std::int64_t id = 0;  // 0 on add: the store numbers it
  // As the ledger names it: "message/channel/9/31", "account/7"; of many messages that say nearly the same:
  // "campaign/KEY"; of what people search for: "term/CANONICAL FORM".
  std::string subject;
  UserId user;  // whose content it is, or who it is about; of a campaign: who was found first
  CaseState state = CaseState::open;
  std::uint8_t category = 0;     // terms::Category
  std::uint8_t effect = 0;       // safety::Effect in force; `allow` while nobody has decided
  std::uint8_t severity = 0;     // 0 to 100
  std::int32_t strike = 0;       // weight against the account
  UnixSeconds strike_until = 0;  // when it no longer counts
  UnixSeconds opened_at = 0;
  UnixSeconds decided_at = 0;  // 0: not yet
  std::int64_t record = 0;     // of the ledger, where something was done; 0: nothing was
  Bytes sealed;                // the rest: safety/enforcement/case_file.h
  // While it waits.
  CaseQueue queue = CaseQueue::general;
  std::int64_t rank = 0;     // higher is looked at first: safety/cases/rank.h
  UnixSeconds due_at = 0;    // when it ought to be decided
  std::int32_t reports = 0;  // how many wait for its outcome
  std::string language;      // of what was found, BCP 47; empty: not known
  std::string country;       // of who reported it first, ISO 3166; empty: not known
  StaffId assignee;          // who looks at it; 0: nobody
  UnixSeconds assigned_until = 0;
  std::int32_t version = 1;  // one more with every update()
};

// One message of a campaign's case.
struct CaseMember {
  std::int64_t case_id = 0;
  std::string subject;
  UserId user;              // whose it is
  std::uint8_t effect = 0;  // as in Case, of this message
  std::int32_t strike = 0;  // the same
  UnixSeconds strike_until = 0;
  UnixSeconds added_at = 0;
  std::int64_t record = 0;
  Bytes sealed;  // safety/enforcement/case_file.h
};

// Where a page of the queue goes on: after this one.
struct CasePlace {
  std::int64_t rank = std::numeric_limits<std::int64_t>::max();
  std::int64_t id = 0;
};

// Which of the open ones; what is not set does not matter.
struct CaseFilter {
  std::optional<CaseQueue> queue;
  std::uint32_t categories = 0;  // bits by terms::Category; 0: any
  std::string language, country;
  std::uint8_t severity_from = 0;
  std::optional<StaffId> assignee;  // as assigned at `now`; 0: nobody's
  UnixSeconds now = 0;              // with `assignee`
};

// What has happened in a case, for its history: only added to.
struct CaseEvent {
  std::int64_t id = 0;  // 0 on add
  std::int64_t case_id = 0;
  UnixSeconds at = 0;
  StaffId staff;     // 0: a machine, or somebody who is not on the staff
  std::string what;  // "reported", "claimed", "noted", "decided", ...: safety/cases/desk.h
  Bytes sealed;      // in words
};

// Part of the stored format: do not renumber.
enum class AppealState : std::uint8_t { waiting = 1, upheld = 2, rejected = 3 };

// Somebody affected by a decision says that it is wrong (Regulation (EU) 2022/2065 Art. 20).
struct Appeal {
  std::int64_t id = 0;  // 0 on add
  std::int64_t case_id = 0;
  UserId user;
  AppealState state = AppealState::waiting;
  UnixSeconds at = 0;
  UnixSeconds decided_at = 0;
  StaffId first;   // who decided what is appealed; 0: a machine. Somebody else decides the appeal
  StaffId second;  // who did
  StaffId assignee;
  UnixSeconds assigned_until = 0;
  Bytes sealed;  // what was written, and what was answered: safety/cases/appeal_file.h
};

struct CaseFigures {
  std::int64_t open = 0;
  std::int64_t overdue = 0;
  UnixSeconds oldest = 0;  // when the oldest open one was opened; 0: there is none
};

class Cases {
 public:
  virtual ~Cases() = default;

  virtual Result<std::int64_t> add(const Case& opened) = 0;
  virtual Result<std::optional<Case>> find(std::int64_t id) = 0;
  // The subject's open case; it has one at most.
  virtual Result<std::optional<Case>> find_open(std::string_view subject) = 0;
  // All of the subject's, newest first; also those that it is a member of.
  virtual Result<std::vector<Case>> of_subject(std::string_view subject, std::size_t limit) = 0;
  // The same of a user.
  virtual Result<std::vector<Case>> of_user(UserId user, std::size_t limit) = 0;
  // Replaces the whole row; not_found CASE_UNKNOWN.
  virtual Status update(const Case& changed) = 0;
  // Open ones: highest rank first, of these the oldest first.
  virtual Result<std::vector<Case>> queue(const CaseFilter& filter, CasePlace after, std::size_t limit) = 0;
  virtual Result<std::int64_t> count_open() = 0;
  virtual Result<CaseFigures> figures(CaseQueue queue, UnixSeconds now) = 0;
  // Those that are not open, and whose reporters have not all been told; the oldest first.
  virtual Result<std::vector<Case>> untold(std::size_t limit) = 0;
  // Decided or reversed since then, newest first.
  virtual Result<std::vector<Case>> decided_since(UnixSeconds since, std::size_t limit) = 0;
  // Weights of the strikes that count at `now`, of cases and of members.
  virtual Result<std::int64_t> strikes(UserId user, UnixSeconds now) = 0;

  // Adds it, or replaces the one of this case and subject.
  virtual Status put_member(const CaseMember& member) = 0;
  virtual Result<std::optional<CaseMember>> find_member(std::int64_t case_id, std::string_view subject) = 0;
  // By subject, those after `after`.
  virtual Result<std::vector<CaseMember>> members(std::int64_t case_id, std::string_view after,
                                                  std::size_t limit) = 0;
  // The user's own in this case, by subject.
  virtual Result<std::vector<CaseMember>> members_of(std::int64_t case_id, UserId user,
                                                     std::size_t limit) = 0;

  virtual Status note(const CaseEvent& event) = 0;
  // Oldest first.
  virtual Result<std::vector<CaseEvent>> history(std::int64_t case_id, std::size_t limit) = 0;

  // Of one case and person at most one waits: invalid APPEAL_WAITS.
  virtual Result<std::int64_t> add_appeal(const Appeal& appeal) = 0;
  virtual Result<std::optional<Appeal>> find_appeal(std::int64_t id) = 0;
  // Newest first.
  virtual Result<std::vector<Appeal>> appeals_of(std::int64_t case_id) = 0;
  // Those that wait, with numbers above `after`, oldest first.
  virtual Result<std::vector<Appeal>> waiting_appeals(std::int64_t after, std::size_t limit) = 0;
  // Replaces the whole row; not_found APPEAL_UNKNOWN.
  virtual Status update_appeal(const Appeal& appeal) = 0;
};

}  // namespace heliograph::store
