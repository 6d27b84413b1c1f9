// What the messenger can do to content and to people when enforcement tells it to; the services implement it
// (services/moderation). These are the narrow doors: each redeems its receipt before it does anything, and
// there is no other way in.
//
// Acts, as the ledger names them: "message.withhold", "message.return", "message.mark", "message.unmark",
// "message.restrict", "message.unrestrict", "peer.delist", "peer.relist", "peer.close", "peer.reopen",
// "peer.restrict", "peer.unrestrict", "peer.free_name", "account.limit", "account.release", "account.ban",
// "account.unban", "term.guard", "term.retire".
#pragma once

#include <string>
#include <vector>

#include "base/peer.h"
#include "ledger/receipt.h"
#include "safety/policy/policy.h"
#include "store/tx.h"

namespace heliograph::safety {

enum class Mark : std::uint8_t { sensitive, unsearchable };

// What the service account writes to somebody.
struct Letter {
  Letter(std::string says, std::int64_t about = 0) : text(std::move(says)), appeal(about) {}
  Letter(const char* says) : Letter(std::string(says)) {}

  std::string text;
  std::int64_t appeal;  // a button leads to the appeal against this case's decision; 0: there is none
};

struct Limiting {
  UnixSeconds until = 0;  // 0: nothing is taken any more
  Limit limit = Limit::mute;
  bool sign_out = false;  // its sessions end, but for the one that was used last
  // What is in force already stays where it is stronger or lasts longer: a machine takes back nothing.
  bool keep_stronger = false;
};

class Acts {
 public:
  virtual ~Acts() = default;

  // Everybody sees `tombstone` in the message's place; what it said is kept with it. For a message that is
  // being sent (not shown to anybody yet) `original` is what it says, and the row holds the tombstone
  // already. not_found MESSAGE_ID_INVALID. One that is withheld already gets the new tombstone.
  virtual Status withhold(store::Tx& tx, Peer place, MessageId message, const store::Message* original,
                          std::string tombstone, const ledger::Receipt& receipt) const = 0;
  // As it was. not_found MESSAGE_ID_INVALID: it is gone, or not withheld.
  virtual Status give_back(store::Tx& tx, Peer place, MessageId message,
                           const ledger::Receipt& receipt) const = 0;
  // not_found MESSAGE_ID_INVALID.
  virtual Status mark(store::Tx& tx, Peer place, MessageId message, Mark mark, bool on,
                      const ledger::Receipt& receipt) const = 0;
  // A person, channel or supergroup that search does not show, with all its posts; or shows again.
  virtual Status delist(store::Tx& tx, Peer peer, bool on, const ledger::Receipt& receipt) const = 0;
  // People of these countries see `text` in the message's place, others all of it; empty: everybody does.
  // What was restricted before has these countries from now on. not_found MESSAGE_ID_INVALID.
  virtual Status restrict_message(store::Tx& tx, Peer place, MessageId message,
                                  std::vector<std::string> countries, std::string text,
                                  const ledger::Receipt& receipt) const = 0;
  // The same of a channel or supergroup as a whole: they cannot read it, and are told why.
  virtual Status restrict_peer(store::Tx& tx, Peer peer, std::vector<std::string> countries, std::string text,
                               const ledger::Receipt& receipt) const = 0;
  // Nobody reads or writes in the channel or supergroup, and search does not show it; people are told `why`.
  // Everything in it stays, its members and its name too; with `on` false all is as it was.
  virtual Status close(store::Tx& tx, Peer peer, bool on, std::string why,
                       const ledger::Receipt& receipt) const = 0;
  // Of an account that is banned or a channel that is closed: its username is anybody's again. Nothing
  // happens where it is neither, or has none.
  virtual Status free_name(store::Tx& tx, Peer peer, const ledger::Receipt& receipt) const = 0;

  virtual Status limit(store::Tx& tx, UserId user, Limiting limiting,
                       const ledger::Receipt& receipt) const = 0;
  // Signs the account out everywhere and keeps it out, or lets it in again. Its name stays its own.
  virtual Status ban(store::Tx& tx, UserId user, bool on, const ledger::Receipt& receipt) const = 0;

  // Search is guarded against the term as the row says (state active), or is so no longer (retired): it is
  // put in the place of the one with its number. not_found TERM_UNKNOWN; invalid TERM_KNOWN.
  virtual Status guard_term(store::Tx& tx, const store::GuardTerm& term,
                            const ledger::Receipt& receipt) const = 0;

  // A message from the service account. No act: it takes nothing from anybody.
  virtual Status tell(store::Tx& tx, UserId user, Letter letter) const = 0;
};

}  // namespace heliograph::safety
