// What is done to one thing, by whom and why: what a machine's judgement and a person's decision come to.
#pragma once

#include <string>
#include <vector>

#include "safety/enforcement/case_file.h"
#include "safety/policy/policy.h"

namespace heliograph::safety {

struct Judgement;

// A thing that is judged, as the caller has it at hand.
struct Item {
  Peer place;         // the channel or group; or whose name it is
  MessageId message;  // in it; 0: it is the name and description of `place` itself
  UserId author;      // of a channel: its owner
  std::string text;
  std::string title;  // of the place, for the statement
  // Of a message, as evidence: when it was written, and its media as in Exhibit.
  UnixSeconds date = 0;
  std::vector<std::string> media;
  std::vector<std::int64_t> media_ids;
};
// Kept with the case that it is found in.
Exhibit exhibit_of(const Item& item);

struct Deed {
  Effect effect = Effect::allow;
  Finding finding;  // what it rests on; names the clause
  std::string clause_title;
  std::vector<std::string> countries;  // restrict_countries
  UnixSeconds ends_at = 0;             // 0: no end is set
  Limit limit = Limit::mute;           // limit_account
  bool sign_out = false;               // a limit ends the account's other sessions
  std::string staff;                   // who decided; empty: a machine
  std::string why;                     // in a person's words, for the statement
  std::string source;                  // of the statement: as Statement::source
  bool machine_found = true;

  bool automated() const { return staff.empty(); }
};

// The machine's. `effect`: what it does, which may be less than the judgement's.
Deed deed_of(const Judgement& judgement, const Finding& finding, Effect effect, UnixSeconds now);

// What an effect does to the thing itself; what it does to the author, or to the whole channel, comes beside
// it. A message is removed along with a limit, a ban, or the end of its channel; a channel is hidden from
// search along with a limit of its owner, and closed along with a ban. `allow`: nothing is done to it (what
// was said in private, when its author is limited or banned).
Effect on_item(const Item& item, Effect effect);

// What is undone by the same act, and so takes the other's place without being undone first.
enum class Hold : std::uint8_t {
  none,
  sensitive,
  unsearchable,  // or delisted
  barred,
  withheld,
  limited,
  closed,
  banned,
};
Hold hold_of(const Item& item, Effect effect);

// What the ledger calls the act that puts a hold on such a thing, and the one that takes it off. Empty for
// Hold::none.
struct ActNames {
  const char* does = "";
  const char* undoes = "";
};
ActNames acts_of(const Item& item, Hold hold);

}  // namespace heliograph::safety
