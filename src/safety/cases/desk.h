// What people on the staff do with cases: take one, write about it, decide it, hand it up, take a decision
// back, and answer appeals. Every step is in the case's history; what acts on anybody goes through the
// enforcer, and so through the ledger. Each call is one body of a transaction: two people cannot decide the
// same case.
//
// Words of CaseEvent::what: "reported", "claimed", "released", "noted", "escalated", "proposed",
// "second-refused", "decided", "undone", "reopened", "appealed", "appeal-upheld", "appeal-rejected", "told".
//
// Thread-safe; bodies run wherever the store runs them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "safety/cases/report_file.h"
#include "safety/enforcement/decide.h"
#include "safety/enforcement/enforcer.h"

namespace heliograph::safety {

// Who acts.
struct Staffer {
  StaffId id;
  std::string name;     // as the ledger keeps it, for the staff alone
  bool senior = false;  // may look at what was handed up, at orders, and take back what others decided
};

struct DeskParts {
  const Enforcer& enforcer;
  const Acts& acts;
  const Clock& clock;
  Random& random;
  const crypto::Sealer& sealer;
  std::int32_t appeal_days = 183;  // Regulation (EU) 2022/2065 Art. 20(1): six months at least
};

struct Decided {
  bool waits = false;  // somebody else has to agree first
};

class Desk {
 public:
  static constexpr std::int32_t claim_seconds = 20 * 60;
  static constexpr std::int64_t undo_seconds = 3600;  // whoever decided; a senior whenever they like
  static constexpr std::size_t words_max = 16 * 1024;

  explicit Desk(DeskParts parts) : parts_(parts) {}

  // For claim_seconds from now; again: longer. Errors: not_found CASE_UNKNOWN; invalid CASE_NOT_OPEN;
  // forbidden CASE_TAKEN: somebody else looks at it; CASE_FOR_SENIORS; CASE_SAME_PERSON: whoever has
  // proposed a decision cannot agree to it as well.
  Result<store::Case> claim(store::Tx& tx, const Staffer& staff, std::int64_t case_id) const;
  // The first that nobody looks at and this person may; none: there is none among the first 1,000.
  // `languages`: those that they read, like "de"; a case that is known to be in another one is passed over.
  // Empty: all.
  Result<std::optional<store::Case>> claim_next(store::Tx& tx, const Staffer& staff, store::CaseFilter filter,
                                                const std::vector<std::string>& languages = {}) const;
  // Nothing happens if it is not theirs; a senior gives back anybody's.
  Status release(store::Tx& tx, const Staffer& staff, std::int64_t case_id) const;
  // invalid NOTE_EMPTY, NOTE_TOO_LONG; CASE_UNKNOWN.
  Status note(store::Tx& tx, const Staffer& staff, std::int64_t case_id, const std::string& words) const;
  // To the seniors' queue, or from there back to where such cases wait (general, of a term: terms); errors as
  // claim(), and invalid QUEUE_UNFIT.
  Status escalate(store::Tx& tx, const Staffer& staff, std::int64_t case_id, const std::string& why,
                  store::CaseQueue to = store::CaseQueue::seniors) const;

  // Decides, and tells those affected and (the first hundred of) those who reported; settle() goes on. An
  // effect for which severe() holds is proposed by the first and done when a second person decides the same.
  // `note` goes to the reporters. Errors: as claim(), those of Enforcer::decide().
  Result<Decided> decide(store::Tx& tx, const Staffer& staff, std::int64_t case_id,
                         const PersonDecision& decision, const std::string& note) const;
  static bool severe(Effect effect);
  // What was proposed, by somebody else: `agree` does it, as decide() would; or else the case goes back to
  // the queue that it came from, and `words` say why (needed then). Errors: invalid NOT_AWAITING, NOTE_EMPTY,
  // NOTE_TOO_LONG, and those of decide().
  Status second_look(store::Tx& tx, const Staffer& staff, std::int64_t case_id, bool agree,
                     const std::string& words) const;
  // A case about a term: what becomes of the term has been done already by the caller, in this transaction.
  // `guarded`: the reporters were right.
  Status close_term(store::Tx& tx, const Staffer& staff, std::int64_t case_id, bool guarded,
                    std::int64_t record, const std::string& why, const std::string& note) const;
  // By whoever decided, within undo_seconds, or a senior: everything is as it was. `open_again`: and the case
  // waits again, also one in which nothing was done. Errors: those of Enforcer::reverse(); forbidden
  // CASE_FOR_SENIORS; invalid UNDO_TOO_LATE, CASE_WAITS (to reopen: another one of the same subject is open),
  // EFFECT_UNFIT (about a term).
  Status undo(store::Tx& tx, const Staffer& staff, std::int64_t case_id, const std::string& why,
              bool open_again = false) const;

