// Cases: what is known, decided and told about one thing that may break the rules (a message, an account, a
// channel). Which rules there are, and what a case says in detail, is for src/safety; the store knows what is
// looked up by.
#pragma once

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

struct Case {
  std::int64_t id = 0;  // 0 on add: the store numbers it
  // As the ledger names it: "message/channel/9/31", "account/7"; of many messages that say nearly the same:
  // "campaign/KEY".
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
  std::uint8_t severity = 0xff;
  std::int64_t id = 0;
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
  // Open ones: most severe first, of these the oldest first.
  virtual Result<std::vector<Case>> queue(CasePlace after, std::size_t limit) = 0;
  virtual Result<std::int64_t> count_open() = 0;
  // Weights of the strikes that count at `now`, of cases and of members.
  virtual Result<std::int64_t> strikes(UserId user, UnixSeconds now) = 0;

  // Adds it, or replaces the one of this case and subject.
  virtual Status put_member(const CaseMember& member) = 0;
  virtual Result<std::optional<CaseMember>> find_member(std::int64_t case_id, std::string_view subject) = 0;
  // By subject, those after `after`.
  virtual Result<std::vector<CaseMember>> members(std::int64_t case_id, std::string_view after,
                                                  std::size_t limit) = 0;
};

}  // namespace heliograph::store
