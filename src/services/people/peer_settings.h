// The bar on top of a dialog: report, add, block, share your number.
#pragma once

#include "services/caller.h"
#include "services/environment.h"
#include "store/tx.h"

namespace heliograph::services {

struct PeerSettings {
  bool report_spam = false;    // a stranger the owner never answered
  bool add_contact = false;    // no contact yet
  bool block_contact = false;  // no contact yet, not blocked
  bool share_contact = false;  // a contact who cannot see the owner's number
  bool operator==(const PeerSettings&) const = default;
};

// As `owner` should be offered for the dialog with `user`.
Result<PeerSettings> peer_settings(store::Tx& tx, UserId owner, UserId user);

Task<Result<PeerSettings>> peer_settings(const Environment& environment, UserId owner, UserId user);

// The owner has closed the bar; it stays closed.
Task<Status> hide_peer_settings(const Environment& environment, Caller caller, UserId user);

}  // namespace heliograph::services