  // Tells a hundred more reporters of a case that is not open; true: there are more.
  Result<bool> settle(store::Tx& tx, std::int64_t case_id) const;

  // By somebody affected; or by somebody who reported it and was told that nothing is done (Art. 20(1)
  // of the same is for both). Errors: not_found CASE_UNKNOWN, also for those of others; invalid
  // CASE_NOT_DECIDED (nothing was decided that they could appeal), APPEAL_LATE, APPEAL_WAITS, APPEAL_DECIDED,
  // NOTE_EMPTY, NOTE_TOO_LONG. `through`: AppealFile::through.
  Result<std::int64_t> appeal(store::Tx& tx, UserId user, std::int64_t case_id, const std::string& text,
                              std::string_view through) const;
  // The same by an administrator, for a chat in which something was taken away; that they are one is for the
  // caller to know.
  Result<std::int64_t> appeal_for_chat(store::Tx& tx, UserId admin, std::int64_t case_id) const;
  // Whether appeal() would take one of somebody affected now. invalid CASE_NOT_DECIDED, APPEAL_LATE,
  // APPEAL_WAITS, APPEAL_DECIDED.
  Status may_appeal(store::Tx& tx, UserId user, const store::Case& one) const;
  std::int32_t appeal_days() const { return parts_.appeal_days; }
  // For claim_seconds from now; again: longer. Errors: not_found APPEAL_UNKNOWN; invalid APPEAL_DECIDED;
  // forbidden APPEAL_TAKEN: somebody else looks at it; APPEAL_SAME_PERSON: whoever decided, or was the first
  // of two, does not answer (Art. 20(6): qualified staff, not by machines alone).
  Result<store::Appeal> claim_appeal(store::Tx& tx, const Staffer& staff, std::int64_t appeal_id) const;
  // Upheld: the decision is taken back; of a reporter: the case is open again, and for claim_seconds theirs
  // who answered. Errors: as claim_appeal().
  Status decide_appeal(store::Tx& tx, const Staffer& staff, std::int64_t appeal_id, bool upheld,
                       const std::string& answer) const;

 private:
  // `ask`: what to tell them when they wrote nothing. Errors: invalid NOTE_EMPTY, NOTE_TOO_LONG.
  static Status check_words(const std::string& words, const char* ask = "Write something.");
  Result<store::Case> open_for(store::Tx& tx, const Staffer& staff, std::int64_t case_id) const;
  Status enter(store::Tx& tx, std::int64_t case_id, StaffId staff, std::string_view what,
               const std::string& words) const;
  Result<std::int64_t> add_appeal(store::Tx& tx, UserId user, const store::Case& one, AppealFile file) const;
  // That `user` has not appealed against what was decided then, and is not too late.
  Status in_time(store::Tx& tx, UserId user, const store::Case& one, UnixSeconds since) const;
  // As it is to be stored; the history says so. invalid CASE_WAITS: another one of the same subject is open.
  Result<store::Case> reopen(store::Tx& tx, const Staffer& staff, std::int64_t case_id) const;
  Status uphold_reporter(store::Tx& tx, const Staffer& staff, const store::Appeal& appeal) const;
  Result<StaffId> decider(store::Tx& tx, std::int64_t case_id) const;
  // Enters the decision in the cases that it brought about, of the account or the channel: whoever took part
  // in it does not answer an appeal there either.
  Status enter_led(store::Tx& tx, const Staffer& staff, std::int64_t case_id) const;
  Result<store::Appeal> appeal_for(store::Tx& tx, const Staffer& staff, std::int64_t appeal_id) const;
  Status propose(store::Tx& tx, const Staffer& staff, store::Case one, const PersonDecision& decision,
                 const std::string& note) const;
  Status tell_reporter(store::Tx& tx, const store::Case& one, store::Report report,
                       const std::string& note) const;
  Status weigh_reporter(store::Tx& tx, UserId reporter) const;

  DeskParts parts_;
};

// Whether the person is one whom the case's decision affects.
Result<bool> affects(store::Tx& tx, const store::Case& one, UserId user);

}  // namespace heliograph::safety
