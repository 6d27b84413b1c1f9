// Carries out what was judged or decided: enters it in the ledger, acts, keeps the case, counts the strike,
// and tells the person affected why. All of it in the transaction that it is given: it happens as a whole, or
// not at all.
//
// Thread-safe; bodies run wherever the store runs them.
#pragma once

#include "base/clock.h"
#include "crypto/sealer.h"
#include "ledger/ledger.h"
#include "safety/enforcement/acts.h"
#include "safety/enforcement/case_file.h"
#include "safety/enforcement/decide.h"
#include "safety/enforcement/deed.h"
#include "safety/enforcement/gate.h"
#include "store/deadlines.h"
#include "terms/term.h"

namespace heliograph::safety {

// What is done about a term that people search for.
struct TermDeed {
  store::GuardTerm term;  // as it is to be; its number is that of a row in the store
  std::string staff;      // who decided; empty: a machine, or its time is over
  std::string why;
};
ledger::Subject subject_of(const store::GuardTerm& term);

struct EnforcerParts {
  const ledger::Ledger& ledger;
  const Clock& clock;
  Random& random;
  const crypto::Sealer& sealer;
  const Acts& acts;
  const Gate& gate;                // whose rules and policy are in force
  std::string appeals;             // whom people are told to turn to
  std::int32_t appeal_days = 183;  // so long the name of what is banned or closed is kept back from others
};

class Enforcer {
 public:
  explicit Enforcer(EnforcerParts parts) : parts_(std::move(parts)) {}

  // Where a case waits that nobody has handed anywhere, is no order and about no term: by the policy in
  // force.
  store::CaseQueue queue_for(const store::Case& one) const;
  // One of the operator's.
  bool is_own_queue(store::CaseQueue queue) const;

  // What everybody sees in place of a message that is withheld.
  static std::string tombstone(const Judgement& judgement);
  // Whether the message is not to be seen: the caller appends the tombstone in its place, and gives the
  // original to carry_out().
  static bool withholds(Effect effect) { return effect == Effect::hold || effect >= Effect::remove; }

  // By a machine, on what the gate said. Of a name, what is stronger than hiding it from search is for a
  // person to decide (a channel's may be restricted or closed where a machine may): it is hidden from search
  // and queued. Gives the case's id; 0: there is nothing to keep (allow). Errors: those of the store.
  Result<std::int64_t> carry_out(store::Tx& tx, const Item& item, const Judgement& judgement,
                                 const store::Message* original) const;

  // By a person (decide.h): the effect is done to what the case is about, in place of whatever was in force
  // in it; the case is decided, the strike counted, the person affected told, by a statement of reasons that
  // says that a person decided. Of a campaign: to each of its messages. What is gone meanwhile (deleted by
  // its author) is left alone: the decision stands where it counts against its author, else SUBJECT_GONE.
  // `allow` undoes what was done, and tells so if anything was. not_found CASE_UNKNOWN, SUBJECT_GONE; invalid
  // CASE_DECIDED (by a person before, or it joined a campaign's
  // case), CLAUSE_UNKNOWN, EFFECT_UNFIT, DECISION_INVALID. Of a campaign that is allowed, the caller pardons
  // the copies (Signals::pardon).
  Status decide(store::Tx& tx, std::int64_t case_id, const PersonDecision& decision) const;
  // Whether decide() would do it now, with the same errors.
  Status may_decide(store::Tx& tx, std::int64_t case_id, const PersonDecision& decision) const;

  // By a person: everything that was done in this case is undone, with what it led to; the strike is taken
  // off, the person affected is told. not_found CASE_UNKNOWN; invalid CASE_NOT_DECIDED.
  Status reverse(store::Tx& tx, std::int64_t case_id, const std::string& staff, const std::string& why) const;

  // What falls due: an effect that was set for a time ends, is entered in the ledger, and told; a name that
  // was kept back is free. The deadline is erased. One whose case or subject is gone is erased, too.
  Status run_out(store::Tx& tx, const store::Deadline& deadline) const;

  // Search is guarded against the term from now on, or otherwise than before; or no longer. Gives the term as
  // it stands then, with the ledger's number. Errors: those of Acts::guard_term().
  Result<store::GuardTerm> guard_term(store::Tx& tx, TermDeed deed) const;
  Result<store::GuardTerm> retire_term(store::Tx& tx, TermDeed deed) const;

  // Whether what was judged belongs to a campaign that has a case. What is done about a message of a campaign
  // is kept in one case for all of them.
  Result<bool> stands(store::Tx& tx, const std::string& campaign) const;
  // Of a case about a campaign, which one; else empty.
  static std::string campaign_of(const store::Case& one);

