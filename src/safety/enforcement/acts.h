// What the messenger can do to content and to people when enforcement tells it to; the services implement it
// (services/moderation). These are the narrow doors: each redeems its receipt before it does anything, and
// there is no other way in.
//
// Acts, as the ledger names them: "message.withhold", "message.return", "message.mark", "message.unmark",
// "peer.delist", "peer.relist", "account.limit", "account.release", "account.ban", "account.unban".
#pragma once

#include <string>

#include "base/peer.h"
#include "ledger/receipt.h"
#include "store/tx.h"

namespace heliograph::safety {

enum class Mark : std::uint8_t { sensitive, unsearchable };

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
  // The account may not write in public until then; 0: it may again.
  virtual Status limit(store::Tx& tx, UserId user, UnixSeconds until,
                       const ledger::Receipt& receipt) const = 0;

  // Signs the account out everywhere and keeps it out, or lets it in again. Its name stays its own.
  virtual Status ban(store::Tx& tx, UserId user, bool on, const ledger::Receipt& receipt) const = 0;

  // A message from the service account. No act: it takes nothing from anybody.
  virtual Status tell(store::Tx& tx, UserId user, std::string text) const = 0;
};

}  // namespace heliograph::safety
