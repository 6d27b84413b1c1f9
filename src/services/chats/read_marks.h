// When the other side of a dialog read what the owner wrote: one mark each time they read on, for a week.
#pragma once

#include "store/tx.h"

namespace heliograph::services {

inline constexpr UnixSeconds read_dates_kept = 7 * 86'400;  // seconds

Status remember_read(store::Tx& tx, UserId owner, Peer peer, MessageId up_to, UnixSeconds now);
// 0: not known (any more).
Result<UnixSeconds> read_date(store::Tx& tx, UserId owner, Peer peer, MessageId id);

}  // namespace heliograph::services