 private:
  struct Opened {
    store::Case one;
    CaseFile file;
  };
  struct Entry {
    std::string act;
    ledger::Subject subject;
    std::string cell;
    std::string source;  // as in a statement
    std::string staff;   // who; empty: a machine
    std::string why;
  };
  // What is done beside a deed; limits and bans by a machine, where it may.
  struct Rights {
    Strikes strikes;
    bool limit = false, ban = false;
  };
  // The subject's open case, for what was found later joins it, or a new one that keep() adds.
  Result<Opened> open_case(store::Tx& tx, const ledger::Subject& subject, const Item& item,
                           const Finding& finding) const;
  Status keep(store::Tx& tx, Opened& opened) const;
  Result<Opened> find_case(store::Tx& tx, std::int64_t case_id) const;

  Result<ledger::Receipt> enter(store::Tx& tx, const Entry& entry, const Finding& finding) const;
  Result<store::GuardTerm> enter_term(store::Tx& tx, const TermDeed& deed) const;
  // Does it to the thing itself; gives the ledger's number, 0: nothing is done to it.
  Result<std::int64_t> perform(store::Tx& tx, const Item& item, const Deed& deed,
                               const store::Message* original) const;
  // When it ends, and how long its name is kept back.
  Status set_deadlines(store::Tx& tx, std::int64_t case_id, const Item& item, const Deed& deed) const;
  // To the author or the channel, beside what was done to the thing itself; `strike`: its weight. Gives the
  // cases of what the deed itself asks for.
  Result<std::vector<std::int64_t>> follow(store::Tx& tx, const Item& item, const Deed& deed,
                                           std::int32_t strike, const Rights& rights) const;
  // In a case of its own. `may`: or else it is put before a person.
  Result<std::int64_t> act_on(store::Tx& tx, const Item& item, const Deed& deed, bool may) const;
  // What the weight of all strikes that count asks for; `allow`: nothing.
  Result<Effect> asked_by_strikes(store::Tx& tx, UserId user, const Strikes& strikes) const;
  // The letter of what was decided last, with a warning where it counts as a strike.
  Status tell_author(store::Tx& tx, const Item& item, const CaseFile& file, const std::string& what,
                     std::int64_t case_id, std::int32_t strike, const Strikes& strikes) const;
  Rights rights_in_force() const;

  // Campaigns.
  Result<std::int64_t> carry_out_in_campaign(store::Tx& tx, const Item& item, const Judgement& judgement,
                                             const store::Message* original) const;
  Result<Opened> open_campaign(store::Tx& tx, const Item& item, const Finding& finding,
                               const std::string& campaign) const;
  // A case of this message alone, in which nothing was done, is looked at with the campaign's.
  Status join_campaign(store::Tx& tx, const std::string& subject) const;
  Status reverse_members(store::Tx& tx, const store::Case& one, const std::string& staff,
                         const std::string& why) const;
  Status decide_members(store::Tx& tx, const store::Case& one, const Deed& deed, std::int32_t strike) const;

  // Undoing. Gives the ledger's number; 0: nothing was in force, or another case holds it still.
  struct Undoing {
    std::string staff;  // empty: it has run out
    std::string why;
  };
  Result<std::int64_t> undo(store::Tx& tx, std::int64_t case_id, const Item& item, Effect effect,
                            const Finding& finding, const Undoing& by) const;
  Result<bool> held_elsewhere(store::Tx& tx, std::int64_t case_id, const std::string& subject,
                              const Item& item, Hold hold) const;
  Status take_back(store::Tx& tx, Opened& opened, const Undoing& by) const;
  Status take_back_led(store::Tx& tx, CaseFile& file, const Undoing& by,
                       const std::vector<std::int64_t>& keep) const;
  Status lift(store::Tx& tx, const store::Deadline& deadline) const;

  // Deciding. Gives the clause's title.
  Result<std::string> examine(const Opened& opened, const PersonDecision& decision) const;
  Deed deed_of_person(const Opened& opened, const PersonDecision& decision,
                      const std::string& clause_title) const;
  // Does it in place of `before`, which is in force, never showing what is withheld in between. Gives the
  // ledger's number.
  Result<std::int64_t> replace(store::Tx& tx, std::int64_t case_id, const Item& item, Effect before,
                               const Deed& deed) const;
  // The one thing that a case is about, or one message of a campaign's: all but keeping its row.
  struct Thing {
    std::int64_t case_id = 0;
    UserId user;
    Effect effect = Effect::allow;  // in force before, and after
    std::int64_t record = 0;
    CaseFile& file;
  };
  Status settle(store::Tx& tx, Thing& thing, const Deed& deed, std::int32_t strike) const;
  Result<Item> item_of(store::Tx& tx, const CaseFile& file, UserId user) const;
  // Whether it is still there to be acted on.
  Result<bool> exists(store::Tx& tx, const Item& item) const;

  EnforcerParts parts_;
};

}  // namespace heliograph::safety
