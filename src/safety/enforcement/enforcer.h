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
#include "safety/enforcement/gate.h"

namespace heliograph::safety {

// A thing that is judged, as the caller has it at hand.
struct Item {
  Peer place;         // the channel or group; or whose name it is
  MessageId message;  // in it; 0: it is the name and description of `place` itself
  UserId author;
  std::string text;
  std::string title;  // of the place, for the statement
};

struct EnforcerParts {
  const ledger::Ledger& ledger;
  const Clock& clock;
  Random& random;
  const crypto::Sealer& sealer;
  const Acts& acts;
  std::string appeals;  // whom people are told to turn to
};

class Enforcer {
 public:
  explicit Enforcer(EnforcerParts parts) : parts_(std::move(parts)) {}

  // What everybody sees in place of a message that is withheld.
  static std::string tombstone(const Judgement& judgement);
  // Whether the message is not to be seen: the caller appends the tombstone in its place, and gives the
  // original to carry_out().
  static bool withholds(Effect effect) { return effect == Effect::hold || effect >= Effect::remove; }

  // By a machine, on what the gate said. Of a name, what is stronger than hiding it from search is for a
  // person to decide: it is hidden from search and queued. Gives the case's id; 0: there is nothing to keep
  // (allow). Errors: those of the store.
  Result<std::int64_t> carry_out(store::Tx& tx, const Item& item, const Judgement& judgement,
                                 const store::Message* original) const;

  // Whether what was judged belongs to a campaign that has a case. What is done about a message of a campaign
  // is kept in one case for all of them.
  Result<bool> stands(store::Tx& tx, const std::string& campaign) const;
  // Of a case about a campaign, which one; else empty.
  static std::string campaign_of(const store::Case& one);

  // By a person: everything that was done in this case is undone, the strike is taken off, the person
  // affected is told. not_found CASE_UNKNOWN; invalid CASE_NOT_DECIDED.
  Status reverse(store::Tx& tx, std::int64_t case_id, const std::string& staff, const std::string& why) const;

 private:
  struct Opened {
    store::Case one;
    CaseFile file;
  };
  // The subject's open case, for what was found later joins it, or a new one that keep() adds.
  Result<Opened> open_case(store::Tx& tx, const ledger::Subject& subject, const Item& item,
                           const Finding& finding, const Judgement& judgement) const;
  Status keep(store::Tx& tx, Opened& opened) const;

  struct Entry {
    std::string act;
    ledger::Subject subject;
    std::string cell;
    Finding finding;
    bool automated = false;
    std::string staff;  // who; empty: a machine
    std::string why;
  };
  Result<ledger::Receipt> enter(store::Tx& tx, const Entry& entry) const;
  Status act(store::Tx& tx, const Item& item, const Judgement& judgement, const store::Message* original,
             std::int64_t& record, const Finding& finding) const;
  Result<std::int64_t> carry_out_in_campaign(store::Tx& tx, const Item& item, const Judgement& judgement,
                                             const store::Message* original) const;
  Result<Opened> open_campaign(store::Tx& tx, const Item& item, const Finding& finding,
                               const Judgement& judgement) const;
  // A case of this message alone, in which nothing was done, is looked at with the campaign's.
  Status join_campaign(store::Tx& tx, const std::string& subject) const;
  // Undoes what was done; gives the ledger's number for that.
  Result<std::int64_t> undo(store::Tx& tx, const std::string& subject, UserId user, Effect effect,
                            const CaseFile& file, const std::string& staff, const std::string& why) const;
  Status reverse_members(store::Tx& tx, const store::Case& one, const std::string& staff,
                         const std::string& why) const;
  // What the rule and the author's strikes ask for beside what was done to the message.
  Status follow_on_account(store::Tx& tx, UserId user, Effect effect, std::int32_t strike,
                           const Finding& finding, const Judgement& judgement) const;
  // What the weight of all strikes that count asks for; `allow`: nothing.
  Result<Effect> asked_by_strikes(store::Tx& tx, UserId user, const Strikes& strikes) const;
  // Limits or bans, where a machine may; or else puts it before a person.
  Status act_on_account(store::Tx& tx, UserId user, Effect effect, const Finding& finding,
                        const Judgement& judgement) const;

  EnforcerParts parts_;
};

}  // namespace heliograph::safety
